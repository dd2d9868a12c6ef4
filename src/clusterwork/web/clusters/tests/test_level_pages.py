"""The figures of a whole proposal on its pages: all for officers, journeys only for schools."""

from dataclasses import replace

import pytest
from django.urls import reverse

from clusterwork.clusters.level import Broken, Level, Today, WorstOff
from clusterwork.clusters.models import Round
from clusterwork.clusters.outcomes import outcome_from
from clusterwork.clusters.tests.invented import proposal_made
from clusterwork.clusters.tests.made import TODAY
from clusterwork.clusters.tests.made_consulting import head_of
from clusterwork.web.clusters.tests.conftest import client_of, words_of


def level_of(schools, **today):
    told = {
        "sizes": [4, 7],
        "n_left_out": 1,
        "objective": None,
        "mean_minutes": 20.0,
        "worst_minutes": 51.0,
        "worst_pair_minutes": 60.0,
        "worst_off": WorstOff(schools, 50.5, 51.0),
        "flow_kept_share": 0.25,
        "need_points": [4.0, 9.0],
        "pupils_percent": None,
        "support_steps": None,
        "n_links_cut": 3,
        "broken": [Broken("travel_limit", 2, {"template": "travel limit", "params": {}})],
    }
    return Level(WorstOff(schools, 31.0, 38.4), [2.5, 6.0], None, None, Today(**{**told, **today}))


@pytest.fixture
def proposal(county):
    made = proposal_made(county)
    level = level_of([each.pk for each in county.schools[:2]])
    return with_level(made, level)


def with_level(proposal, level):
    proposal.outcome = replace(outcome_from(proposal.outcome), level=level).to_json()
    proposal.save()
    return proposal


def words(client, name, *args):
    return words_of(client.get(reverse(name, args=args)))


class TestForOfficers:
    @pytest.mark.parametrize("name", ["proposal", "proposal_print"])
    def test_who_travels_furthest_and_how_need_is_spread(self, officer, proposal, name):
        said = words(officer, name, proposal.pk)
        assert "longest journeys are 2 schools: 31 minutes on average, 38 at most." in said
        assert "Free school meals, percentage points 2.5 6.0" in said
        assert "Pupils of a school" not in said

    @pytest.mark.parametrize("name", ["proposal", "proposal_print"])
    def test_todays_clusters_beside_the_proposed(self, officer, proposal, name):
        said = words(officer, name, proposal.pk)
        assert "Minutes on average 20.0 14.2 −5.8" in said
        assert "Schools in none 1 0" in said
        assert "Pupils who move on inside their cluster 25% 50%" in said
        assert "Partnerships cut 3 1" in said
        assert "Not the same schools are in a cluster today" in said
        assert "45 minutes. 2 clusters." in said

    def test_totals_compare_where_the_schools_are_the_same(self, county, officer, proposal):
        level = level_of([county.schools[0].pk], objective=130.0, n_left_out=0, sizes=[5, 7])
        said = words(officer, "proposal", with_level(proposal, level).pk)
        assert "Total 130.0 100.0 −30.0" in said
        assert "Not the same schools" not in said

    def test_an_earlier_proposal_without_them_reads_as_before(self, county, officer):
        said = words(officer, "proposal", proposal_made(county).pk)
        assert "How good it is" in said
        assert "Against today's clusters" not in said


class TestForSchools:
    @pytest.fixture
    def said(self, county, proposal):
        put = Round.objects.create(
            formation=county.formation, number=1, proposal=proposal, closes_on=TODAY
        )
        return words(client_of(head_of(county.schools[0])), "whole_round", put.pk)

    def test_journeys_are_told(self, said):
        assert "could be more than 0.6% better." in said
        assert "longest journeys are 2 schools" in said
        assert "Minutes on average 20.0 14.2 −5.8" in said

    def test_need_partnerships_rules_and_the_price_are_not(self, said):
        for word in ("Free school meals", "Partnerships cut", "Total", "break", "Furthest cluster"):
            assert word not in said

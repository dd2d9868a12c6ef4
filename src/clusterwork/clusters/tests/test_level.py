"""The figures of a whole proposal: kept with it, so that no page works them out."""

import json

import pytest

from clusterwork.clusters.consequences import Move
from clusterwork.clusters.outcomes import outcome_from
from clusterwork.clusters.services.rearranging import keep_rearrangement
from clusterwork.clusters.services.running import work_on
from clusterwork.clusters.tests.made import TODAY, County
from clusterwork.registry.models import Affiliation, Partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return County(n_schools=12)


def in_local_clusters(schools):
    """Every second school is in one cluster of today, the others in the other."""
    for name, members in (("Even", schools[::2]), ("Odd", schools[1::2])):
        there = Partnership.objects.create(name=name, kind="cluster")
        Affiliation.objects.bulk_create(
            Affiliation(school=each, partnership=there) for each in members
        )


def made(county):
    proposal = county.ask()
    work_on(proposal.pk)
    proposal.refresh_from_db()
    return proposal


class TestKeptWithAProposal:
    def test_are_the_tenth_that_travels_furthest_and_todays_clusters(self, county):
        in_local_clusters(county.schools)
        proposal = made(county)
        level = outcome_from(proposal.outcome).level
        furthest = proposal.places.order_by("-minutes")[0]
        assert level.worst_off.longest_minutes == pytest.approx(furthest.minutes)
        assert len(level.worst_off.schools) == 2
        assert level.today.sizes == [6, 6]
        assert (level.today.n_left_out, level.today.n_schools) == (0, 12)
        assert level.today.objective >= proposal.outcome["bound"] - 1e-6
        assert level.today.broken == []

    def test_without_clusters_of_today_are_none_of_them(self, county):
        assert outcome_from(made(county).outcome).level.today is None

    def test_are_those_of_a_proposal_by_hand_too(self, county):
        in_local_clusters(county.schools)
        base = made(county)
        hubs = set(base.clusters.values_list("hub_id", flat=True))
        moved = base.places.exclude(school__in=hubs).order_by("pk")[0].school_id
        hand = keep_rearrangement(
            pk=base.pk,
            moves=[Move(moved, None)],
            person=county.officer,
            day=TODAY,
            because="Asked.",
        )
        level = outcome_from(hand.outcome).level
        assert level.today.sizes == [6, 6]
        assert level.today.objective is None

    def test_read_back_as_they_were_written(self, county):
        in_local_clusters(county.schools)
        outcome = outcome_from(made(county).outcome)
        assert outcome_from(json.loads(json.dumps(outcome.to_json()))) == outcome

    def test_of_an_earlier_proposal_are_none(self, county):
        kept = made(county).outcome
        del kept["level"]
        assert outcome_from(kept).level is None

"""Clusters arranged anew around a move: seen without a trace, kept as it was seen, refused."""

import pytest

from clusterwork.audit.models import Entry
from clusterwork.clusters.consequences import Move
from clusterwork.clusters.formation_adapter import NoArrangement
from clusterwork.clusters.models import Confirmation, Lock, Proposal
from clusterwork.clusters.outcomes import outcome_from
from clusterwork.clusters.selectors.moving import ground_of
from clusterwork.clusters.selectors.proposals import assignment_of
from clusterwork.clusters.services.moving import MoveBreaksRules, NoMove
from clusterwork.clusters.services.rearranging import keep_rearrangement, rearranged
from clusterwork.clusters.services.running import work_on
from clusterwork.clusters.services.unconfirmed import ConfirmedAlready
from clusterwork.clusters.tests.made import TODAY, County, officer, organisation
from clusterwork.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(db):
    return County(n_schools=18)


@pytest.fixture
def proposal(county):
    made = county.ask(time_limit_s=2)
    work_on(made.pk)
    made.refresh_from_db()
    return made


def a_wish(proposal):
    """A school that is no hub, and another cluster than its own."""
    hubs = set(proposal.clusters.values_list("hub_id", flat=True))
    place = proposal.places.exclude(school__in=hubs).order_by("pk")[0]
    other = proposal.clusters.exclude(pk=place.cluster_id).order_by("number")[0]
    return place.school_id, other.number


def keep(county, proposal, moves, **more):
    return keep_rearrangement(person=county.officer, day=TODAY, pk=proposal.pk, moves=moves, **more)


class TestSeeing:
    def test_holds_the_school_where_it_was_put_and_breaks_no_rule(self, proposal):
        school, to = a_wish(proposal)
        found = rearranged(ground_of(proposal, TODAY), school, to)
        assert found.moves[0] == Move(school, to)
        assert found.consequences.broken == []
        assert found.consequences.change_of(school).after == to

    def test_writes_nothing(self, proposal):
        before = Entry.objects.count()
        rearranged(ground_of(proposal, TODAY), *a_wish(proposal))
        assert (Proposal.objects.count(), Entry.objects.count()) == (1, before)

    def test_into_no_cluster_arranges_those_who_stay(self, proposal):
        school, _to = a_wish(proposal)
        found = rearranged(ground_of(proposal, TODAY), school, None)
        assert found.moves[0] == Move(school, None)
        assert all(each.to is not None for each in found.moves[1:])
        assert {each.rule for each in found.consequences.broken} == {"left_out"}

    def test_into_a_new_cluster_gives_it_enough_members(self, county, proposal):
        version = county.set_policy(clusters={"size": [3, 9], "best_size": [3, 9]})
        made = county.ask(policy=version, time_limit_s=2)
        work_on(made.pk)
        made.refresh_from_db()
        school, _to = a_wish(made)
        new = made.clusters.count() + 1
        found = rearranged(ground_of(made, TODAY), school, new)
        assert found.moves[0] == Move(school, new)
        assert found.consequences.cluster(new).after.n_schools >= 3

    def test_what_cannot_be_names_why(self, county, proposal):
        school, to = a_wish(proposal)
        hub = proposal.clusters.get(number=to).hub
        Lock.objects.create(formation=county.formation, kind="apart", school_id=school, other=hub)
        with pytest.raises(NoArrangement) as refused:
            rearranged(ground_of(proposal, TODAY), school, to)
        assert str(refused.value.why)

    def test_a_school_that_is_there_already_is_no_move(self, proposal):
        place = proposal.places.select_related("cluster")[0]
        with pytest.raises(NoMove):
            rearranged(ground_of(proposal, TODAY), place.school_id, place.cluster.number)


class TestKeeping:
    def test_is_what_was_seen(self, county, proposal):
        found = rearranged(ground_of(proposal, TODAY), *a_wish(proposal))
        kept = keep(county, proposal, found.moves)
        assert kept.base == proposal
        assert outcome_from(kept.outcome).objective == pytest.approx(
            found.consequences.after.objective
        )
        stands = assignment_of(kept)
        assert all(stands[each.school] == each.to for each in found.moves)
        others = [move for move in kept.moves if move["along"]]
        assert len(others) == len(found.moves) - 1
        assert Entry.objects.filter(verb="proposal.rearrange").count() == 1

    def test_goes_on_in_a_proposal_that_nobody_else_has_seen(self, county, proposal):
        first = keep(county, proposal, [Move(*a_wish(proposal))], because="Asked for.")
        school, to = a_wish(first)
        again = keep(county, first, [Move(school, to)], because="Asked for.")
        assert (again.pk, again.base) == (first.pk, proposal)

    def test_breaking_a_rule_needs_a_reason(self, county, proposal):
        school, _to = a_wish(proposal)
        with pytest.raises(MoveBreaksRules):
            keep(county, proposal, [Move(school, None)])
        kept = keep(county, proposal, [Move(school, None)], because="It closes.")
        assert "left_out" in kept.moves[0]["broke"]

    @pytest.mark.parametrize("moves", [[], [(0, 1)], [(0, 1), (0, 2)], [(0, 99)], [(None, 1)]])
    def test_moves_that_do_not_fit_are_refused(self, county, proposal, moves):
        place = proposal.places.select_related("cluster").filter(cluster__number=1)[0]
        told = [Move(place.school_id if at == 0 else -1, to) for at, to in moves]
        with pytest.raises(NoMove):
            keep(county, proposal, told)

    def test_a_confirmed_exercise_stays_as_it_is(self, county, proposal):
        Confirmation.objects.create(
            formation=county.formation,
            proposal=proposal,
            start_on=TODAY,
            confirmed_by=county.officer,
        )
        with pytest.raises(ConfirmedAlready):
            keep(county, proposal, [Move(*a_wish(proposal))], because="Asked for.")

    def test_is_for_officers_of_the_programme(self, proposal):
        other = officer(organisation("Other"), "Eve")
        with pytest.raises(NotAllowed):
            keep_rearrangement(
                person=other, day=TODAY, pk=proposal.pk, moves=[Move(*a_wish(proposal))]
            )

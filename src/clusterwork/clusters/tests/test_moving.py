"""Moving schools by hand: seen without a trace, kept as a proposal, taken back, refused."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.audit.models import Entry
from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import Confirmation, Lock, Proposal, Round
from clusterwork.clusters.outcomes import outcome_from, place_from
from clusterwork.clusters.rules.moves import divided, next_number, with_move, without_move
from clusterwork.clusters.selectors.proposals import assignment_of
from clusterwork.clusters.services.locks import add_lock
from clusterwork.clusters.services.moving import (
    MoveBreaksRules,
    NoMove,
    keep_move,
    see_move,
    take_move_back,
)
from clusterwork.clusters.services.running import work_on
from clusterwork.clusters.services.unconfirmed import ConfirmedAlready
from clusterwork.clusters.tests.made import TODAY, County, officer, organisation, school
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.registry.models import Affiliation, Partnership

moves = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 4)), max_size=12)
BASE = {1: 1, 2: 1, 3: 2, 4: 2, 5: 3, 6: None}


class TestAListOfMoves:
    @given(moves)
    def test_moves_each_school_once_and_remembers_where_it_stood(self, asked):
        kept = []
        for pk, to in asked:
            stands = divided(BASE, kept)
            at = next((n for n, members in stands.items() if pk in members), None)
            kept = with_move(kept, {"school": pk, "to": to, "from": at})
        assert len({each["school"] for each in kept}) == len(kept)
        assert all(each["from"] == BASE[each["school"]] != each["to"] for each in kept)
        last = {**BASE, **dict(asked)}
        found = {pk: n for n, members in divided(BASE, kept).items() for pk in members}
        assert {pk: found.get(pk) for pk in BASE} == last

    def test_taking_one_back_leaves_the_others(self):
        kept = [{"school": 1, "to": 2, "from": 1}, {"school": 3, "to": 1, "from": 2}]
        assert without_move(kept, 1) == kept[1:]

    def test_a_new_cluster_has_the_next_number(self):
        assert next_number(BASE) == 4
        assert next_number({}) == 1


@pytest.fixture
def county(db):
    return County(n_schools=12)


@pytest.fixture
def proposal(county):
    made = county.ask(time_limit_s=1)
    work_on(made.pk)
    made.refresh_from_db()
    assert made.state == Proposal.State.DONE
    return made


def a_move(proposal):
    """A school, and another cluster than its own that still has room."""
    sizes = {cluster.number: cluster.n_schools for cluster in proposal.clusters.all()}
    big = max(sizes, key=lambda n: sizes[n])
    small = min((n for n in sizes if n != big), key=lambda n: sizes[n])
    return proposal.places.filter(cluster__number=big).order_by("pk")[0].school_id, small


def asked(county, proposal, school_pk, to, **more):
    return {
        "person": county.officer,
        "day": TODAY,
        "pk": proposal.pk,
        "school_pk": school_pk,
        "to": to,
        **more,
    }


def published(proposal):
    return Round.objects.create(
        formation=proposal.formation, number=1, proposal=proposal, closes_on=TODAY
    )


class TestSeeing:
    def test_writes_nothing(self, county, proposal):
        before = Entry.objects.count()
        see_move(**asked(county, proposal, *a_move(proposal)))
        assert Proposal.objects.count() == 1
        assert Entry.objects.count() == before

    def test_tells_what_a_proposal_with_the_move_would_be(self, county, proposal):
        pk, to = a_move(proposal)
        found = see_move(**asked(county, proposal, pk, to))
        assert found.before.objective == pytest.approx(outcome_from(proposal.outcome).objective)
        kept = keep_move(**asked(county, proposal, pk, to, because="Asked for."))
        outcome = outcome_from(kept.outcome)
        assert outcome.objective == pytest.approx(found.after.objective)
        assert outcome.mean_minutes == pytest.approx(found.after.mean_minutes)
        change = found.change_of(pk)
        assert change.after == to
        assert kept.places.get(school=pk).minutes == pytest.approx(change.minutes_after)
        assert found.cluster(to).after.n_schools == kept.clusters.get(number=to).n_schools

    def test_a_partnership_that_is_parted_is_named(self, county, proposal):
        pk, to = a_move(proposal)
        mate = proposal.places.filter(cluster=proposal.places.get(school=pk).cluster).exclude(
            school=pk
        )[0]
        trust = Partnership.objects.create(kind="trust", name="Tall Oaks")
        for each in (pk, mate.school_id):
            Affiliation.objects.create(school_id=each, partnership=trust)
        found = see_move(**asked(county, proposal, pk, to))
        assert [set(pair) for pair in found.links_cut] == [{pk, mate.school_id}]

    def test_a_school_that_is_there_already_is_no_move(self, county, proposal):
        place = proposal.places.select_related("cluster")[0]
        with pytest.raises(NoMove):
            see_move(**asked(county, proposal, place.school_id, place.cluster.number))

    @pytest.mark.parametrize("to", [0, 99, -1])
    def test_a_cluster_that_is_not_there_is_refused(self, county, proposal, to):
        with pytest.raises(NoMove):
            see_move(**asked(county, proposal, county.schools[0].pk, to))

    def test_a_school_of_another_exercise_is_refused(self, county, proposal):
        other = school(county.authority, 5, "Elsewhere")
        with pytest.raises(NoMove):
            see_move(**asked(county, proposal, other.pk, 1))

    def test_is_for_officers_of_the_programme(self, county, proposal):
        stranger = officer(organisation("Norfolk"), "Nora")
        with pytest.raises(NotAllowed):
            see_move(**{**asked(county, proposal, *a_move(proposal)), "person": stranger})


class TestKeeping:
    def test_makes_a_proposal_of_its_own_that_names_its_base(self, county, proposal):
        pk, to = a_move(proposal)
        kept = keep_move(**asked(county, proposal, pk, to, because="Asked for."))
        assert (kept.base, kept.number, kept.state) == (proposal, 2, Proposal.State.DONE)
        before, after = assignment_of(proposal), assignment_of(kept)
        assert after == {**before, pk: to}
        assert [(m["school"], m["to"], m["from"]) for m in kept.moves] == [(pk, to, before[pk])]
        place = place_from(kept.places.get(school=pk).reason)
        assert "by hand" in place.message["template"]
        assert entries_about(county.formation)[0].verb == "proposal.move"

    def test_every_school_keeps_a_reason_and_an_alternative(self, county, proposal):
        kept = keep_move(**asked(county, proposal, *a_move(proposal), because="Asked for."))
        for row in kept.places.select_related("cluster"):
            place = place_from(row.reason)
            assert place.cluster == row.cluster.number
            assert place.next_best is not None

    def test_the_bound_of_the_base_still_holds(self, county, proposal):
        kept = keep_move(**asked(county, proposal, *a_move(proposal), because="Asked for."))
        before, after = outcome_from(proposal.outcome), outcome_from(kept.outcome)
        assert after.bound == pytest.approx(min(before.bound, after.objective))
        assert not after.proven

    def test_the_bound_says_nothing_once_a_decision_was_taken_back(self, county, proposal):
        from clusterwork.clusters.services.locks import remove_lock

        one, two = county.schools[:2]
        lock = add_lock(
            person=county.officer, day=TODAY, pk=county.formation.pk, kind=Lock.Kind.APART,
            school=one, other=two, because="",
        )  # fmt: skip
        remove_lock(person=county.officer, day=TODAY, pk=county.formation.pk, lock_pk=lock.pk)
        kept = keep_move(**asked(county, proposal, *a_move(proposal), because="Asked for."))
        assert outcome_from(kept.outcome).bound == 0

    def test_a_second_move_goes_into_the_same_proposal(self, county, proposal):
        pk, to = a_move(proposal)
        kept = keep_move(**asked(county, proposal, pk, to, because="One."))
        other = kept.places.exclude(school=pk).filter(cluster__number=to)[0].school_id
        again = keep_move(
            **asked(county, kept, other, kept.moves[0]["from"], because="The other way.")
        )
        assert again == kept
        assert [m["school"] for m in again.moves] == [pk, other]
        assert Proposal.objects.count() == 2

    def test_out_of_what_schools_have_seen_a_new_one_is_made(self, county, proposal):
        pk, to = a_move(proposal)
        kept = keep_move(**asked(county, proposal, pk, to, because="One."))
        published(kept)
        other = kept.places.exclude(school=pk).filter(cluster__number=to)[0].school_id
        again = keep_move(**asked(county, kept, other, kept.moves[0]["from"], because="Two."))
        assert (again.number, again.base) == (3, kept)
        kept.refresh_from_db()
        assert len(kept.moves) == 1

    def test_a_school_may_be_in_none_where_somebody_says_why(self, county, proposal):
        pk = county.schools[0].pk
        with pytest.raises(MoveBreaksRules, match="In no cluster"):
            keep_move(**asked(county, proposal, pk, None))
        kept = keep_move(**asked(county, proposal, pk, None, because="It closes next year."))
        assert kept.places.get(school=pk).cluster is None
        assert outcome_from(kept.outcome).n_left_out == 1

    def test_a_move_that_breaks_a_decision_is_refused_unless_somebody_says_why(
        self, county, proposal
    ):
        pk, to = a_move(proposal)
        there = proposal.places.filter(cluster__number=to)[0].school
        add_lock(
            person=county.officer, day=TODAY, pk=county.formation.pk, kind=Lock.Kind.APART,
            school=county.schools[0].__class__.objects.get(pk=pk), other=there, because="",
        )  # fmt: skip
        with pytest.raises(MoveBreaksRules, match="Locked apart"):
            keep_move(**asked(county, proposal, pk, to, because="  "))
        assert Proposal.objects.count() == 1
        kept = keep_move(**asked(county, proposal, pk, to, because="They made up."))
        assert "apart" in kept.moves[0]["broke"]
        assert kept.moves[0]["because"] == "They made up."

    def test_schools_that_closed_since_are_left_out_with_the_reason(self, county, proposal):
        pk, to = a_move(proposal)
        gone = proposal.places.exclude(school=pk)[0].school
        gone.closed_on = TODAY
        gone.save()
        kept = keep_move(**asked(county, proposal, pk, to, because="Asked for."))
        place = kept.places.get(school=gone)
        assert place.cluster is None
        assert place_from(place.reason).rule == "closed"

    def test_a_school_that_joined_the_exercise_later_can_be_placed(self, county, proposal):
        late = school(county.authority, 77, "Late School", easting=510_000, northing=340_000)
        county.choose(late)
        kept = keep_move(**asked(county, proposal, late.pk, 1, because="It joined."))
        assert kept.places.get(school=late).cluster.number == 1

    def test_nothing_is_moved_once_the_clusters_are_confirmed(self, county, proposal):
        Confirmation.objects.create(
            formation=county.formation, proposal=proposal, start_on=dt.date(2027, 9, 1)
        )
        with pytest.raises(ConfirmedAlready):
            keep_move(**asked(county, proposal, *a_move(proposal), because="Late."))


class TestTakingBack:
    def test_gives_back_the_division_of_the_base(self, county, proposal):
        pk, to = a_move(proposal)
        kept = keep_move(**asked(county, proposal, pk, to, because="One."))
        back = take_move_back(person=county.officer, day=TODAY, pk=kept.pk, school_pk=pk)
        assert back == kept
        assert back.moves == []
        assert assignment_of(back) == assignment_of(proposal)
        objectives = {outcome_from(each.outcome).objective for each in (back, proposal)}
        assert max(objectives) == pytest.approx(min(objectives))

    def test_a_move_back_home_is_no_move(self, county, proposal):
        pk, to = a_move(proposal)
        kept = keep_move(**asked(county, proposal, pk, to, because="One."))
        home = kept.moves[0]["from"]
        assert keep_move(**asked(county, kept, pk, home, because="Back.")).moves == []

    def test_twice_is_refused(self, county, proposal):
        pk, to = a_move(proposal)
        kept = keep_move(**asked(county, proposal, pk, to, because="One."))
        take_move_back(person=county.officer, day=TODAY, pk=kept.pk, school_pk=pk)
        with pytest.raises(NotThere):
            take_move_back(person=county.officer, day=TODAY, pk=kept.pk, school_pk=pk)


class TestThoseWhoDecline:
    def decline(self, county, one):
        from django.utils import timezone

        county.formation.chosen.filter(school=one).update(declined_at=timezone.now())

    def test_are_placed_in_none_at_their_own_wish(self, county):
        one = county.schools[0]
        self.decline(county, one)
        made = county.ask(time_limit_s=1)
        work_on(made.pk)
        place = made.places.get(school=one)
        assert place.cluster is None
        assert place_from(place.reason).rule == "declined"
        made.refresh_from_db()
        assert outcome_from(made.outcome).n_left_out == 1

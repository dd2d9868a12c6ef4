"""The chair's rota in the database: started, planned, marked, swapped, joined and left."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import Rota, RotaTurn
from clusterwork.clusters.selectors.rotas import seats_of, tallies, turns_of
from clusterwork.clusters.services.appointing import (
    AppointmentFacts,
    NotItsTurn,
    SchoolNotInCluster,
)
from clusterwork.clusters.services.appointments import correct_appointment
from clusterwork.clusters.services.refusals import EndsBeforeItStarts
from clusterwork.clusters.services.rotas import (
    NobodyInRota,
    NoSeat,
    OutsideTheRota,
    RotaRunsAlready,
    SchoolTwice,
    end_rota,
    join_rota,
    leave_rota,
    rota_seat_ends,
)
from clusterwork.clusters.services.turns import (
    NoDaysGiven,
    StandsInForItself,
    SwapNotPossible,
    TermTooLong,
    TurnInHoliday,
    TurnMarked,
    TurnNotYet,
    TurnsOverlap,
    appoint_for_turn,
    cancel_turn,
    mark_turn,
    plan_turns,
    say_who_took,
    stand_in,
    swap_turns,
)
from clusterwork.clusters.tests.made_people import AUTUMN, TODAY, Six, a_person, day
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.registry.models import Holiday

pytestmark = pytest.mark.django_db
MEETINGS = [day(10 * number) for number in range(1, 9)]


@pytest.fixture
def six():
    return Six()


def plan(six, days=MEETINGS, until=None):
    return plan_turns(**six.who, cluster_pk=six.cluster.pk, days=days, until=until)


def order(six) -> list[int]:
    """The schools of the turns in time, by their place in the cluster."""
    turns = RotaTurn.objects.filter(rota__cluster=six.cluster).order_by("start_on")
    return [six.schools.index(turn.school) for turn in turns.select_related("school")]


def turn(six, number: int) -> RotaTurn:
    return RotaTurn.objects.filter(rota__cluster=six.cluster).order_by("start_on")[number]


class TestTerms:
    def test_are_refused_where_one_would_last_a_year(self, six):
        six.rota(unit=Rota.Unit.TERM)
        with pytest.raises(TermTooLong) as refused:
            plan(six, [day(10), day(375)], day(500))
        assert refused.value.why and refused.value.next_step
        assert not RotaTurn.objects.exists()

    def test_last_26_weeks_at_most(self, six):
        six.rota(unit=Rota.Unit.TERM)
        with pytest.raises(TermTooLong):
            plan(six, [day(10)], day(10 + 26 * 7 + 1))
        assert plan(six, [day(10)], day(10 + 26 * 7)) == 1


class TestStarting:
    def test_gives_each_school_a_seat_in_the_order_agreed(self, six):
        rota = six.rota(six.six[3], six.six[1])
        assert [seat.school for seat in seats_of(rota)] == [six.six[3], six.six[1]]
        assert entries_about(six.cluster)[0].verb == "rota.start"

    def test_refuses_a_rota_with_nobody_in_it(self, six):
        with pytest.raises(NobodyInRota):
            six.rota(schools=[])

    def test_refuses_a_school_twice_or_from_elsewhere(self, six):
        with pytest.raises(SchoolTwice):
            six.rota(six.six[0], six.six[0])
        with pytest.raises(SchoolNotInCluster):
            six.rota(six.six[0], six.schools[7])

    def test_refuses_a_second_rota_at_a_time(self, six):
        rota = six.rota()
        with pytest.raises(RotaRunsAlready):
            six.rota(start_on=day(99))
        with pytest.raises(IntegrityError, match="rota_one_at_a_time"), transaction.atomic():
            Rota.objects.create(cluster=six.cluster, unit="year", start_on=rota.start_on)

    def test_heads_may_and_others_may_not(self, six):
        stranger = a_person("Stranger", "headteacher", school=six.schools[7])
        six.who["person"] = stranger
        with pytest.raises(NotAllowed):
            six.rota()
        six.who["person"] = six.head
        assert six.rota().pk


class TestPlanning:
    def test_deals_meetings_out_in_turn(self, six):
        six.rota()
        assert plan(six) == 8
        assert order(six) == [0, 1, 2, 3, 4, 5, 0, 1]
        assert turn(six, 0).end_on == day(11)

    def test_a_terms_turn_lasts_until_the_next(self, six):
        six.rota(unit="term")
        plan(six, [AUTUMN, dt.date(2027, 1, 4)], dt.date(2027, 4, 5))
        assert [each.end_on for each in turns_of(six.cluster.rotas.get())] == [
            dt.date(2027, 1, 4), dt.date(2027, 4, 5),
        ]  # fmt: skip

    def test_a_meeting_put_in_between_moves_the_others(self, six):
        six.rota(*six.six[:3])
        plan(six, MEETINGS[:3])
        plan(six, [day(15)])
        assert order(six) == [0, 1, 2, 0]

    def test_refuses_no_days_and_an_end_too_early(self, six):
        six.rota(unit="term")
        with pytest.raises(NoDaysGiven):
            plan(six, [])
        with pytest.raises(EndsBeforeItStarts):
            plan(six, [AUTUMN], AUTUMN)

    def test_refuses_days_outside_the_rota_and_on_another_turn(self, six):
        six.rota()
        with pytest.raises(OutsideTheRota):
            plan(six, [AUTUMN - dt.timedelta(days=1)])
        plan(six)
        with pytest.raises(TurnsOverlap):
            plan(six, [MEETINGS[0]])

    @pytest.mark.parametrize(
        ("unit", "refused"), [("meeting", True), ("term", True), ("year", False)]
    )
    def test_refuses_a_holiday_but_where_turns_last_a_year(self, six, unit, refused):
        Holiday.objects.create(
            organisation=six.organisation, name="Christmas", start_on=day(20), end_on=day(40)
        )
        six.rota(unit=unit)
        if refused:
            with pytest.raises(TurnInHoliday, match="Christmas"):
                plan(six, [day(39)], day(99))
        else:
            assert plan(six, [day(39)], day(99)) == 1
        assert plan(six, [day(140)], day(150)) == 1

    def test_needs_a_rota(self, six):
        with pytest.raises(NotThere):
            plan(six)


class TestTakingTurns:
    @pytest.fixture(autouse=True)
    def planned(self, six):
        six.rota(*six.six[:3])
        plan(six, [day(-20), *MEETINGS[:5]])

    def test_a_missed_turn_comes_round_next(self, six):
        mark_turn(**six.who, pk=turn(six, 0).pk, taken=False, because="Snow.")
        assert order(six) == [0, 0, 1, 2, 0, 1]
        assert tally(six, 0) == (0, 2, 1)

    def test_a_turn_is_not_marked_before_it_begins(self, six):
        with pytest.raises(TurnNotYet):
            mark_turn(**six.who, pk=turn(six, 1).pk, taken=True)

    def test_whoever_stands_in_has_it_counted(self, six):
        stand_in(**six.who, pk=turn(six, 0).pk, school=six.six[1])
        mark_turn(**six.who, pk=turn(six, 0).pk, taken=True)
        assert order(six)[1:3] == [0, 2]
        assert tally(six, 1)[0] == 1

    def test_nobody_stands_in_for_themselves_or_from_elsewhere(self, six):
        with pytest.raises(StandsInForItself):
            stand_in(**six.who, pk=turn(six, 0).pk, school=six.six[0])
        with pytest.raises(SchoolNotInCluster):
            stand_in(**six.who, pk=turn(six, 0).pk, school=six.schools[7])

    def test_two_swap_and_keep_what_they_agreed(self, six):
        swap_turns(**six.who, pk=turn(six, 1).pk, other_pk=turn(six, 2).pk)
        assert order(six) == [0, 2, 1, 0, 1, 2]
        plan(six, [day(999)])
        assert order(six)[:6] == [0, 2, 1, 0, 1, 2]

    def test_turns_behind_or_of_one_school_are_not_swapped(self, six):
        with pytest.raises(SwapNotPossible):
            swap_turns(**six.who, pk=turn(six, 1).pk, other_pk=turn(six, 4).pk)
        mark_turn(**six.who, pk=turn(six, 0).pk, taken=True)
        with pytest.raises(TurnMarked):
            swap_turns(**six.who, pk=turn(six, 0).pk, other_pk=turn(six, 1).pk)

    def test_those_after_a_meeting_called_off_move_up(self, six):
        cancel_turn(**six.who, pk=turn(six, 1).pk)
        assert order(six) == [0, 1, 2, 0, 1]
        with pytest.raises(NotThere):
            cancel_turn(**six.who, pk=999_999)

    def test_the_chair_is_appointed_from_the_turn(self, six):
        before = six.chair(six.six[5], start_on=day(-99))
        chair = appoint_for_turn(**six.who, pk=turn(six, 1).pk, name="Bo")
        before.refresh_from_db()
        assert before.end_on == chair.start_on == day(10)
        assert (chair.school, chair.end_on) == (six.six[1], day(20))

    def test_within_the_cluster_the_chair_goes_by_the_rota(self, six):
        on = {"start_on": day(10), "end_on": day(11)}
        with pytest.raises(NotItsTurn, match="Its turn"):
            six.chair(six.six[0], **on, **six.as_head)
        assert six.chair(six.six[1], **on, **six.as_head).pk

    def test_nor_is_the_rota_passed_by_a_correction(self, six):
        on = {"role": "chair", "name": "Bo", "start_on": day(10), "end_on": day(11)}
        chair = six.chair(six.six[1], start_on=day(10), end_on=day(11))
        asked = {**six.who, **six.as_head, "pk": chair.pk}
        with pytest.raises(NotItsTurn, match="Its turn"):
            correct_appointment(**asked, facts=AppointmentFacts(school=six.six[0], **on))
        corrected = correct_appointment(**asked, facts=AppointmentFacts(school=six.six[1], **on))
        assert corrected.name == "Bo"

    def test_what_has_its_chair_stays_when_the_rest_is_dealt_anew(self, six):
        appoint_for_turn(**six.who, pk=turn(six, 3).pk, name="Bo")
        leave_rota(**six.who, cluster_pk=six.cluster.pk, school=six.six[1], on=TODAY)
        assert order(six)[3] == 0


def tally(six, number: int) -> tuple[int, int, int]:
    rota = six.cluster.rotas.get()
    found = {each.school: each for each in tallies(seats_of(rota), turns_of(rota))}
    one = found[six.six[number]]
    return one.had, one.ahead, one.missed


class TestJoiningAndLeaving:
    def test_the_others_move_up_when_a_school_leaves(self, six):
        six.rota()
        plan(six)
        leave_rota(**six.who, cluster_pk=six.cluster.pk, school=six.six[2], on=day(15))
        assert order(six) == [0, 1, 3, 4, 5, 0, 1, 3]

    def test_a_chair_appointed_for_a_turn_given_up_never_takes_it(self, six):
        six.rota()
        plan(six)
        appoint_for_turn(**six.who, pk=turn(six, 2).pk, name="Bo")
        leave_rota(**six.who, cluster_pk=six.cluster.pk, school=six.six[2], on=day(15))
        assert not six.cluster.appointments.exists()

    def test_a_turn_that_lasts_goes_on_with_another(self, six):
        six.rota(*six.six[:2], unit="term")
        plan(six, [AUTUMN, dt.date(2027, 1, 4)], dt.date(2027, 4, 5))
        leave_rota(**six.who, cluster_pk=six.cluster.pk, school=six.six[0], on=day(3))
        turns = turns_of(six.cluster.rotas.get())
        assert [(each.start_on, each.school) for each in turns[:2]] == [
            (AUTUMN, six.six[0]), (day(3), six.six[1]),
        ]  # fmt: skip

    def test_a_school_that_joins_sits_down_with_credit(self, six):
        six.rota(*six.six[:3])
        plan(six)
        seat = join_rota(**six.who, cluster_pk=six.cluster.pk, school=six.six[4], on=day(65))
        assert seat.credit == 2
        assert order(six) == [0, 1, 2, 0, 1, 2, 0, 1]
        plan(six, [day(95), day(96)])
        assert order(six)[-2:] == [2, 4]

    def test_the_last_does_not_leave_and_nobody_sits_down_twice(self, six):
        six.rota(six.six[0])
        who = {**six.who, "cluster_pk": six.cluster.pk}
        with pytest.raises(NobodyInRota):
            leave_rota(**who, school=six.six[0], on=day(1))
        with pytest.raises(NoSeat):
            leave_rota(**who, school=six.six[1], on=day(1))
        with pytest.raises(SchoolTwice):
            join_rota(**who, school=six.six[0], on=day(1))
        with pytest.raises(SchoolNotInCluster):
            join_rota(**who, school=six.schools[7], on=day(1))

    def test_leaving_the_cluster_ends_the_seat_without_a_word(self, six):
        six.rota(*six.six[:2])
        plan(six, MEETINGS[:2])
        rota_seat_ends(cluster=six.cluster, school=six.six[0], on=day(5))
        assert order(six) == [1, 1]
        rota_seat_ends(cluster=six.cluster, school=six.six[1], on=day(15))
        assert order(six) == [1]

    def test_whoever_leaves_the_cluster_stands_in_no_more(self, six):
        six.rota(*six.six[:3])
        plan(six, MEETINGS[:3])
        for number, other in ((0, six.six[1]), (2, six.six[5])):
            stand_in(**six.who, pk=turn(six, number).pk, school=other)
        rota_seat_ends(cluster=six.cluster, school=six.six[1], on=TODAY)
        assert turn(six, 0).stood_in is None
        assert turn(six, 2).stood_in == six.six[5]  # a member, though without a seat

    def test_an_ended_rota_has_no_turns_after_it(self, six):
        six.rota()
        plan(six)
        end_rota(**six.who, cluster_pk=six.cluster.pk, on=day(25))
        assert len(order(six)) == 2
        with pytest.raises(OutsideTheRota):
            end_rota(**six.who, cluster_pk=six.cluster.pk, on=day(26))
        assert six.rota(start_on=day(25)).pk


class TestSayingWhoTookIt:
    @pytest.fixture(autouse=True)
    def planned(self, six):
        six.rota(*six.six[:3])
        plan(six, [day(-20), day(10)])

    @pytest.mark.parametrize("taken", [True, False])
    def test_its_own_school_or_nobody(self, six, taken):
        said = say_who_took(**six.who, pk=turn(six, 0).pk, taken=taken)
        assert (said.taken, said.stood_in) == (taken, None)

    def test_another_and_then_its_own_after_all(self, six):
        said = say_who_took(**six.who, pk=turn(six, 0).pk, taken=True, stands_in=six.six[1])
        assert (said.taken, said.stood_in) == (True, six.six[1])
        said = say_who_took(**six.who, pk=turn(six, 0).pk, taken=True)
        assert (said.taken, said.stood_in) == (True, None)

    def test_of_a_turn_to_come_only_who_stands_in(self, six):
        said = say_who_took(**six.who, pk=turn(six, 1).pk, taken=None, stands_in=six.six[0])
        assert (said.taken, said.stood_in) == (None, six.six[0])
        with pytest.raises(TurnNotYet):
            say_who_took(**six.who, pk=turn(six, 1).pk, taken=True)

"""Taking turns: who is next, and that nobody has two turns more than another."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwork.clusters.rules.covering import covered_until, reaches_past
from clusterwork.clusters.rules.rota import (
    Seat,
    Turn,
    credit_on,
    next_school,
    planned,
    turns_of,
    unevenness,
)
from clusterwork.clusters.rules.terms import (
    end_to_end,
    first_days_of_terms,
    first_days_of_years,
    holiday_on,
)

START = dt.date(2026, 9, 1)


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


def seats(*schools: int) -> list[Seat]:
    return [Seat(school, place, START) for place, school in enumerate(schools)]


def blank(n: int) -> list[Turn]:
    return [Turn(day(number)) for number in range(n)]


def schools_in(plan) -> list[int | None]:
    return [turn.school for turn in plan.turns]


class TestWhoIsNext:
    def test_six_take_turns_in_the_order_agreed(self):
        plan = planned(seats(6, 2, 4, 1, 3, 5), blank(8), START)
        assert schools_in(plan) == [6, 2, 4, 1, 3, 5, 6, 2]

    def test_nobody_in_an_empty_rota(self):
        assert next_school([], [], START) is None
        assert schools_in(planned([], blank(2), START)) == [None, None]

    def test_everybody_moves_up_when_a_school_leaves(self):
        six = seats(1, 2, 3, 4, 5, 6)
        first = planned(six, blank(6), START)
        six[2] = replace(six[2], end_on=day(2))
        assert schools_in(planned(six, first.turns, day(2))) == [1, 2, 4, 5, 6, 1]

    def test_a_school_that_joins_owes_no_earlier_turn(self):
        three = seats(1, 2, 3)
        first = planned(three, blank(9), START)
        joined = [*three, Seat(4, 3, day(6))]
        plan = planned(joined, first.turns, day(5))
        assert plan.seats[-1].credit == 2
        assert schools_in(plan) == [1, 2, 3, 1, 2, 3, 1, 2, 3]
        assert next_school(plan.seats, plan.turns, day(9)) == 4

    def test_a_missed_turn_is_taken_up_at_the_next(self):
        missed = [Turn(START, 1, taken=False), Turn(day(1)), Turn(day(2))]
        assert schools_in(planned(seats(1, 2, 3), missed, day(1))) == [1, 1, 2]

    def test_whoever_stood_in_has_had_a_turn(self):
        stood_in = [Turn(START, 1, taken=True, stood_in=2), Turn(day(1)), Turn(day(2))]
        assert schools_in(planned(seats(1, 2, 3), stood_in, day(1)))[1:] == [1, 3]

    def test_what_is_agreed_stays(self):
        agreed = [Turn(START, 3, is_agreed=True), *blank(4)[1:]]
        assert schools_in(planned(seats(1, 2, 3), agreed, START)) == [3, 1, 2, 3]

    def test_what_is_agreed_goes_when_its_school_has_left(self):
        three = seats(1, 2, 3)
        three[2] = replace(three[2], end_on=day(1))
        agreed = [Turn(START), Turn(day(1), 3, is_agreed=True)]
        assert schools_in(planned(three, agreed, START)) == [1, 2]


@st.composite
def stories(draw):
    """A rota of some schools with turns planned ahead, and who joins or leaves on which day."""
    n_schools, n_turns = draw(st.integers(1, 7)), draw(st.integers(1, 30))
    happenings = draw(
        st.lists(st.tuples(st.integers(1, n_turns), st.booleans(), st.integers(0, 9)), max_size=8)
    )
    return n_schools, n_turns, sorted(happenings)


def told(story) -> tuple[list[Seat], list[Turn]]:
    """The seats and turns after the story; each happening is known a while before its day."""
    n_schools, n_turns, happenings = story
    held = seats(*range(1, n_schools + 1))
    turns = list(planned(held, blank(n_turns), START).turns)
    for number, (on, joins, which) in enumerate(happenings):
        open_seats = [seat for seat in held if seat.end_on is None and seat.start_on < day(on)]
        known = day(max(0, on - which))
        known = max(known, *[day(each[0]) for each in happenings[:number]], START)
        if joins:
            held.append(Seat(100 + number, 100 + number, day(on)))
        elif len(open_seats) > 1:
            leaver = held.index(open_seats[which % len(open_seats)])
            held[leaver] = replace(held[leaver], end_on=day(on))
        plan = planned(held, turns, min(known, day(on)))
        held, turns = list(plan.seats), list(plan.turns)
    return held, turns


class TestFairness:
    @settings(max_examples=300, deadline=None)
    @given(stories())
    def test_is_at_most_one_turn_uneven_at_any_time(self, story):
        held, turns = told(story)
        for turn in turns:
            assert turn.school is not None
            assert unevenness(held, turns, turn.start_on) <= 1

    @settings(max_examples=200, deadline=None)
    @given(stories())
    def test_gives_no_school_a_turn_outside_its_seat(self, story):
        held, turns = told(story)
        for turn in turns:
            assert any(seat.school == turn.school and seat.holds_on(turn.start_on) for seat in held)

    @settings(max_examples=200, deadline=None)
    @given(stories())
    def test_those_there_all_along_have_had_the_same_but_one(self, story):
        held, turns = told(story)
        always = [seat for seat in held if seat.start_on == START and seat.end_on is None]
        counts = [len(turns_of(seat, turns)) for seat in always]
        assert not counts or max(counts) - min(counts) <= 1

    @given(
        st.lists(
            st.tuples(st.integers(1, 4), st.sampled_from([True, False]), st.integers(0, 4)),
            max_size=12,
        ),
        st.integers(0, 20),
    )
    def test_planning_never_widens_what_missing_and_standing_in_have_opened(self, past, n):
        four = seats(1, 2, 3, 4)
        marked = [
            Turn(day(number), school, taken, (other or None) if taken else None)
            for number, (school, taken, other) in enumerate(past)
        ]
        before = unevenness(four, marked, day(99))
        ahead = [Turn(day(20 + number)) for number in range(n)]
        plan = planned(four, [*marked, *ahead], day(20))
        assert unevenness(plan.seats, plan.turns, day(99)) <= max(1, before)

    @given(st.permutations(seats(1, 2, 3, 4, 5)), st.integers(0, 12))
    def test_does_not_depend_on_the_order_of_rows(self, shuffled, n):
        assert schools_in(planned(shuffled, blank(n), START)) == schools_in(
            planned(seats(1, 2, 3, 4, 5), blank(n), START)
        )

    def test_a_joiner_has_the_credit_of_the_middle(self):
        turns = [Turn(day(number), 1 + number % 2, taken=True) for number in range(6)]
        assert credit_on(seats(1, 2, 3), turns, day(6)) == 3
        assert credit_on([], turns, day(6)) == 0


class TestCovering:
    def test_follows_on_from_period_to_period(self):
        assert covered_until([(day(5), None), (day(0), day(5))], START) is None
        assert covered_until([(day(6), None), (day(0), day(5))], START) == day(5)

    def test_says_the_day_itself_where_nothing_covers_it(self):
        assert covered_until([(day(1), None)], START) == START

    def test_an_open_end_reaches_past_any_day(self):
        assert reaches_past(None, day(3)) and reaches_past(day(4), day(3))
        assert not reaches_past(day(3), day(3)) and not reaches_past(None, None)


class TestTerms:
    HOLIDAYS = (
        (dt.date(2026, 10, 26), dt.date(2026, 10, 31)),
        (dt.date(2026, 12, 19), dt.date(2027, 1, 4)),
        (dt.date(2027, 3, 20), dt.date(2027, 4, 5)),
        (dt.date(2027, 7, 21), dt.date(2027, 9, 1)),
    )

    def test_begin_after_the_long_holidays(self):
        found = first_days_of_terms(self.HOLIDAYS, START, 9)
        assert found == [dt.date(2027, 1, 4), dt.date(2027, 4, 5), dt.date(2027, 9, 1)]

    def test_years_begin_in_september(self):
        assert first_days_of_years(START, 2) == [START, dt.date(2027, 9, 1)]
        assert first_days_of_years(day(1), 1) == [dt.date(2027, 9, 1)]

    def test_each_lasts_until_the_next(self):
        assert end_to_end([day(5), day(0)], day(9)) == [(day(0), day(5)), (day(5), day(9))]

    def test_the_first_day_back_is_no_holiday(self):
        assert holiday_on(self.HOLIDAYS, dt.date(2026, 10, 26)) == self.HOLIDAYS[0]
        assert holiday_on(self.HOLIDAYS, dt.date(2026, 10, 31)) is None

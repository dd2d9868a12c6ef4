"""What follows from the bodies' answers."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from clusterwork.plans.rules.reviewing import (
    APPROVE,
    APPROVED,
    CLOSED,
    GO_ON,
    OPEN,
    RETURN,
    RETURNED,
    WAITING,
    Reading,
    at_first,
    what_follows,
)


def begun(turns: list[int]) -> list[Reading]:
    readings = [Reading(key, turn, WAITING) for key, turn in enumerate(turns)]
    first = at_first(readings)
    return [replace(each, state=OPEN) if each.key in first else each for each in readings]


def answered(readings: list[Reading], key: int, answer: str) -> tuple[str, list[Reading]]:
    after = [replace(each, state=answer) if each.key == key else each for each in readings]
    found = what_follows(after)
    states = {**dict.fromkeys(found.opens, OPEN), **dict.fromkeys(found.closes, CLOSED)}
    return found.verdict, [replace(each, state=states.get(each.key, each.state)) for each in after]


class TestTurns:
    def test_the_lowest_turn_opens_first(self):
        assert at_first([Reading(1, 2, WAITING), Reading(2, 1, WAITING)]) == (2,)

    def test_one_body_that_approves_is_enough_where_it_is_alone(self):
        assert answered(begun([1]), 0, APPROVED)[0] == APPROVE

    def test_the_second_turn_opens_when_the_first_has_approved(self):
        verdict, readings = answered(begun([1, 2]), 0, APPROVED)
        assert verdict == GO_ON
        assert [each.state for each in readings] == [APPROVED, OPEN]

    def test_a_return_waits_for_those_who_read_in_parallel(self):
        verdict, readings = answered(begun([1, 1]), 0, RETURNED)
        assert verdict == GO_ON
        assert answered(readings, 1, APPROVED)[0] == RETURN

    def test_a_return_closes_the_later_turns(self):
        verdict, readings = answered(begun([1, 2]), 0, RETURNED)
        assert verdict == RETURN
        assert readings[1].state == CLOSED


class TestAnyOrder:
    @given(st.lists(st.integers(1, 4), min_size=1, max_size=6), st.data())
    def test_every_sequence_of_answers_comes_to_an_end(self, turns, data):
        readings, verdict, answers = begun(turns), GO_ON, []
        while verdict == GO_ON:
            key = data.draw(st.sampled_from([e.key for e in readings if e.state == OPEN]))
            answers.append(data.draw(st.sampled_from([APPROVED, RETURNED])))
            verdict, readings = answered(readings, key, answers[-1])
        assert (verdict == RETURN) == (RETURNED in answers)
        assert all(each.state not in (OPEN, WAITING) for each in readings)
        assert verdict == RETURN or len(answers) == len(turns)

"""Who signs for which school, blanks, differences and moves, on plain values."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.clusters.rules.agreements.blanks import blanks_in, filled, left_in
from clusterwork.clusters.rules.agreements.differences import Words, side_by_side
from clusterwork.clusters.rules.agreements.proving import HOLDS, is_fresh, same_name
from clusterwork.clusters.rules.signing import (
    SIGNS,
    Governed,
    Kind,
    is_complete,
    kind_of,
    served_by,
    who_signs,
)
from clusterwork.clusters.services.agreements.ordering import moved
from clusterwork.clusters.states.agreement import MOVES, NAMES, STATES
from clusterwork.kernel.differing import IN, OUT
from clusterwork.kernel.states import MoveNotAllowed, state_after

CAPACITIES = ("head", "governors", "trust", "committee")
VERBS = sorted({move.verb for move in MOVES})
NOW = dt.datetime(2026, 11, 21, 10, tzinfo=dt.UTC)
texts = st.lists(st.sampled_from(["we", "share", "the", "money.", "{banker}", "\n"]), max_size=12)


class TestWhoSigns:
    @pytest.mark.parametrize(
        ("school", "signs"),
        [
            (Governed("primary", "Community school"), ("head", "governors")),
            (Governed("primary", "Voluntary aided school", federation=3), ("head", "governors")),
            (Governed("special", "Community special school"), ("head", "governors")),
            (Governed("primary", "Welsh establishment", "Welsh schools"), ("head", "governors")),
            (Governed("secondary", "Academy converter", "Academies", trust=4), ("trust",)),
            (Governed("primary", "Free schools", "Free Schools"), ("trust",)),
            (Governed("referral_unit", "Pupil referral unit"), ("committee",)),
            (Governed("referral_unit"), ("committee",)),
            (
                Governed("referral_unit", "Academy alternative provision converter", "Academies"),
                ("trust",),
            ),
            (Governed("primary", trust=4), ("trust",)),
        ],
    )
    def test_goes_by_the_kind_of_school(self, school, signs):
        assert who_signs(school) == signs

    def test_a_foundation_schools_trust_does_not_sign_for_it(self):
        school = Governed("primary", "Foundation school", trust=4)
        assert kind_of(school) is Kind.MAINTAINED and served_by(school) is None

    @given(
        st.sampled_from(["primary", "referral_unit", "special"]),
        st.text(max_size=20),
        st.none() | st.integers(1, 9),
        st.none() | st.integers(1, 9),
    )
    def test_is_always_somebody(self, phase, filed, federation, trust):
        school = Governed(phase, filed, "", federation, trust)
        assert who_signs(school)
        assert served_by(school) in (federation, trust, None)


class TestASchoolHasSigned:
    @given(st.sampled_from(list(SIGNS.values())), st.sets(st.sampled_from(CAPACITIES)))
    def test_when_all_of_one_kind_have_and_never_before(self, needed, signed):
        every = [set(each) <= signed for each in SIGNS.values()]
        assert is_complete(needed, signed) == any(every)

    def test_and_stays_so_when_it_becomes_an_academy(self):
        assert is_complete(("trust",), ("head", "governors"))
        assert not is_complete(("trust",), ("head",))


class TestBlanks:
    def test_are_found_once_in_their_order(self):
        assert blanks_in("{b} and {a}", "{b}") == ["b", "a"]

    @given(texts, st.dictionaries(st.just("banker"), st.text("xyz ", max_size=4)))
    def test_are_left_exactly_where_nothing_fills_them(self, words, values):
        text = " ".join(words)
        done = filled(text, values)
        assert bool(left_in([text], values)) == ("{banker}" in done)

    def test_never_read_what_was_filled_in_as_a_blank(self):
        assert filled("{a} {b}", {"a": "{b}", "b": "x"}) == "{b} x"


class TestTwoVersions:
    @given(texts, texts)
    def test_lose_no_word_of_either(self, before, after):
        old, new = " ".join(before), " ".join(after)
        (pair,) = side_by_side([Words(1, "Money", old)], [Words(1, "Money", new)])
        assert "".join(run.text for run in pair.left) == old
        assert "".join(run.text for run in pair.right) == new
        assert IN not in {run.what for run in pair.left}
        assert OUT not in {run.what for run in pair.right}

    @given(
        st.lists(st.tuples(st.none() | st.integers(1, 4), st.sampled_from("ABC")), max_size=6),
        st.lists(st.tuples(st.none() | st.integers(1, 4), st.sampled_from("ABC")), max_size=6),
    )
    def test_show_every_clause_of_both_once(self, before, after):
        old = [Words(key, title, f"{n} old") for n, (key, title) in enumerate(before)]
        new = [Words(key, title, f"{n} new") for n, (key, title) in enumerate(after)]
        pairs = side_by_side(old, new)
        assert [pair.after for pair in pairs if pair.after] == new
        assert sorted(p.before.text for p in pairs if p.before) == sorted(w.text for w in old)

    def test_mark_only_the_words_that_changed(self):
        (pair,) = side_by_side(
            [Words(1, "Money", "Ann banks it.")], [Words(1, "Money", "Bo banks it.")]
        )
        assert [run.text for run in pair.left if run.what == OUT] == ["Ann "]
        assert [run.text for run in pair.right if run.what == IN] == ["Bo "]


class TestMoves:
    @given(st.lists(st.sampled_from(VERBS), max_size=12))
    def test_never_lead_out_of_the_listed_states(self, verbs):
        state = "draft"
        for verb in verbs:
            try:
                state = state_after(verb, state, MOVES, NAMES)
            except MoveNotAllowed:
                continue
            assert state in STATES

    @pytest.mark.parametrize("verb", VERBS)
    @pytest.mark.parametrize("state", STATES)
    def test_outside_the_table_are_refused(self, verb, state):
        if (verb, state) in {(move.verb, move.source) for move in MOVES}:
            return
        with pytest.raises(MoveNotAllowed):
            state_after(verb, state, MOVES, NAMES)

    @given(st.lists(st.integers(), unique=True, min_size=1), st.data(), st.booleans())
    def test_up_and_down_keep_every_clause(self, clauses, data, up):
        one = data.draw(st.sampled_from(clauses))
        there = moved(clauses, one, up=up)
        assert sorted(there) == sorted(clauses)
        assert moved(there, one, up=not up) == clauses or there == clauses


class TestAProof:
    @given(st.integers(-5000, 5000))
    def test_holds_ten_minutes_and_never_from_the_future(self, seconds):
        at = NOW - dt.timedelta(seconds=seconds)
        assert is_fresh(at, NOW) == (0 <= seconds <= HOLDS.total_seconds())

    def test_a_name_is_known_whatever_its_capitals_and_stops(self):
        assert same_name("Mrs. A  Lee", "mrs a lee") and not same_name("A Lee", "B Lee")

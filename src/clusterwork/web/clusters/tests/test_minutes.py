"""Minutes in words: what is said never differs from the figures that stand beside it."""

import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.clusters.consequences import SchoolChange
from clusterwork.clusters.outcomes import Alternative
from clusterwork.web.clusters.moving.shown.moves import SchoolRow, _longer
from clusterwork.web.clusters.shown.places import _because, _consequences, own_journey
from clusterwork.web.formats import number

MINUTES = st.floats(0, 200)


def journeys(now, other):
    best = Alternative(
        cluster=2, swap_with=None, cost=0.0, travel=0.0, minutes=other - now, flow=0.0,
        size_left=3, size_joined=7, links_cut=[], allowed=True, against=[],
    )  # fmt: skip
    row = SimpleNamespace(minutes=now, cluster=None, school_id=1)
    lookup = SimpleNamespace(to_hub=False, unit="minutes", schools={})
    facts = SimpleNamespace(next_best=best)
    return _because(row, facts, lookup), next(iter(_consequences(row, best, lookup)))


class TestAPlaceAndItsNextBest:
    @given(MINUTES, MINUTES)
    def test_never_contradict_each_other(self, now, other):
        because, own = journeys(now, other)
        here, there = map(int, re.findall(r"takes? (\d+)", because))
        assert own == own_journey(here, there)

    def test_differ_by_a_minute_where_the_figures_do(self):
        because, own = journeys(20.6, 20.4)
        assert "takes 21 minutes" in because and "take 20." in because
        assert own == "Its own journey would be one minute shorter."


class TestTheChangeOfAMove:
    @given(MINUTES, MINUTES)
    def test_is_the_difference_of_the_minutes_beside_it(self, before, after):
        change = SchoolChange(1, 1, 2, before, after)
        shown = SchoolRow(None, change, _longer(change)).shown
        assert int(shown.replace("−", "-")) == int(number(after)) - int(number(before))

    @pytest.mark.parametrize(
        ("before", "after", "shown"),
        [(20.4, 20.2, "0"), (20.6, 20.4, "−1"), (20.4, 20.6, "+1"), (None, 20.0, "–")],
    )
    def test_has_a_true_sign_and_none_for_nothing(self, before, after, shown):
        change = SchoolChange(1, 1, 2, before, after)
        assert SchoolRow(None, change, _longer(change)).shown == shown


class TestANumber:
    @pytest.mark.parametrize(("value", "places"), [(-0.3, 0), (-0.0, 1), (-0.04, 1), (0.0, 0)])
    def test_that_is_nothing_has_no_sign(self, value, places):
        assert not number(value, places).startswith("-")

"""What could be seen where only schools' spread is known: told in units, never as of pupils."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from clusterwork.clusters.sentences import read
from clusterwork.evaluation.impact_adapter.powering import could_see
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Group, Known, Sample, Unit

YEARS = tuple(range(2014, 2021))
START = 2018
SWING = 4.0


def look(*, counted: int | None, first: int = YEARS[0], **chosen: Any) -> dict[str, Any]:
    """A look at clusters that swing from year to year by more than schools lie apart."""
    draw = np.random.default_rng(2)
    years = tuple(year for year in YEARS if year >= first)
    units, clusters = [], {}
    for n in range(14):
        start = START if n < 6 else None
        figures = {year: Known(100 + SWING * float(draw.normal()), counted) for year in years}
        clusters[n] = Group(n, f"C{n}", start, start or 2030)
        units.append(Unit(n, str(n), "", "primary", "", n, n, {}, {}, figures))
    sample = Sample(clusters, tuple(units[:6]), tuple(units[6:]), years)
    plan = AnalysisPlan(1, 1, "all", "score", first, YEARS[-1], comparison="later", **chosen)
    return could_see(sample, plan, lambda step, done, of: None)


def said(told: dict[str, Any], name: str = "sentences") -> str:
    return " ".join(str(read(each)) for each in told[name])


class TestSchoolsSpread:
    def test_is_no_measure_of_what_can_be_believed(self) -> None:
        told = look(counted=None)
        assert told["pupils_sd"]["source"] == "schools"
        assert told["least"] > 0.5
        assert told["too_large"] is False

    def test_is_told_in_units_of_the_measure(self) -> None:
        told = look(counted=None)
        assert "in units of the measure" in said(told)
        assert "standard deviation" not in said(told)
        assert f"{told['least_in_units']:.3g}" in said(told)

    def test_says_what_those_reached_would_have_to_gain(self) -> None:
        told = look(counted=None, reached=0.25)
        assert "reaches 25 of 100 of these pupils" in said(told)
        assert f"gain {told['least_in_units'] / 0.25:.3g} each" in said(told)

    def test_takes_nothing_off_for_pupils_whose_spread_is_not_known(self) -> None:
        one, other = look(counted=8), look(counted=None)
        assert one["pupils_sd"]["source"] == "schools"
        assert one["se"] == pytest.approx(other["se"])

    def test_assumes_with_one_year_before_what_is_said_of_schools(self) -> None:
        assert "of schools’ figures" in said(look(counted=None, first=START - 1), "notes")


class TestPupilsSpread:
    def test_is_told_as_such(self) -> None:
        told = look(counted=30, pupils_sd=15.0)
        assert "standard deviations" in said(told)

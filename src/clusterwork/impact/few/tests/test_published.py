"""One treated among 39: California's Proposition 99, with the numbers that are published.

Packs of cigarettes a head, 1970 to 2000 (The Tax Burden on Tobacco, Centers for Disease Control and
Prevention), in the 39 states of Abadie, Diamond and Hainmueller (2010); estimates from
Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), Am. Econ. Rev. 111, table 1.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from clusterwork.impact.choose import choose
from clusterwork.impact.few import Panel, changes_of, panel_of, synthetic, usable

FILE = Path(__file__).parent / "cigarettes.csv"
NAMES = {"outcome": "packs", "cluster": "State", "time": "year", "start": "start"}


@pytest.fixture(scope="module")
def states() -> pl.DataFrame:
    wide = pl.read_csv(FILE)
    long = wide.unpivot(index="State", variable_name="year", value_name="packs")
    return long.with_columns(
        year=pl.col("year").cast(pl.Int64),
        start=pl.when(pl.col("State") == "California").then(1989).otherwise(0),
    )


@pytest.fixture(scope="module")
def panel(states) -> Panel:
    return usable(panel_of(states, **NAMES))


def california(panel, *, level):
    place = panel.clusters.index("California")
    donors = np.delete(panel.means, place, axis=0).T
    found = synthetic(panel.means[place], donors, np.array(panel.years) >= 1989, level=level)
    names = [name for name in panel.clusters if name != "California"]
    return found, dict(zip(names, found.weights, strict=True))


class TestProposition99:
    def test_difference_in_differences(self, panel):
        assert changes_of(panel).estimate == pytest.approx(-27.3, abs=0.05)

    def test_synthetic_control(self, panel):
        """The published mix was found by a search that stops a little early: -19.6."""
        found, weights = california(panel, level=True)
        assert found.effect == pytest.approx(-19.6, abs=0.1)
        largest = sorted(weights, key=lambda name: -weights[name])[:4]
        assert largest == ["Utah", "Montana", "Nevada", "Connecticut"]

    def test_synthetic_control_of_the_course_without_the_level(self, panel):
        found, _ = california(panel, level=False)
        assert found.effect == pytest.approx(-11.1, abs=0.05)

    def test_the_choice_is_a_place_and_no_p(self, states):
        found = choose(states, **NAMES)
        assert found.estimate.estimate == pytest.approx(-11.1, abs=0.05)
        assert (found.estimate.p, found.rank) == (None, (3, 39))
        assert found.rank[1] == len(found.ranks.rows)

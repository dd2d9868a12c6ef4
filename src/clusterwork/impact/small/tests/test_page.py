"""The tables of docs/algorithms/impact-small.md, and figures of real schools where they are."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from clusterwork.impact.small import (
    binomial_limits,
    by_size_band,
    clopper_pearson,
    pool_years,
    shrink_shares,
    wilson,
)

ROOT = Path(__file__).parents[5]
PAGE = (ROOT / "docs/algorithms/impact-small.md").read_text(encoding="utf-8")
KS2 = ROOT.parent / "shared/data/ks2_england_2016_2019.csv.gz"
CENSUS = ROOT.parent / "shared/data/census_england_201819.csv.gz"


def rows_under(heading):
    lines = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return rows[2:]


def ends(low, high):
    return f"{100 * low:.1f} – {100 * high:.1f}"


def test_intervals():
    for count, of, score, exact in rows_under("Intervals"):
        told = wilson(int(count), int(of))
        assert ends(told.low, told.high) == score
        told = clopper_pearson(int(count), int(of))
        assert ends(told.low, told.high) == exact


def test_shrinking():
    rows = [row for row in rows_under("Shrinking") if len(row) == 7]
    frame = pl.DataFrame(
        {
            "school": [row[0] for row in rows],
            "x": [int(row[1]) for row in rows],
            "n": [int(row[2]) for row in rows],
        }
    )
    told = shrink_shares(frame, unit="school", count="x", of="n")
    for row, each in zip(rows, told.effects, strict=True):
        shown = [f"{100 * each.raw:.1f}", f"{100 * each.estimate:.1f}", ends(each.low, each.high)]
        assert row[3:] == [*shown, f"{each.weight:.2f}"]
    assert f"{100 * told.mean:.1f} %" in PAGE
    assert f"{100 * told.spread:.1f} %" in PAGE


def test_funnels():
    for pupils, *shown in rows_under("Funnels"):
        size = np.array([float(pupils)])
        near, far = (binomial_limits(0.65, size, tail) for tail in (0.025, 0.001))
        assert shown == [ends(near[0][0], near[1][0]), ends(far[0][0], far[1][0])]


@pytest.mark.skipif(not KS2.exists(), reason="the shared data are not here")
class TestEngland:
    def results(self):
        return pl.read_csv(KS2, infer_schema_length=None).select(
            "urn", "year", "telig", x=(pl.col("ptrwm_exp") / 100 * pl.col("telig")).round()
        )

    def test_years_are_not_alike_and_it_says_so(self):
        rows = self.results().filter(pl.col("year") < 2019).head(3000)
        told = pool_years(rows, unit="urn", year="year", count="x", of="telig")
        assert not told.alike
        assert told.p_trend < 1e-6
        assert "trend over the years" in told.sentence()

    def test_small_schools_have_the_widest_intervals(self):
        census = pl.read_csv(CENSUS, infer_schema_length=None)
        census = census.filter(pl.col("SCHOOLTYPE") == "State-funded primary").select(
            urn=pl.col("URN").cast(pl.Int64, strict=False),
            roll=pl.col("NOR").cast(pl.Int64, strict=False),
        )
        rows = self.results().filter(pl.col("year") == 2018).join(census.drop_nulls(), on="urn")
        told = by_size_band(rows, unit="urn", size="roll", count="x", of="telig", floor=0.65)
        widths = [band.high - band.low for band in told.bands]
        assert widths == sorted(widths, reverse=True)
        shown = [
            [
                *(f"{band.schools}", f"{band.pupils}", f"{100 * band.share:.1f}"),
                *(ends(band.low, band.high), f"{band.under}"),
                ends(band.under_low, band.under_high),
            ]
            for band in told.bands
        ]
        assert [row[1:] for row in rows_under("Bands of size")] == shown

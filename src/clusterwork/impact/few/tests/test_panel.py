"""Promises about reading: means by cluster and year of any frame, and what is refused."""

from __future__ import annotations

import duckdb
import numpy as np
import polars as pl
import pytest

from clusterwork.impact.few import (
    NegativeWeights,
    NoComparisonCluster,
    NothingBefore,
    NothingVaries,
    NoTreatedCluster,
    OneYearOnly,
    StartMoves,
    YearsDiffer,
    YearsNotWhole,
    changes_of,
    panel_of,
    usable,
)
from clusterwork.impact.few.tests.made import NAMES, arms, rows
from clusterwork.impact.frames import InfiniteValues, NoSuchColumn, NotNumbers

ROWS = rows(arms(2, 3))


def read(frame, **other):
    return panel_of(frame, **{**NAMES, **other})


class TestMeansByClusterAndYear:
    def test_weighs_by_pupils(self):
        frame = pl.DataFrame(
            {
                "cluster": ["a", "a", "a"],
                "year": [2001, 2001, 2002],
                "start": [2002, 2002, 2002],
                "score": [1.0, 4.0, 7.0],
                "pupils": [10, 20, 5],
            }
        )
        panel = read(frame)
        assert panel.means.tolist() == [[3.0, 7.0]]
        assert panel.weights.tolist() == [[30.0, 5.0]]
        assert (panel.clusters, panel.years, panel.starts) == (("a",), (2001, 2002), (2002,))

    def test_counts_each_row_once_without_a_weight(self):
        panel = panel_of(ROWS, outcome="score", cluster="cluster", time="year", start="start")
        assert (panel.weights == 4).all()

    def test_reads_every_kind_of_frame(self):
        wanted = read(ROWS)
        arrow = ROWS.to_arrow()
        for frame in (ROWS.lazy(), ROWS.to_pandas(), arrow, duckdb.sql("from arrow")):
            found = read(frame)
            assert found.clusters == wanted.clusters
            assert found.starts == wanted.starts
            assert found.data_hash == wanted.data_hash
            assert np.allclose(found.means, wanted.means, rtol=1e-12)

    def test_the_order_of_rows_does_not_matter(self):
        assert read(ROWS.sample(fraction=1, shuffle=True, seed=3)).data_hash == read(ROWS).data_hash

    def test_never_may_be_zero_empty_or_no_number(self):
        empty = ROWS.with_columns(start=pl.when(pl.col("start") > 0).then("start"))
        nan = ROWS.with_columns(start=pl.col("start").cast(pl.Float64).replace(0.0, float("nan")))
        assert read(empty).starts == read(nan).starts == read(ROWS).starts
        assert read(ROWS).starts == (2004, 2004, None, None, None)

    def test_codes_and_gaps_are_no_figures(self):
        texts = ROWS.with_columns(
            score=pl.when(pl.col("school") == "c000")
            .then(pl.lit("SUPP"))
            .otherwise(pl.col("score").cast(pl.String))
        )
        rest = ROWS.filter(pl.col("school") != "c000")
        assert np.allclose(read(texts).means, read(rest).means)
        assert np.allclose(read(texts).weights, read(rest).weights)

    def test_a_cluster_without_figures_in_a_year_has_a_gap(self):
        gone = ROWS.filter((pl.col("cluster") != "c04") | (pl.col("year") != 2002))
        assert np.isnan(read(gone).means[4, 1])


class TestUsable:
    def test_takes_the_years_that_all_clusters_have(self):
        gone = ROWS.filter((pl.col("cluster") != "c04") | (pl.col("year") != 2002))
        assert usable(read(gone)).years == (2001, 2003, 2004, 2005, 2006)

    def test_a_start_after_the_last_year_is_none_yet(self):
        later = rows({"a": 2004, "b": 2030, "c": 0})
        assert usable(read(later)).starts == (2004, None, None)


def set_to(**columns):
    return ROWS.with_columns(**{name: pl.lit(value) for name, value in columns.items()})


class TestRefusals:
    @pytest.mark.parametrize(
        ("problem", "frame"),
        [
            (NoSuchColumn, ROWS.drop("score")),
            (NotNumbers, set_to(score="good")),
            (InfiniteValues, set_to(score=float("inf"))),
            (NegativeWeights, set_to(pupils=-1)),
            (YearsNotWhole, ROWS.with_columns(year=pl.col("year") + 0.5)),
            (
                StartMoves,
                ROWS.with_columns(
                    start=pl.when(pl.col("school") == "c000").then(2005).otherwise(0)
                ),
            ),
            (OneYearOnly, ROWS.filter(pl.col("year") == 2001)),
            (NoTreatedCluster, set_to(start=0)),
            (NoTreatedCluster, set_to(start=2040)),
            (NoComparisonCluster, set_to(start=2004)),
            (NothingBefore, rows({"a": 2001, "b": 2004, "c": 0})),
            (YearsDiffer, ROWS.filter((pl.col("cluster") != "c04") | (pl.col("year") > 2003))),
            (NothingVaries, set_to(score=3.0)),
        ],
    )
    def test_says_what_why_and_what_to_do(self, problem, frame):
        with pytest.raises(problem) as caught:
            changes_of(usable(read(frame)))
        told = caught.value
        assert told.why is not None
        assert told.next_step is not None
        assert "%(" not in str(told)

    def test_names_the_clusters(self):
        with pytest.raises(NothingBefore, match="start: a Without"):
            usable(read(rows({"a": 2001, "b": 2004, "c": 0})))

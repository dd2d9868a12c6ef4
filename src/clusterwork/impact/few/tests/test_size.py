"""The promise of the default: at most 7.5 % of true nulls rejected at 5 %.

A smaller version of `python -m benchmarks.impact.size`, with the same worlds and a fixed seed.
"""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from clusterwork.impact.choose import Method, choose

size = pytest.importorskip("benchmarks.impact.size", reason="benchmarks are not beside the tests")
shocks = pytest.importorskip("benchmarks.impact.shocks")
WORLD = shocks.World()


@pytest.mark.parametrize(("clusters", "treated"), size.DESIGNS)
def test_true_nulls_are_rejected_at_most_as_often_as_promised(clusters, treated):
    row = size.measured(clusters, treated, 1_000, 0.2, 1, WORLD)
    assert row.holds, row.default
    assert row.by_school[0] > 0.15


@pytest.mark.parametrize(("clusters", "treated"), [(8, 4), (12, 2), (24, 12), (8, 1)])
def test_the_simulation_asks_what_the_chooser_answers(clusters, treated):
    drawn = shocks.drawn(clusters, treated, 2, 0.2, 3, WORLD)
    changes = size.after_less_before(drawn.cluster_means())
    method = size.method_for(treated, clusters - treated)
    p = size.p_of(method, np.arange(clusters) < treated)
    for repetition in range(2):
        found = choose(
            as_rows(drawn, repetition, treated),
            outcome="score",
            cluster="cluster",
            time="year",
            start="start",
            weight="pupils",
        )
        assert found.method is method
        if method is Method.PLACEBO_RANK:
            assert found.estimate.p is None
        else:
            assert found.estimate.p == pytest.approx(p(changes[repetition]))


def as_rows(drawn, repetition, treated):
    outcomes, pupils = drawn.outcomes[repetition], drawn.pupils[repetition]
    return pl.DataFrame(
        [
            (f"{cluster:02d}", year, shocks.BEFORE * (cluster < treated), score, pupils[cluster, k])
            for (cluster, k, year), score in np.ndenumerate(outcomes)
        ],
        schema=["cluster", "year", "start", "score", "pupils"],
        orient="row",
    )

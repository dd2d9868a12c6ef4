"""Pairs made from rows on Spark are those made here."""

from __future__ import annotations

import pytest

from clusterwork.impact.matching import att, match, pooled
from clusterwork.impact.matching.tests.made import COVARIATES, schools


def test_matching_and_difference_are_the_same(spark):
    frame = schools(4)
    away = spark.createDataFrame(frame.to_pandas())
    choices = {"exact": ["phase"], "k": 2, "cluster": "cluster"}
    here = match(frame, "took", "urn", COVARIATES, **choices)
    there = match(away, "took", "urn", COVARIATES, **choices)
    assert [(pair.unit, pair.other) for pair in there.pairs] == [
        (pair.unit, pair.other) for pair in here.pairs
    ]
    one, other = att(here, frame, "y").estimate, att(there, away, "y").estimate
    assert (other.estimate, other.se) == pytest.approx((one.estimate, one.se), rel=1e-9)


def test_facts_of_clusters_are_the_same(spark):
    frame = schools(4)
    here = pooled(frame, "cluster", sums=["pupils"], mixes=["phase"], count="n").frame.to_dicts()
    away = spark.createDataFrame(frame.to_pandas())
    there = pooled(away, "cluster", sums=["pupils"], mixes=["phase"], count="n").frame.to_pylist()
    for one, other in zip(here, there, strict=True):
        assert other.pop("cluster") == one.pop("cluster")
        assert other == pytest.approx(one, rel=1e-9)

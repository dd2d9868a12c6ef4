"""Statistics made on Spark are those made here."""

from __future__ import annotations

from typing import Any

import pytest

from clusterwork.impact.value_added import fit_value_added
from clusterwork.impact.value_added.tests.made import pupils

MODEL: dict[str, Any] = {
    "outcome": "y",
    "covariates": ["a", "b"],
    "levels": ["authority", "school"],
}


@pytest.mark.parametrize("slope", [None, "a"])
def test_value_added_is_the_same_to_nine_digits(spark, slope):
    frame = pupils(6, 2).frame
    here = fit_value_added(frame, **MODEL, slope=slope)
    there = fit_value_added(spark.createDataFrame(frame.to_pandas()), **MODEL, slope=slope)
    assert there.deviance == pytest.approx(here.deviance, rel=1e-9)
    for one, other in zip(there.fixed, here.fixed, strict=True):
        assert one.estimate == pytest.approx(other.estimate, rel=1e-9)
        assert one.se == pytest.approx(other.se, rel=1e-9)
    for one, other in zip(there.effects("school"), here.effects("school"), strict=True):
        assert one.estimate == pytest.approx(other.estimate, rel=1e-9, abs=1e-12)

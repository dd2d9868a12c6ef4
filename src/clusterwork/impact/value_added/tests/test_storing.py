"""A file of statistics comes back as it was, or is refused for what is wrong with it."""

import json
import math

import numpy as np
import pytest

from clusterwork.impact.value_added import cells_of, nothing
from clusterwork.impact.value_added.storing import (
    CutShort,
    NotCells,
    NotFinite,
    OtherFormat,
    from_json,
    to_json,
)
from clusterwork.impact.value_added.tests.made import pupils

CELLS = cells_of(
    pupils(5, 2).frame,
    outcome="y",
    covariates=["a", "b"],
    levels=["authority", "school"],
    slope="a",
)
TEXT = to_json(CELLS)


def changed(**parts) -> str:
    return json.dumps({**json.loads(TEXT), **parts})


class TestAFileOfStatistics:
    def test_comes_back_with_all_its_digits(self):
        found = from_json(TEXT)
        assert (found.columns, found.keys) == (CELLS.columns, CELLS.keys)
        assert np.array_equal(found.sums, CELLS.sums)
        assert np.array_equal(found.slopes, CELLS.slopes)

    def test_of_nobody_carries_the_constants_alone(self):
        empty = from_json(to_json(nothing(CELLS.columns)))
        assert empty.columns == CELLS.columns
        assert empty.n == 0

    def test_keeps_nothing_that_stands_besides(self):
        assert "Jones" not in to_json(from_json(changed(pupils=[{"name": "Jones"}])))

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("", NotCells),
            ("name,score\nAnn,3\n", NotCells),
            ("[1, 2]", NotCells),
            ('{"format": "geojson"}', NotCells),
            (changed(format="clusterwork-cells-9"), OtherFormat),
            (TEXT[: len(TEXT) // 2], CutShort),
            (changed(constants=[0.0, math.inf, 0.0]), NotFinite),
            (changed(products=[[math.nan] * 4] * 4), NotFinite),
            (changed(products=[[1.0] * 4] * 4), NotCells),
            (changed(groups=[]), NotCells),
            (changed(levels="school"), NotCells),
            (changed(covariates=["a"]), NotCells),
            (changed(missing=math.inf), NotCells),
            (changed(slope="c"), NotCells),
            ("[" * 100_000, NotCells),
        ],
    )
    def test_is_refused_for_what_is_wrong(self, text, kind):
        with pytest.raises(kind) as refused:
            from_json(text)
        assert type(refused.value) is kind
        assert refused.value.next_step

    def test_with_a_group_of_half_a_pupil_is_refused(self):
        told = json.loads(TEXT)
        told["groups"][0]["sums"][0] += 0.5
        told["products"][0][0] += 0.5
        with pytest.raises(NotCells):
            from_json(json.dumps(told))

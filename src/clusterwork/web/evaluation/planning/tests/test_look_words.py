"""What a look says of how far pupils lie apart."""

from __future__ import annotations

import pytest

from clusterwork.evaluation.models import Analysis, Run
from clusterwork.measures.models import Measure
from clusterwork.web.evaluation.planning.shown.looks import _rows, _spread


def words(source: str) -> str:
    """The rows of a look whose standard deviation comes from there."""
    found = {
        "least": 0.72,
        "least_in_units": 3.0,
        "pupils_sd": {"value": 4.2, "source": source},
    }
    measure = Measure(decimals=1, unit=Measure._meta.get_field("unit").default)
    return " ".join(map(" ".join, _rows(Run(found=found), Analysis(), measure)))


@pytest.mark.parametrize("source", ["given", "share", "worked_out"])
def test_every_source_of_the_standard_deviation_has_words(source):
    told = _spread({"value": 4.2, "source": source}, Measure(decimals=1))
    assert told.startswith("4.2 (")


def test_a_standard_deviation_of_pupils_is_told_beside_units():
    assert "3.0" in words("given")
    assert "0.72 standard deviations of pupils" in words("given")
    assert "4.2 (as entered)" in words("given")


def test_one_of_schools_is_never_told_as_one_of_pupils():
    assert "3.0" in words("schools")
    assert "tandard deviation" not in words("schools")

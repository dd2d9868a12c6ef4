"""What a look says of how far pupils lie apart."""

from __future__ import annotations

import pytest

from clusterwork.measures.models import Measure
from clusterwork.web.evaluation.planning.shown.looks import _spread


@pytest.mark.parametrize("source", ["given", "share", "worked_out", "schools"])
def test_every_source_of_the_standard_deviation_has_words(source):
    told = _spread({"value": 4.2, "source": source}, Measure(decimals=1))
    assert told.startswith("4.2 (")


def test_a_standard_deviation_of_schools_is_not_called_one_of_pupils():
    told = _spread({"value": 4.2, "source": "schools"}, Measure(decimals=1))
    assert "of schools’ figures, since pupils’ cannot be told" in told

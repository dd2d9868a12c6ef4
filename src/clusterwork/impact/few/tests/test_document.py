"""The worked table of docs/algorithms/impact-few.md is what the code gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from clusterwork.impact.few import cr2, influence, influences_of, randomisation, wild_bootstrap
from clusterwork.impact.few.ranks import by_changes
from clusterwork.impact.few.tests.made import changes

PAGE = Path(__file__).parents[5] / "docs" / "algorithms" / "impact-few.md"
VALUES = [3.1, 1.8, 2.6, 0.4, 0.9, -0.5, 1.2, -0.8]


def estimates():
    """Treated clusters, name of the method, and what it tells."""
    for n_treated in (4, 2, 1):
        seen = changes(VALUES, n_treated)
        design = np.column_stack([np.ones(8), seen.treated.astype(float)])
        if n_treated > 1:
            yield n_treated, cr2(seen.values, design, seen.clusters, 1)
            yield n_treated, randomisation(seen)
        if n_treated == 4:
            yield n_treated, wild_bootstrap(seen.values, design, seen.clusters, 1)
            yield n_treated, influence(seen.estimate, influences_of(seen), seen.treated)
        if n_treated == 1:
            yield n_treated, by_changes(seen).estimate


def row(n_treated, told):
    method = "placebo_rank" if told.p is None else told.method
    digits = [(told.estimate, 3), (told.se, 3), (told.df, 2), (told.low, 3), (told.high, 3)]
    shown = ["-" if value is None else f"{value:.{n}f}" for value, n in [*digits, (told.p, 4)]]
    return f"| {n_treated} | {method} | {' | '.join(shown)} |"


@pytest.mark.skipif(not PAGE.exists(), reason="the documents are not beside the tests")
def test_the_worked_table_is_what_the_code_gives():
    text = PAGE.read_text()
    rows = [row(*each) for each in estimates()]
    assert len(rows) == 7
    assert [each for each in rows if each not in text] == []


def test_the_one_cluster_takes_the_first_place_of_eight():
    assert by_changes(changes(VALUES, 1)).rank == (1, 8)

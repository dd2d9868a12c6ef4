"""How grades are spread in groups of schools, with intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import polars as pl

from clusterwork.evaluation.rules.grades import GradeShare
from clusterwork.evaluation.rules.pictures import Ends
from clusterwork.impact.small import grade_shares


def shares_of(
    rows: Sequence[tuple[str, str]], order: Sequence[str]
) -> dict[str, tuple[GradeShare, ...]]:
    """By group each grade of any group in this order, with Wilson's 95 % interval of its share.

    Grades of schools are public: nothing is hidden.
    """
    if not rows:
        return {}
    frame = pl.DataFrame({"group": [row[0] for row in rows], "grade": [row[1] for row in rows]})
    met = {row[1] for row in rows}
    found = grade_shares(
        frame, group="group", grade="grade", order=[each for each in order if each in met]
    )
    made: dict[str, list[GradeShare]] = defaultdict(list)
    for each in found.grades:
        ends = Ends(each.low, each.high)
        made[each.group].append(GradeShare(each.grade, each.schools, each.share, ends))
    return {group: tuple(shares) for group, shares in made.items()}

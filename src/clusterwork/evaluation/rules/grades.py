"""Inspection grades of schools before and after a start, and what may be said of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from clusterwork.evaluation.rules.pictures import Ends
from clusterwork.kernel.messages import N_, Message

OURS_BEFORE, OURS_AFTER = "ours_before", "ours_after"
OTHERS_BEFORE, OTHERS_AFTER = "others_before", "others_after"
NOT_WHY = Message(
    N_(
        "Schools are inspected when their turn or their results call for it, and the standard "
        "changes: a change of grades does not show what made it."
    )
)
GROUPS = (OURS_BEFORE, OURS_AFTER, OTHERS_BEFORE, OTHERS_AFTER)


@dataclass(frozen=True, slots=True)
class GradeShare:
    """Schools of a group with a grade: how many, their share 0 to 1 of it, and its interval."""

    grade: str
    n_schools: int
    share: float
    ends: Ends


def middle_day(days: Collection[dt.date]) -> dt.date | None:
    """The day by which half of them had come; None of none."""
    ordered = sorted(days)
    return ordered[(len(ordered) - 1) // 2] if ordered else None


def rows_of(
    before: Mapping[int, str], after: Mapping[int, str], ours: Collection[int]
) -> list[tuple[str, str]]:
    """Group and grade of every school that has a grade on both sides of its day."""
    rows = []
    for school in sorted(before.keys() & after.keys()):
        mine = school in ours
        rows.append((OURS_BEFORE if mine else OTHERS_BEFORE, before[school]))
        rows.append((OURS_AFTER if mine else OTHERS_AFTER, after[school]))
    return rows


def finding(shares: Mapping[str, Sequence[GradeShare]]) -> Message | None:
    """The grade whose share among our schools changed most, and the same grade elsewhere."""
    ours = list(zip(shares.get(OURS_BEFORE, ()), shares.get(OURS_AFTER, ()), strict=True))
    if not ours:
        return None
    place = max(range(len(ours)), key=lambda at: abs(ours[at][1].share - ours[at][0].share))
    before, after = ours[place]
    words: dict[str, object] = {
        "grade": before.grade,
        "before": _percent(before.share),
        "after": _percent(after.share),
    }
    others = shares.get(OTHERS_BEFORE, ()), shares.get(OTHERS_AFTER, ())
    if before.share == after.share:
        return Message(N_("The grades of these schools are spread after the start as before it"))
    if not others[0]:
        return Message(
            N_("%(grade)s: %(before)s%% of these schools before, %(after)s%% after"), words
        )
    words["others_before"] = _percent(others[0][place].share)
    words["others_after"] = _percent(others[1][place].share)
    said = N_(
        "%(grade)s: %(before)s%% of these schools before, %(after)s%% after; of all others "
        "%(others_before)s%% and %(others_after)s%%"
    )
    return Message(said, words)


def overlap_said(shares: Mapping[str, Sequence[GradeShare]]) -> Message | None:
    """Whether our intervals of that grade overlap: a rough guide, since a school is in both."""
    ours = list(zip(shares.get(OURS_BEFORE, ()), shares.get(OURS_AFTER, ()), strict=True))
    if not ours:
        return None
    before, after = max(ours, key=lambda pair: abs(pair[1].share - pair[0].share))
    words = {"grade": before.grade, "n": sum(each[0].n_schools for each in ours)}
    if before.ends.meets(after.ends):
        said = N_("Of %(n)s schools; the intervals before and after overlap. Grade: %(grade)s.")
        return Message(said, words)
    said = N_("Of %(n)s schools; the intervals before and after do not overlap. Grade: %(grade)s.")
    return Message(said, words)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"

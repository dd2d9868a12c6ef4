"""How grades are spread in groups of schools, with intervals; before, after and the nation."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import narwhals as nw

from clusterwork.impact.codes import NOT_NUMBERS
from clusterwork.impact.frames import framed, must_have
from clusterwork.impact.refusing import nothing_left
from clusterwork.impact.result import Diagnostic, Result, Table
from clusterwork.impact.small.intervals import wilson
from clusterwork.impact.small.wording import percent
from clusterwork.kernel.disclosure import HIDDEN, shown, suppress, two_way
from clusterwork.kernel.messages import N_, Message

COLUMNS = ("group", "grade", "schools", "share", "low", "high")


@dataclass(frozen=True)
class Grade:
    """Schools of a group with a grade: count, share of the group 0 to 1, Wilson's interval."""

    group: str
    grade: str
    schools: int
    share: float
    low: float
    high: float
    hidden: bool


@dataclass(frozen=True)
class Grades(Result):
    """Every grade of every group, in the order given or of their texts."""

    grades: tuple[Grade, ...]

    def sentences(self) -> Sequence[Message]:
        """What a change of grades is not."""
        said = N_(
            "Schools are inspected when their turn or their results call for it, and the standard "
            "changes: a change of grades is no effect of anything by itself."
        )
        return (Message(said),)


def grade_shares(
    frame: object,
    *,
    group: str,
    grade: str,
    order: Sequence[str] = (),
    smallest: int = 0,
    level: float = 0.95,
) -> Grades:
    """The shares of grades in each group, as in Small rural schools, Figure 8; one row a school.

    Inspection grades of schools are public, so that nothing is hidden unless `smallest` says so.
    Rows without a grade, or with a code, are left out. Raises NothingLeft.
    """
    counts, left_out = _counted(frame, group, grade)
    groups = sorted({key[0] for key in counts})
    names = [*order, *sorted({key[1] for key in counts} - set(order))]
    facts = {(one, name): counts.get((one, name), 0) for one in groups for name in names}
    hidden = (
        suppress(facts, two_way(groups, names), smallest).hidden if smallest > 1 else frozenset()
    )
    made = tuple(
        _grade(one, name, facts, names, (one, name) in hidden, level)
        for one in groups
        for name in names
    )
    said = Message(N_("Rows without a grade, left out: %(n)s"), {"n": left_out})
    return Grades(
        data_hash=_hashed(facts),
        assumptions=(Message(N_("Each school stands once in a group.")),),
        diagnostics=(Diagnostic("left_out", said),),
        tables=(_table(made),),
        grades=made,
    )


def _counted(data: object, group: str, grade: str) -> tuple[dict[tuple[str, str], int], int]:
    """Schools by group and grade, and the rows left out."""
    frame = framed(data)
    must_have(frame, [group, grade])
    columns = (nw.col(group).cast(nw.String).alias("a"), nw.col(grade).cast(nw.String).alias("b"))
    held = frame.lazy().select(*columns).group_by("a", "b").agg(nw.len().alias("n")).collect()
    found: dict[tuple[str, str], int] = {}
    left_out = 0
    for one, name, n in zip(*(held[key].to_list() for key in ("a", "b", "n")), strict=True):
        if one is None or name is None or name in NOT_NUMBERS:
            left_out += int(n)
        else:
            found[one, name] = int(n)
    if not found:
        raise nothing_left([grade], left_out)
    return found, left_out


def _hashed(facts: dict[tuple[str, str], int]) -> str:
    return hashlib.sha256(repr(sorted(facts.items())).encode()).hexdigest()


def _grade(
    group: str,
    name: str,
    facts: dict[tuple[str, str], int],
    names: Sequence[str],
    hidden: bool,
    level: float,
) -> Grade:
    told = wilson(facts[group, name], sum(facts[group, each] for each in names), level=level)
    low, high = float(told.low or 0.0), float(told.high or 0.0)
    return Grade(group, name, facts[group, name], told.estimate, low, high, hidden)


def _table(grades: Sequence[Grade]) -> Table:
    rows = []
    for each in grades:
        code = HIDDEN if each.hidden else ""
        shares = (percent(value) for value in (each.share, each.low, each.high))
        rows.append(
            (each.group, each.grade, shown(each.schools, code), *(shown(s, code) for s in shares))
        )
    return Table("grades", COLUMNS, tuple(rows))

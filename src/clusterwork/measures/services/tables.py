"""Tables of figures as they may be told: a line a school and group, a cell a school year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from clusterwork.measures.models import Figure, Measure
from clusterwork.measures.rules.following import Place, Row, by_place, standing_for
from clusterwork.measures.rules.rolling import Part, Rolled, roll_up
from clusterwork.measures.rules.showing import Shown, of_group, of_school
from clusterwork.measures.selectors.around import (
    AUTHORITY,
    CLUSTER,
    Around,
    Whose,
)
from clusterwork.measures.selectors.following import rows_of
from clusterwork.measures.services.telling import Answer, Keys, Question, tell


@dataclass(frozen=True)
class OfMeasure:
    """One measure: cells by year, of each school by its id and of each group."""

    measure: Measure
    schools: Mapping[int, Mapping[int, Shown]]
    groups: Mapping[Whose, Mapping[int, Shown]]

    @property
    def cluster(self) -> Mapping[int, Shown]:
        """The cluster's own line."""
        return next(cells for whose, cells in self.groups.items() if whose.kind == CLUSTER)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing of the cluster or its schools."""
        lines = [self.cluster, *self.schools.values()]
        return not any(
            cell.figures or cell.is_private or (cell.rolled and cell.rolled.n_in)
            for line in lines
            for cell in line.values()
        )


def told_tables(
    near: Around,
    measures: Sequence[Measure],
    years: Sequence[int],
    group: str,
    may: Q,
    own: Iterable[int],
) -> tuple[OfMeasure, ...]:
    """A table a measure, to a reader who sees the private figures of `may` and all of `own`."""
    rows = by_place(
        rows_of(
            measures,
            years,
            schools=near.everybody,
            authorities=[each.pk for each in near.authorities],
            group=group,
        )
    )
    reader = _Reader(_seen(near, rows.values(), may), frozenset(own))
    tables = list(_tables(near, rows, measures, years, group))
    answers = tell([table.question for table in tables], near.smallest)
    told = list(zip(tables, answers, strict=True))
    return tuple(_of_measure(measure, near, told, reader) for measure in measures)


@dataclass(frozen=True)
class _Reader:
    """Which private figures somebody sees one by one, and whose own school."""

    figures: Keys
    schools: Keys

    def may_see(self, school: int, rows: Iterable[Row]) -> bool:
        return school in self.schools or all(
            row.is_public or row.pk in self.figures for row in rows
        )


def _seen(near: Around, rows: Iterable[Row], may: Q) -> Keys:
    mine = near.schools.keys()
    earlier = {pk for school in mine for step in near.before[school] for pk in step}
    private = [row.pk for row in rows if not row.is_public and row.school in mine | earlier]
    if not private:
        return frozenset()
    seen = Figure.objects.filter(may, pk__in=private)
    return frozenset(seen.values_list("pk", flat=True))


@dataclass(frozen=True)
class _Table:
    """One measure in one year: each school's figures, and what each group is together."""

    standing: Mapping[int, tuple[Row, ...]]
    behind: Mapping[Whose, Mapping[int, tuple[Row, ...]]]
    rolled: Mapping[Whose, Rolled]
    question: Question


def _tables(
    near: Around,
    rows: Mapping[Place, Row],
    measures: Iterable[Measure],
    years: Sequence[int],
    group: str,
) -> Iterator[_Table]:
    here: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for (_school, measure_pk, year), row in rows.items():
        here[measure_pk, year].append(row)
    for measure in measures:
        for year in years:
            yield _table(near, rows, measure, year, group, here[measure.pk, year])


def _table(
    near: Around,
    rows: Mapping[Place, Row],
    measure: Measure,
    year: int,
    group: str,
    here: list[Row],
) -> _Table:
    standing = {
        school: standing_for((school, measure.pk, year), rows, steps)
        for school, steps in near.before.items()
    }
    behind: dict[Whose, dict[int, tuple[Row, ...]]] = {
        whose: {school: standing[school] for school in of_year(year)}
        for whose, of_year in near.members.items()
    }
    for each in near.authorities:
        there = {row.school: (row,) for row in here if row.authority == each.pk}
        behind[Whose(AUTHORITY, each.pk)] = {**there}
    rolled = {whose: roll_up(own, _parts(own), measure.way) for whose, own in behind.items()}
    question = _question(measure, group, year, here, standing, rolled)
    return _Table(standing, behind, rolled, question)


def _parts(standing: Mapping[int, tuple[Row, ...]]) -> dict[Hashable, list[Part]]:
    return {school: [row.part for row in rows] for school, rows in standing.items()}


def _question(
    measure: Measure,
    group: str,
    year: int,
    here: Iterable[Row],
    standing: Mapping[int, tuple[Row, ...]],
    rolled: Mapping[Whose, Rolled],
) -> Question:
    held = {row.pk: row for row in here}
    sums: dict[Hashable, Keys] = {
        whose: frozenset(key for key in each.keys if isinstance(key, int))
        for whose, each in rolled.items()
    }
    of_one = {frozenset(row.pk for row in rows) for rows in standing.values() if rows}
    knows = of_one | {frozenset([key]) for key in held}
    return Question(measure, group, year, held, sums, sorted(knows, key=sorted))


def _of_measure(
    measure: Measure, near: Around, told: list[tuple[_Table, Answer]], reader: _Reader
) -> OfMeasure:
    mine = [each for each in told if each[0].question.measure == measure]
    return OfMeasure(
        measure,
        {
            school: {
                table.question.year: _school_cell(school, table, answer, reader)
                for table, answer in mine
            }
            for school in near.schools
        },
        {
            whose: {
                table.question.year: _group_cell(whose, table, answer) for table, answer in mine
            }
            for whose in (mine[0][0].rolled if mine else ())
        },
    )


def _school_cell(school: int, table: _Table, answer: Answer, reader: _Reader) -> Shown:
    rows, asked = table.standing[school], table.question
    return of_school(
        rows,
        asked.measure.way,
        year=asked.year,
        may_see=reader.may_see(school, rows),
        withheld=frozenset() if school in reader.schools else answer.withheld,
    )


def _group_cell(whose: Whose, table: _Table, answer: Answer) -> Shown:
    """What is told of a group; where that has to hide, what was told of it before."""
    year, rolled, hidden = table.question.year, table.rolled[whose], whose in answer.hidden
    if earlier := answer.instead.get(whose):
        way = table.question.measure.way
        own = table.behind[whose]
        rolled = roll_up(own, _parts(own), way, only=earlier)
        hidden = False
    return of_group(rolled, year=year, is_hidden=hidden)

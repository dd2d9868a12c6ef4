"""A programme's figures over the years: each of its clusters, and all its schools together."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from clusterwork.clusters.models import Cluster, Programme
from clusterwork.measures.models import ALL, Measure
from clusterwork.measures.rules.following import Place, Row, by_place, standing_for
from clusterwork.measures.rules.rolling import Part, Rolled, roll_up
from clusterwork.measures.rules.showing import Shown, of_group
from clusterwork.measures.selectors.behind import Behind, behind
from clusterwork.measures.selectors.following import Steps, rows_of, schools_before
from clusterwork.measures.services.telling import Answer, Keys, Question, tell
from clusterwork.registry.models import School

TOGETHER = 0  # the line of the whole programme; clusters have their ids
Standing = Mapping[int, tuple[Row, ...]]


@dataclass(frozen=True)
class ProgrammeProfile:
    """Cells by year, of each cluster that ever took part by its id, and of `TOGETHER`."""

    programme: Programme
    measure: Measure
    years: tuple[int, ...]
    clusters: tuple[Cluster, ...]
    lines: Mapping[int, Mapping[int, Shown]]
    is_public: bool

    @property
    def together(self) -> Mapping[int, Shown]:
        """The programme's own line."""
        return self.lines[TOGETHER]


@dataclass(frozen=True)
class _Table:
    """One school year: the figures behind each line, and what each is together."""

    behind: Mapping[int, Standing]
    rolled: Mapping[int, Rolled]
    question: Question


def programme_profile(
    *, programme: Programme, measure: Measure, years: Sequence[int], group: str = ALL
) -> ProgrammeProfile:
    """What anybody may see who may read about the programme; each school counts once in a line.

    A cluster is in a year if it took part on 31 July. Keeps what it tells; about a dozen queries,
    however many clusters.
    """
    found = behind((), [programme])
    ids = {stay.who for stays in found.schools.values() for stay in stays}
    before = schools_before(list(School.objects.filter(pk__in=ids)))
    everybody = ids | {pk for steps in before.values() for step in steps for pk in step}
    rows = by_place(rows_of([measure], years, schools=everybody, group=group))
    taking_part = [stay.who for stay in found.clusters.get(programme.pk, [])]
    tables = [
        _table(programme, found, taking_part, before, rows, measure, year, group) for year in years
    ]
    answers = tell([each.question for each in tables], programme.smallest_number)
    clusters = Cluster.objects.filter(pk__in=taking_part).select_related("organisation")
    return ProgrammeProfile(
        programme,
        measure,
        tuple(years),
        tuple(sorted(clusters, key=lambda each: str(each).casefold())),
        _lines(tables, answers, {TOGETHER, *taking_part}),
        all(row.is_public for row in rows.values()),
    )


def _table(
    programme: Programme,
    found: Behind,
    taking_part: Sequence[int],
    before: Mapping[int, Steps],
    rows: Mapping[Place, Row],
    measure: Measure,
    year: int,
    group: str,
) -> _Table:
    standing = {
        school: standing_for((school, measure.pk, year), rows, steps)
        for school, steps in before.items()
    }
    lines = {pk: found.of_cluster(pk, year) for pk in taking_part}
    lines[TOGETHER] = found.of_programme(programme.pk, year)
    own = {
        line: {school: standing[school] for school in schools} for line, schools in lines.items()
    }
    rolled = {line: roll_up(each, _parts(each), measure.way) for line, each in own.items()}
    held = {row.pk: row for place, row in rows.items() if place[2] == year}
    sums: dict[Hashable, Keys] = {
        line: frozenset(key for key in each.keys if isinstance(key, int))
        for line, each in rolled.items()
    }
    of_one = {frozenset(row.pk for row in each) for each in standing.values() if each}
    knows = sorted(of_one | {frozenset([key]) for key in held}, key=sorted)
    return _Table(own, rolled, Question(measure, group, year, held, sums, knows))


def _parts(standing: Standing) -> dict[Hashable, list[Part]]:
    return {school: [row.part for row in rows] for school, rows in standing.items()}


def _lines(
    tables: Sequence[_Table], answers: Sequence[Answer], lines: set[int]
) -> dict[int, dict[int, Shown]]:
    told = list(zip(tables, answers, strict=True))
    return {
        line: {table.question.year: _cell(line, table, answer) for table, answer in told}
        for line in lines
    }


def _cell(line: int, table: _Table, answer: Answer) -> Shown:
    """What is told of a line; where that has to hide, what was told of it before."""
    year, rolled, hidden = table.question.year, table.rolled[line], line in answer.hidden
    if earlier := answer.instead.get(line):
        own = table.behind[line]
        rolled = roll_up(own, _parts(own), table.question.measure.way, only=earlier)
        hidden = False
    return of_group(rolled, year=year, is_hidden=hidden)

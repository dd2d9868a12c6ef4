"""Figures of schools over the years, with those of the schools that they came out of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db import connection
from django.db.models import Q

from clusterwork.measures.models import ALL, Measure
from clusterwork.measures.rules.following import Row
from clusterwork.measures.rules.rolling import Part
from clusterwork.measures.rules.years import span_of
from clusterwork.measures.selectors.figures import current_figures
from clusterwork.registry.models import School
from clusterwork.registry.rules.chains import edges_back, walk
from clusterwork.registry.selectors.chains import CHAINED

Steps = tuple[tuple[int, ...], ...]
# The links among all numbers from which the first ones came; UNION ends the cycles of the official
# list.
LINKS = """
WITH RECURSIVE reached(number) AS (
    SELECT unnest(%s::varchar[])
    UNION
    SELECT step.earlier FROM reached, LATERAL (
        SELECT other_number AS earlier FROM registry_schoollink
        WHERE kind = 'predecessor' AND number = reached.number
        UNION ALL
        SELECT number FROM registry_schoollink
        WHERE kind = 'successor' AND other_number = reached.number
    ) step
)
SELECT number, other_number, kind FROM registry_schoollink
WHERE kind = ANY(%s) AND number IN (SELECT number FROM reached)
    AND other_number IN (SELECT number FROM reached)
"""
COLUMNS = (
    "pk", "value", "code", "denominator", "numerator",
    "school_id", "school__authority_id", "measure_id", "on", "published_as", "is_public",
)  # fmt: skip


def schools_before(schools: Collection[School]) -> dict[int, Steps]:
    """For each school the held schools that it came out of, step by step. Two queries at most."""
    edges = edges_back(_links([school.number for school in schools if school.number]))
    if not edges:
        return {school.pk: () for school in schools}
    held = _held([*edges, *(each for earlier in edges.values() for each in earlier)])
    return {school.pk: _steps(walk(school.number, edges), held) for school in schools}


def _links(numbers: list[str]) -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(LINKS, [numbers, list(CHAINED)])
        return [(number, other, kind) for number, other, kind in cursor.fetchall()]


def _held(numbers: Sequence[str]) -> dict[str, int]:
    rows = School.objects.filter(
        Q(urn__in=[int(n) for n in numbers if n.isdigit()]) | Q(welsh_number__in=numbers)
    )
    return {row.number: row.pk for row in rows.only("pk", "urn", "welsh_number")}


def _steps(walked: dict[str, int], held: dict[str, int]) -> Steps:
    by_step: dict[int, list[int]] = defaultdict(list)
    for number, n in walked.items():
        if number in held:
            by_step[n].append(held[number])
    return tuple(tuple(by_step[n]) for n in sorted(by_step))


def rows_of(
    measures: Iterable[Measure],
    years: Collection[int],
    *,
    schools: Iterable[int],
    authorities: Iterable[int] = (),
    group: str = ALL,
) -> Iterator[Row]:
    """Current figures of these school years, of the schools and of all schools of the authorities.

    One query.
    """
    spans = Q()
    for year in years:
        spans |= Q(on__range=span_of(year))
    whose = Q(school__in=list(schools)) | Q(school__authority__in=list(authorities))
    found = current_figures().filter(spans, whose, measure__in=list(measures), group=group)
    for row in found.order_by("pk").values_list(*COLUMNS):
        yield Row(Part(*row[:5]), *row[5:])

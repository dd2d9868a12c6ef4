"""The table behind a result: its text, its figures, and how many are counted by side and year."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from clusterwork.evaluation.models import FrozenTable, Run
from clusterwork.evaluation.rules.plan import AnalysisPlan, read
from clusterwork.evaluation.rules.readers import SIDES, Counted
from clusterwork.measures.models import Figure
from clusterwork.measures.rules.years import span_of
from clusterwork.measures.selectors.following import schools_before
from clusterwork.registry.models import School


def text_of(frozen: FrozenTable) -> str:
    """The table as CSV, as it was kept; its SHA-256 is `data_hash`."""
    return gzip.decompress(bytes(frozen.rows)).decode()


def private_figures_behind(frozen: FrozenTable) -> QuerySet[Figure]:
    """Of the table's schools and those before them: figures of its measure, group and years that
    are not public and stood when it was frozen."""
    run = frozen.run
    plan = read(run.plan)
    figures = Figure.objects.filter(
        _years_of(plan), measure=plan.measure, group=plan.group, school__in=_schools_of(frozen)
    )
    stood = Q(replaced_at__isnull=True) | Q(replaced_at__gte=run.started_at or run.asked_at)
    return figures.filter(
        stood, is_public=False, value__isnull=False, entered_at__lte=frozen.made_at
    )


def _years_of(plan: AnalysisPlan) -> Q:
    spans = Q()
    for year in plan.years:
        spans |= Q(on__range=span_of(year))
    return spans


def _schools_of(frozen: FrozenTable) -> set[int]:
    """Those whose numbers the table holds, with the schools that they came out of."""
    numbers = {row["school"] for row in _rows_of(frozen)}
    digits = [int(each) for each in numbers if each.isdecimal()]
    known = School.objects.filter(
        Q(urn__in=digits)
        | Q(welsh_number__in=numbers)
        | Q(la_estab__in=numbers)
        | Q(pk__in=digits, urn__isnull=True, welsh_number__isnull=True, la_estab="")
    )
    before = schools_before(list(known))
    return {*before, *(pk for steps in before.values() for step in steps for pk in step)}


def _rows_of(frozen: FrozenTable) -> csv.DictReader[str]:
    return csv.DictReader(io.StringIO(text_of(frozen)))


def counted_of(run: Run) -> Counted:
    """The number known to be counted behind both sides of each year; None where none is known.

    Nothing of a result that holds no figures.
    """
    kept = run.found.get("known_counts")
    return _kept(kept) if kept else {}


def _kept(table: Mapping[str, Any]) -> Counted:
    rows = [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
    return {
        (side, int(row["year"])): None if row[side] is None else float(row[side])
        for row in rows
        for side in SIDES
    }

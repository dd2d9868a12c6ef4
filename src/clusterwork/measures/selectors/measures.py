"""The catalogue: which measures, groups and codes an organisation has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Q, QuerySet

from clusterwork.clusters.models import Cluster
from clusterwork.measures.models import Breakdown, FigureCode, Measure
from clusterwork.measures.rules.values import Allowed
from clusterwork.registry.models import Authority, Organisation, School
from clusterwork.registry.selectors.organisations import with_ancestors

WordedT = TypeVar("WordedT", Breakdown, FigureCode)


def of_organisations(organisations: Iterable[Organisation]) -> Q:
    """What ships with the system, and what these organisations and those above them added."""
    above = {pk for each in organisations for pk in with_ancestors(each)}
    return Q(organisation__isnull=True) | Q(organisation__in=above)


def measures_of(organisations: Iterable[Organisation]) -> QuerySet[Measure]:
    """The measures that these organisations can use, the shipped ones among them, by name."""
    return Measure.objects.filter(of_organisations(organisations)).select_related("organisation")


def organisations_about(subject: School | Cluster | Authority) -> QuerySet[Organisation]:
    """The organisations whose measures are taken of a school, cluster or authority."""
    if isinstance(subject, Cluster):
        return Organisation.objects.filter(pk=subject.organisation_id)
    authority = subject.authority_id if isinstance(subject, School) else subject.pk
    return Organisation.objects.filter(authorities=authority)


def measures_about(subject: School | Cluster | Authority) -> QuerySet[Measure]:
    """The measures that figures of the subject can be of, by name."""
    return measures_of(organisations_about(subject))


def in_use_on(day: dt.date) -> Q:
    """Measures that take figures of `day`."""
    started = Q(started_on__isnull=True) | Q(started_on__lte=day)
    return started & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))


def shipped(code: str) -> Measure:
    """A measure that ships with the system; raises `Measure.DoesNotExist`."""
    return Measure.objects.get(organisation__isnull=True, code=code)


def breakdowns_of(measure: Measure) -> list[Breakdown]:
    """The measure's groups with their words, in the measure's order."""
    return _worded(Breakdown.objects.all(), measure, measure.breakdowns)


def codes_of(measure: Measure) -> list[FigureCode]:
    """The measure's codes with their words, in the measure's order."""
    return _worded(FigureCode.objects.all(), measure, measure.codes)


def _worded(rows: QuerySet[WordedT], measure: Measure, codes: list[str]) -> list[WordedT]:
    held = of_organisations([measure.organisation] if measure.organisation else [])
    by_code = {row.code: row for row in rows.filter(held, code__in=codes)}
    return [by_code[code] for code in codes if code in by_code]


def allowed_by(measure: Measure) -> Allowed:
    """What a figure of the measure may be, as plain values."""
    return Allowed(
        name=measure.shown_name,
        unit=measure.unit,
        covers=measure.covers,
        least=measure.least,
        most=measure.most,
        groups=frozenset(measure.breakdowns),
        codes={code.casefold(): code for code in measure.codes},
        started_on=measure.started_on,
        ended_on=measure.ended_on,
    )

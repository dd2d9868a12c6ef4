"""The picture of a cluster beside clusters like it and its authority."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from clusterwork.charts import Point, Series, Trend, years_between
from clusterwork.clusters.models import Cluster
from clusterwork.evaluation.impact_adapter.beside import MEALS, PUPILS, SCHOOLS, Alike
from clusterwork.evaluation.rules.beside import finding, latest_told
from clusterwork.evaluation.rules.pictures import Together
from clusterwork.evaluation.services.beside import Beside
from clusterwork.registry.models import Phase
from clusterwork.web.charts import Column, Figure, number_column, text_column
from clusterwork.web.evaluation.pictures.words import (
    InUnit,
    schools_behind,
    source_of,
    years_said,
)
from clusterwork.web.formats import number, percent, said
from clusterwork.web.measures.words import school_year

Row = list[object]


def beside_figure(cluster: Cluster, found: Beside, on: str) -> Figure | None:
    """The picture; None where no figure of the cluster is told. `on` is the day of the page."""
    unit = InUnit(found.measure)
    if latest_told(found.ours) is None:
        return None
    title = finding(found.ours, found.middle, found.together, unit.said, school_year)
    chart = Trend(
        said(title) if title else str(found.measure),
        _described(cluster, found, unit),
        years=years_between(found.years[0], found.years[-1]),
        value=unit.axis,
        series=tuple(_series(cluster, found, unit)),
        years_title=_("School year"),
    )
    return Figure(
        "beside",
        chart,
        _columns(cluster, found, unit),
        _rows(found, unit),
        source=source_of(found.measure),
        dates=_dates(found, on),
        file_name=_("beside similar clusters"),
    )


def _dates(found: Beside, on: str) -> str:
    return _(
        "%(years)s; schools of 31 July of each year, or of the cluster’s first day where that came "
        "later; similar clusters as at %(day)s."
    ) % {"years": years_said(found.years), "day": on}


def _described(cluster: Cluster, found: Beside, unit: InUnit) -> str:
    last = latest_told(found.ours)
    parts = [
        _("%(cluster)s by school year, with the interval of each figure where one can be told.")
        % {"cluster": cluster}
    ]
    if found.middle:
        parts.append(_("Beside it the mean of similar clusters and the span of the middle half."))
    if last and last.ends:
        parts.append(
            _("In %(year)s: %(value)s, interval %(low)s to %(high)s.")
            % {
                "year": school_year(last.year),
                "value": unit.said(last.value or 0.0),
                "low": unit.said(last.ends.low),
                "high": unit.said(last.ends.high),
            }
        )
    return " ".join(parts)


def _series(cluster: Cluster, found: Beside, unit: InUnit) -> list[Series]:
    made = [Series(_("This cluster: %(cluster)s") % {"cluster": cluster}, unit.points(found.ours))]
    if found.middle:
        points = tuple(
            Point(
                year,
                unit.at(each.mean),
                unit.at(each.half.low) if each.half else None,
                unit.at(each.half.high) if each.half else None,
            )
            for year, each in sorted(found.middle.items())
        )
        made.append(Series(_("Similar clusters: mean and middle half"), points))
    if len(found.authorities) == 1:
        authority, line = found.authorities[0]
        if latest_told(line):
            made.append(Series(str(authority), unit.points(line, with_ends=False)))
    return made


def _columns(cluster: Cluster, found: Beside, unit: InUnit) -> list[Column]:
    made = [
        text_column(_("School year")),
        unit.column(_("This cluster")),
        unit.column(_("Interval from")),
        unit.column(_("to")),
        number_column(_("Number counted")),
        text_column(_("Schools in it")),
    ]
    if found.similar:
        made += [
            unit.column(_("Similar clusters: mean")),
            unit.column(_("Middle half from")),
            unit.column(_("to")),
            number_column(_("Clusters in it")),
        ]
    return made + [unit.column(str(authority)) for authority, _line in found.authorities]


def _rows(found: Beside, unit: InUnit) -> list[Row]:
    rows = [_row(found, year, unit) for year in reversed(found.years)]
    return [_together(found, found.together, unit), *rows] if found.together else rows


def _row(found: Beside, year: int, unit: InUnit) -> Row:
    told, middle = found.ours.get(year), found.middle.get(year)
    ends, half = told.ends if told else None, middle.half if middle else None
    row: Row = [
        school_year(year),
        unit.cell(told),
        unit.at(ends.low) if ends else None,
        unit.at(ends.high) if ends else None,
        told.of if told else None,
        schools_behind(told),
    ]
    if found.similar:
        row += [
            unit.at(middle.mean) if middle else None,
            unit.at(half.low) if half else None,
            unit.at(half.high) if half else None,
            middle.n if middle else 0,
        ]
    return row + [unit.cell(line.get(year)) for _authority, line in found.authorities]


def _together(found: Beside, together: Together, unit: InUnit) -> Row:
    """Years as one figure; there is no such figure of the others."""
    row: Row = [
        _("%(years)s together") % {"years": years_said(together.years)},
        unit.at(together.value),
        unit.at(together.ends.low),
        unit.at(together.ends.high),
        together.of,
        None,
    ]
    return row + [None] * ((4 if found.similar else 0) + len(found.authorities))


def alike_rows(facts: Iterable[Alike]) -> list[tuple[str, str, str, str]]:
    """Each fact in words: of ours, of the others' mean, and how far apart."""
    return [
        (
            _fact(each),
            _value(each, each.ours),
            _value(each, each.others),
            "–" if each.apart is None else number(each.apart, 2),
        )
        for each in facts
    ]


def _fact(fact: Alike) -> str:
    if fact.kind == SCHOOLS:
        return _("Schools")
    if fact.kind == PUPILS:
        return _("Pupils of a school")
    if fact.kind == MEALS:
        return _("Pupils eligible for free school meals")
    names = dict(Phase.choices)
    kind = _("Schools of the phase") if fact.kind == "phase" else _("Schools of the language")
    return f"{kind}: {names.get(fact.category, fact.category)}"


def _value(fact: Alike, value: float | None) -> str:
    if fact.kind == SCHOOLS:
        return number(value, 0 if value is not None and value == int(value) else 1)
    return number(value) if fact.kind == PUPILS else percent(value, 1)

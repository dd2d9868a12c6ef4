"""The pictures of a cluster's time line: figures with what happened meanwhile, and its pupils."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from statistics import fmean

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.charts import (
    Aim,
    Event,
    Series,
    Start,
    Trend,
    place_of,
    years_between,
)
from clusterwork.clusters.models import Cluster
from clusterwork.evaluation.rules.beside import latest_told
from clusterwork.evaluation.rules.timeline import finding
from clusterwork.evaluation.services.timelines import Timeline
from clusterwork.measures.rules.years import year_of
from clusterwork.plans.models import Review
from clusterwork.web.charts import Figure, number_column, text_column
from clusterwork.web.evaluation.pictures.words import (
    InUnit,
    schools_behind,
    source_of,
    years_said,
)
from clusterwork.web.formats import day, number, said
from clusterwork.web.measures.words import school_year

AIM_YEARS = 5  # that the picture goes on for aims after the last figure


def timeline_figure(cluster: Cluster, found: Timeline) -> Figure | None:
    """Figures by year with the start, aims, judgements and inspections; None without a figure."""
    if latest_told(found.line) is None:
        return None
    unit = InUnit(found.measure)
    title = finding(found.line, found.started_on, unit.said, school_year)
    last = _last_year(found)
    chart = Trend(
        said(title) if title else str(found.measure),
        _described(cluster, found),
        years=years_between(found.years[0], last),
        value=unit.axis,
        series=(Series(str(cluster), unit.points(found.line)),),
        starts=tuple(_starts(found, last)),
        aims=tuple(_aims(found, unit, last)),
        events=tuple(_events(found)),
        years_title=_("School year"),
        aims_words=_("Aim in the plan"),
    )
    return Figure(
        "timeline",
        chart,
        [
            text_column(_("School year")),
            unit.column(_("Figure")),
            unit.column(_("Interval from")),
            unit.column(_("to")),
            number_column(_("Number counted")),
            text_column(_("Schools in it")),
            text_column(_("What else")),
        ],
        _rows(found, unit),
        source=source_of(found.measure),
        dates=_("%(years)s; schools of 31 July of each year, or of the cluster’s first day.")
        % {"years": years_said(found.years)},
        file_name=_("time line of the cluster"),
    )


def _last_year(found: Timeline) -> int:
    aims = [year_of(aim.by) for aim in found.aims]
    last = found.years[-1]
    return max([last, *(year for year in aims if year <= last + AIM_YEARS)])


def _described(cluster: Cluster, found: Timeline) -> str:
    parts = [
        _("%(measure)s, %(cluster)s, by school year. The cluster started on %(day)s.")
        % {"measure": found.measure, "cluster": cluster, "day": day(found.started_on)}
    ]
    counts = (
        (len(found.aims), ngettext("%(n)s aim.", "%(n)s aims.", len(found.aims))),
        (
            len(found.judgements),
            ngettext("%(n)s answer to a plan.", "%(n)s answers to plans.", len(found.judgements)),
        ),
        (
            len(found.inspections),
            ngettext("%(n)s inspection.", "%(n)s inspections.", len(found.inspections)),
        ),
    )
    parts += [text % {"n": number(n)} for n, text in counts if n]
    return " ".join(parts)


def _is_within(found: Timeline, on: dt.date, last: int) -> bool:
    return found.years[0] <= year_of(on) <= last


def _starts(found: Timeline, last: int) -> Iterator[Start]:
    if _is_within(found, found.started_on, last):
        yield Start(place_of(found.started_on), _("The cluster started"))


def _aims(found: Timeline, unit: InUnit, last: int) -> Iterator[Aim]:
    for aim in found.aims:
        if _is_within(found, aim.by, last):
            yield Aim(place_of(aim.by), unit.at(aim.wanted) or 0.0, unit.said(aim.wanted))


def _events(found: Timeline) -> Iterator[Event]:
    """Answers one by one; inspections only as how many a year and scale, whatever the grade."""
    names = dict(Review.State.choices)
    for judgement in found.judgements:
        if _is_within(found, judgement.on, found.years[-1]):
            label = str(names.get(judgement.state, judgement.state))
            yield Event(place_of(judgement.on), label, _("Answers to plans"))
    places: dict[tuple[str, int], list[float]] = defaultdict(list)
    for each in found.inspections:
        places[each.scale, year_of(each.on)].append(place_of(each.on))
    for (scale, _year), at in sorted(places.items()):
        kind = _("Schools inspected: %(scale)s") % {"scale": scale}
        yield Event(fmean(at), number(len(at)), kind)


def _rows(found: Timeline, unit: InUnit) -> list[list[object]]:
    rows: list[list[object]] = []
    if found.together:
        together = found.together
        rows.append(
            [
                _("%(years)s together") % {"years": years_said(together.years)},
                unit.at(together.value),
                unit.at(together.ends.low),
                unit.at(together.ends.high),
                together.of,
                None,
                None,
            ]
        )
    for year in reversed(range(found.years[0], _last_year(found) + 1)):
        told = found.line.get(year)
        ends = told.ends if told else None
        rows.append(
            [
                school_year(year),
                unit.cell(told),
                unit.at(ends.low) if ends else None,
                unit.at(ends.high) if ends else None,
                told.of if told else None,
                schools_behind(told),
                "; ".join(_happened(found, year, unit)),
            ]
        )
    return rows


def _happened(found: Timeline, year: int, unit: InUnit) -> Iterator[str]:
    """What stands beside a year, in words; grades are in the list of inspections."""
    names = dict(Review.State.choices)
    if year_of(found.started_on) == year:
        yield _("Cluster started: %(day)s") % {"day": day(found.started_on)}
    for aim in found.aims:
        if year_of(aim.by) == year:
            yield _("Aim: %(value)s by %(day)s") % {
                "value": unit.said(aim.wanted),
                "day": day(aim.by),
            }
    for each in found.judgements:
        if year_of(each.on) == year:
            yield _("Plan: %(state)s, %(day)s") % {"state": names[each.state], "day": day(each.on)}
    n = sum(year_of(each.on) == year for each in found.inspections)
    if n:
        yield ngettext("%(n)s inspection", "%(n)s inspections", n) % {"n": number(n)}

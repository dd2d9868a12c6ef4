"""Differences of changes by year since the start."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from clusterwork.charts import Axis, Point, SinceStart
from clusterwork.evaluation.rules.readers import is_of_one_cluster
from clusterwork.web.charts import Figure, number_column, text_column
from clusterwork.web.evaluation.results.shown.method_words import by_year_words, is_by_mix
from clusterwork.web.evaluation.results.shown.pictures.ground import (
    Ground,
    Row,
    interval,
)
from clusterwork.web.formats import number

YEAR_BEFORE = -1


def by_year(ground: Ground) -> Figure | None:
    """Nothing where effects by year cannot be told; no interval for one cluster."""
    rows = ground.rows("by_year")
    if not rows:
        return None
    if is_of_one_cluster(ground.found):
        rows = [{**row, "low": None, "high": None} for row in rows]
    sure = any(row["low"] is not None for row in rows)
    chart = SinceStart(
        _finding(ground, rows),
        _("One point for each year before and after the start; zero is no difference."),
        since=Axis(_("Years since the start")),
        value=Axis(ground.difference, write=number),
        points=tuple(Point(row["since"], row["estimate"], row["low"], row["high"]) for row in rows),
        start_label=_("Start"),
        before_words=_("Before the start: should lie near zero"),
        after_words=_("After the start"),
        reference_words=_("No difference"),
    )
    places = ground.units.places
    columns = [
        text_column(_("Years since the start")),
        number_column(ground.difference, places),
        text_column(_("95% interval")),
    ]
    cells = [
        (_since(int(row["since"])), row["estimate"], interval(row["low"], row["high"], places))
        for row in rows
    ]
    return ground.figure("by-year", chart, columns, cells, _note(ground, sure))


def _note(ground: Ground, sure: bool) -> str:
    told = _base_words(ground.found["by_year_bases"])
    if is_by_mix(ground.found):
        told = f"{told} {by_year_words()}"
    if sure:
        return told
    return f"{told} {_('How sure each year is cannot be told from so few clusters.')}"


def _base_words(bases: Sequence[int]) -> str:
    """Which year before the start is zero: the last that has figures."""
    if tuple(bases) == (YEAR_BEFORE,):
        return _("The year before the start is the one that all others are held against.")
    if len(bases) == 1:
        text = _(
            "The year before the start has no figures, so all others are held against the last "
            "year that has: %(year)s."
        )
        return text % {"year": number(bases[0])}
    text = _(
        "Each cluster is held against the last year before its start that has figures; that is, "
        "by years since the start: %(years)s."
    )
    return text % {"years": ", ".join(number(each) for each in bases)}


def _finding(ground: Ground, rows: Sequence[Row]) -> str:
    """From which difference to which they go; no count of years that would each be a test."""
    after = [row["estimate"] for row in rows if row["since"] >= 0]
    if not after:
        return _("Differences by year before the start")
    if len(after) == 1:
        text = _("Differences by year; in the first after the start: %(value)s")
        return text % {"value": ground.units.text(after[0])}
    text = _("Differences by year since the start, from %(low)s to %(high)s")
    return text % {
        "low": ground.units.text(min(after)),
        "high": ground.units.text(max(after)),
    }


def _since(year: int) -> str:
    return f"+{year}" if year > 0 else number(year)

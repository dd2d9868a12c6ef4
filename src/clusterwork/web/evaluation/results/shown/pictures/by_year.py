"""Differences of changes by year since the start."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.charts import Axis, Point, SinceStart
from clusterwork.evaluation.rules.readers import is_of_one_cluster
from clusterwork.web.charts import Figure, number_column, text_column
from clusterwork.web.evaluation.results.shown.pictures.ground import (
    Ground,
    Row,
    interval,
)
from clusterwork.web.formats import number


def by_year(ground: Ground) -> Figure | None:
    """Nothing where effects by year cannot be told; no interval for one cluster."""
    rows = ground.rows("by_year")
    if not rows:
        return None
    if is_of_one_cluster(ground.found):
        rows = [{**row, "low": None, "high": None} for row in rows]
    sure = any(row["low"] is not None for row in rows)
    chart = SinceStart(
        _finding(rows),
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
    return ground.figure("by-year", chart, columns, cells, _note(sure))


def _note(sure: bool) -> str:
    told = _("The year before the start is the one that all others are held against.")
    if sure:
        return told
    return f"{told} {_('How sure each year is cannot be told from so few clusters.')}"


def _finding(rows: Sequence[Row]) -> str:
    """In how many years after the start the interval leaves zero out."""
    after = [row for row in rows if row["since"] >= 0 and row["low"] is not None]
    if not after:
        return _("The difference by year since the start")
    n = sum(row["low"] > 0 or row["high"] < 0 for row in after)
    text = ngettext(
        "In %(n)s of %(of)s year after the start the interval leaves zero out",
        "In %(n)s of %(of)s years after the start the interval leaves zero out",
        len(after),
    )
    return text % {"n": number(n), "of": number(len(after))}


def _since(year: int) -> str:
    return f"+{year}" if year > 0 else number(year)

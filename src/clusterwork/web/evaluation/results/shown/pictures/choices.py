"""The main estimate beside those of every other choice that was said beforehand."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from clusterwork.charts import Axis, Intervals, Reference
from clusterwork.charts import Row as Drawn
from clusterwork.web.charts import Column, Figure, number_column, text_column
from clusterwork.web.evaluation.results.shown.method_words import is_by_mix
from clusterwork.web.evaluation.results.shown.numbers import p_text, told
from clusterwork.web.evaluation.results.shown.pictures.ground import Ground, Row, interval
from clusterwork.web.evaluation.results.shown.table_words import choice_words
from clusterwork.web.formats import number

MAIN = "main"
PLAIN = frozenset({"one", "yearly"})


def choices(ground: Ground) -> Figure | None:
    """One row a choice; those that could not be run stand in the table only."""
    rows = ground.rows("alternatives") or _main_row(ground)
    drawn = [row for row in rows if row["estimate"] is not None]
    if not drawn:
        return None
    chart = Intervals(
        _finding(ground, drawn),
        _("One row for each choice; the dashed line is no difference."),
        value=Axis(ground.difference, write=number),
        rows=tuple(_drawn(ground, row) for row in drawn),
        reference=Reference(0.0, _("No difference")),
        kinds=(_("Main estimate"), _("Other choices, said beforehand"))[: 1 + (len(drawn) > 1)],
    )
    with_p = any(row.get("p") is not None for row in rows)
    cells = [_cells(ground, row, with_p) for row in rows]
    return ground.figure("choices", chart, _columns(ground, with_p), cells, _note(ground, drawn))


def _note(ground: Ground, drawn: Sequence[Row]) -> str:
    words = []
    if any(row["low"] is None for row in drawn):
        words.append(_("How sure it is cannot be told where a row has no interval."))
    if is_by_mix(ground.found) and PLAIN & {row["choice"] for row in drawn}:
        words.append(
            _(
                "The main estimate is taken from a mix of what the cluster is compared with. "
                "Choices with fewer than three groups beside it, and effects by year, are plain "
                "differences of changes."
            )
        )
    return " ".join(words)


def _main_row(ground: Ground) -> list[Row]:
    main = told(ground.found)
    return [{"choice": MAIN, **main}] if main else []


def _drawn(ground: Ground, row: Row) -> Drawn:
    value, low, high = (row[name] for name in ("estimate", "low", "high"))
    return Drawn(
        choice_words(row["choice"]),
        value,
        value if low is None else low,
        value if high is None else high,
        0 if row["choice"] == MAIN else 1,
        ground.units.with_interval(row),
    )


def _columns(ground: Ground, with_p: bool) -> list[Column]:
    told_so: list[Column] = [
        text_column(_("Choice")),
        number_column(ground.difference, ground.units.places),
        text_column(_("95% interval")),
    ]
    return [*told_so, text_column(_("p-value"))] if with_p else told_so


def _cells(ground: Ground, row: Row, with_p: bool) -> tuple[object, ...]:
    estimate = row["estimate"]
    cells = (
        choice_words(row["choice"]),
        _("Could not be run") if estimate is None else estimate,
        interval(row["low"], row["high"], ground.units.places),
    )
    return (*cells, p_text(row.get("p"))) if with_p else cells


def _finding(ground: Ground, rows: Sequence[Row]) -> str:
    """Where the estimates lie."""
    units = ground.units
    if len(rows) == 1:
        words = {"estimate": units.with_interval(rows[0]), "unit": units.words}
        return _("The estimate: %(estimate)s, in %(unit)s") % words
    values = [row["estimate"] for row in rows]
    ends = {"low": units.text(min(values)), "high": units.text(max(values))}
    return _("Whichever choice is made, the estimate lies between %(low)s and %(high)s") % ends

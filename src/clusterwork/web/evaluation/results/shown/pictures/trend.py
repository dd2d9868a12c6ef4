"""Both sides by school year, with the starts marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from clusterwork.charts import Axis, Point, Series, Start, Trend, years_between
from clusterwork.evaluation.rules.readers import SIDES, n_by_start
from clusterwork.web.charts import Column, Figure, number_column, text_column
from clusterwork.web.evaluation.results.shown.method_words import is_by_mix, weight_words
from clusterwork.web.evaluation.results.shown.pictures.ground import Ground, Row, interval
from clusterwork.web.formats import number
from clusterwork.web.measures.words import school_year, unit_shown


def trend(ground: Ground) -> Figure | None:
    """Nothing where fewer than two years can be told of both sides."""
    rows = ground.rows("trend")
    known = [row for row in rows if row["ours"] is not None and row["others"] is not None]
    if len(known) < 2:
        return None
    finding, places = _finding(known, ground.measure.decimals), ground.measure.decimals
    chart = Trend(
        finding,
        _("Two lines by school year, with intervals where there are enough clusters."),
        years=years_between(int(rows[0]["year"]), int(rows[-1]["year"])),
        value=Axis(_value_words(ground), write=number),
        series=tuple(
            Series(words, _points(rows, side)) for words, side in zip(_names(), SIDES, strict=True)
        ),
        starts=_starts(ground),
        years_title=_("School year"),
    )
    cells = [_cells(row, places) for row in rows]
    return ground.figure("trend", chart, _columns(places), cells, _note(ground))


def _names() -> tuple[str, str]:
    return _("Clusters"), _("Compared with")


def _value_words(ground: Ground) -> str:
    unit = unit_shown(ground.measure)
    return f"{ground.measure} ({unit.lower()})" if unit else str(ground.measure)


def _finding(known: Sequence[Row], places: int) -> str:
    """Where both lines begin and end."""
    first, last = known[0], known[-1]
    words = {
        "first": school_year(int(first["year"])),
        "last": school_year(int(last["year"])),
        **{f"{side}_first": number(first[side], places) for side in SIDES},
        **{f"{side}_last": number(last[side], places) for side in SIDES},
    }
    return (
        _(
            "From %(first)s to %(last)s the clusters went from %(ours_first)s to %(ours_last)s, "
            "the schools they are compared with from %(others_first)s to %(others_last)s"
        )
        % words
    )


def _points(rows: Sequence[Mapping[str, Any]], side: str) -> tuple[Point, ...]:
    return tuple(
        Point(row["year"], row[side], row[f"{side}_low"], row[f"{side}_high"]) for row in rows
    )


def _columns(places: int) -> list[Column]:
    ours, others = _names()
    return [
        text_column(_("School year")),
        number_column(ours, places),
        text_column(_("Clusters: 95% interval")),
        number_column(others, places),
        text_column(_("Compared with: 95% interval")),
    ]


def _cells(row: Row, places: int) -> tuple[object, ...]:
    told = (
        part
        for side in SIDES
        for part in (row[side], interval(row[f"{side}_low"], row[f"{side}_high"], places))
    )
    return (school_year(int(row["year"])), *told)


def _counts(ground: Ground) -> dict[str, int]:
    """How many clusters start in which school year; none where it is not known."""
    found = ground.found
    return n_by_start(found) or dict.fromkeys(map(str, found.get("starts", ())), 0)


def _starts(ground: Ground) -> tuple[Start, ...]:
    """A line each; where there are several, with the number of clusters."""
    counts = list(_counts(ground).items())
    if len(counts) == 1 or not all(n for _year, n in counts):
        return tuple(Start(int(year) - 0.5, _("Start")) for year, _n in counts[:1])
    (first, n), *later = counts
    words = _("Start: %(n)s") % {"n": number(n)}
    return (
        Start(int(first) - 0.5, words),
        *(Start(int(year) - 0.5, number(more)) for year, more in later),
    )


def _plain() -> str:
    return _(
        "Means of clusters. The lines are what was seen; the estimate is the difference between "
        "their changes."
    )


def _mixed() -> str:
    return _(
        "The lines are what was seen: the cluster, and the plain mean of all that it is compared "
        "with. The estimate is not the difference between their changes. It is taken from a mix of "
        "these that went before the start as nearly as can be as the cluster did; the two can "
        "point different ways."
    )


def _note(ground: Ground) -> str:
    told = _mixed() if is_by_mix(ground.found) else _plain()
    told = f"{told} {weight_words(ground.found)}"
    if len(_counts(ground)) < 2:
        return told
    said = _("The upright lines say when clusters start, the numbers at them how many do.")
    return f"{told} {said}"

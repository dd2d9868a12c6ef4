"""The pictures of a result: before and after, by year since the start, and beside other choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.charts import (
    Axis,
    Intervals,
    Point,
    Reference,
    Row,
    Series,
    SinceStart,
    Start,
    Trend,
    years_between,
)
from clusterwork.evaluation.rules.found import Found
from clusterwork.evaluation.rules.readers import is_of_one_cluster, n_by_start
from clusterwork.measures.models import Measure
from clusterwork.web.charts import Figure, number_column, text_column
from clusterwork.web.evaluation.results.shown.numbers import Units, p_text, told, units_of
from clusterwork.web.evaluation.results.shown.table_words import choice_words
from clusterwork.web.formats import number
from clusterwork.web.measures.words import school_year, unit_shown

FEW_STARTS = 3


class Pictures:
    """The figures of one result; `dates` say of when the numbers and the members are."""

    def __init__(self, found: Found, measure: Measure, dates: str) -> None:
        self.found, self.measure, self.dates = found, measure, dates
        self.units: Units = units_of(found, measure)
        self.source = measure.shown_source or _("Figures held in this service")

    def all(self) -> list[Figure]:
        """Those that can be drawn, in the order of the page."""
        made = (self.trend(), self.by_year(), self.choices())
        return [each for each in made if each is not None]

    def trend(self) -> Figure | None:
        """Both sides by school year, with the starts."""
        rows = _rows(self.found, "trend")
        if len(rows) < 2 or not any(_both(row) for row in rows):
            return None
        finding, years = self._ends(rows), [int(row["year"]) for row in rows]
        chart = Trend(
            finding,
            _("Two lines by school year, with intervals where there are enough clusters.")
            + " "
            + finding,
            years=years_between(years[0], years[-1]),
            value=Axis(self._value_words(), write=number),
            series=(
                Series(_("Clusters"), _points(rows, "year", "ours", "ours_low", "ours_high")),
                Series(
                    _("Compared with"),
                    _points(rows, "year", "others", "others_low", "others_high"),
                ),
            ),
            starts=self._starts(),
            years_title=_("School year"),
        )
        places = self.measure.decimals
        columns = (
            text_column(_("School year")),
            number_column(_("Clusters"), places),
            text_column(_("95% interval, clusters")),
            number_column(_("Compared with"), places),
            text_column(_("95% interval, compared with")),
        )
        cells = [
            (
                school_year(int(row["year"])),
                row["ours"],
                _interval(row["ours_low"], row["ours_high"], places),
                row["others"],
                _interval(row["others_low"], row["others_high"], places),
            )
            for row in rows
        ]
        note = _(
            "Means of clusters, each counting once; every pupil counts within a cluster. The lines "
            "are what was seen; the estimate is the difference between their changes."
        )
        return self._figure("trend", chart, columns, cells, note)

    def by_year(self) -> Figure | None:
        """Differences of changes by year since the start."""
        rows = _rows(self.found, "by_year")
        if not rows:
            return None
        sure = not is_of_one_cluster(self.found)
        chart = SinceStart(
            self._leaving(rows, sure),
            _("One point for each year before and after the start; zero is no difference."),
            since=Axis(_("Years since the start")),
            value=Axis(self._difference_words(), write=number),
            points=tuple(
                Point(
                    row["since"],
                    row["estimate"],
                    row["low"] if sure else None,
                    row["high"] if sure else None,
                )
                for row in rows
            ),
            start_label=_("Start"),
            before_words=_("Before the start: should lie near zero"),
            after_words=_("After the start"),
            reference_words=_("No difference"),
        )
        places = self.units.places
        columns = (
            text_column(_("Years since the start")),
            number_column(self._difference_words(), places),
            text_column(_("95% interval")),
        )
        cells = [
            (
                _since(int(row["since"])),
                row["estimate"],
                _interval(row["low"], row["high"], places) if sure else "–",
            )
            for row in rows
        ]
        note = _("The year before the start is the one that all others are held against.")
        if not sure:
            note += " " + _("How sure each is cannot be told from one cluster.")
        return self._figure("by-year", chart, columns, cells, note)

    def choices(self) -> Figure | None:
        """The main estimate beside those of every other choice said beforehand."""
        rows = _rows(self.found, "alternatives") or self._main_row()
        drawn = [row for row in rows if row["estimate"] is not None]
        if not drawn:
            return None
        sure = all(row["low"] is not None and row["high"] is not None for row in drawn)
        chart = Intervals(
            self._between(drawn),
            _("One row for each choice; the dashed line is no difference."),
            value=Axis(self._difference_words(), write=number),
            rows=tuple(self._row(row) for row in drawn),
            reference=Reference(0.0, _("No difference")),
            kinds=(_("Main estimate"), _("Other choices, said beforehand"))[: 1 + (len(drawn) > 1)],
        )
        columns = (
            text_column(_("Choice")),
            number_column(self._difference_words(), self.units.places),
            text_column(_("95% interval")),
            text_column(_("p-value")),
        )
        cells = [self._choice_cells(row) for row in rows]
        if all(row.get("p") is None for row in rows):
            columns, cells = columns[:-1], [row[:-1] for row in cells]
        note = "" if sure else _("How sure it is cannot be told where a row has no interval.")
        return self._figure("choices", chart, columns, cells, note)

    def _main_row(self) -> list[dict[str, Any]]:
        main = told(self.found)
        return [{"choice": "main", **main}] if main else []

    def _row(self, row: Mapping[str, Any]) -> Row:
        value = row["estimate"]
        low, high = row["low"], row["high"]
        return Row(
            choice_words(row["choice"]),
            value,
            value if low is None else low,
            value if high is None else high,
            0 if row["choice"] == "main" else 1,
            self.units.with_interval(dict(row)),
        )

    def _choice_cells(self, row: Mapping[str, Any]) -> tuple[object, ...]:
        estimate = row["estimate"]
        return (
            choice_words(row["choice"]),
            _("Could not be run") if estimate is None else estimate,
            _interval(row["low"], row["high"], self.units.places),
            p_text(row.get("p")),
        )

    def _ends(self, rows: Sequence[Mapping[str, Any]]) -> str:
        """Where both lines begin and end; the years of which both are told."""
        known = [row for row in rows if _both(row)]
        places = self.measure.decimals
        words = {
            "first": school_year(int(known[0]["year"])),
            "last": school_year(int(known[-1]["year"])),
            **{f"{side}_{at}": number(known[n][side], places)
               for side in ("ours", "others") for at, n in (("first", 0), ("last", -1))},
        }  # fmt: skip
        return (
            _(
                "From %(first)s to %(last)s the clusters went from %(ours_first)s to "
                "%(ours_last)s, the schools they are compared with from %(others_first)s to "
                "%(others_last)s"
            )
            % words
        )

    def _leaving(self, rows: Sequence[Mapping[str, Any]], sure: bool) -> str:
        """In how many years after the start the interval leaves zero out."""
        after = [row for row in rows if row["since"] >= 0 and row["low"] is not None]
        if not sure or not after:
            return _("The difference by year since the start")
        n = sum(row["low"] > 0 or row["high"] < 0 for row in after)
        text = ngettext(
            "In %(n)s of %(of)s year after the start the interval leaves zero out",
            "In %(n)s of %(of)s years after the start the interval leaves zero out",
            len(after),
        )
        return text % {"n": number(n), "of": number(len(after))}

    def _between(self, rows: Sequence[Mapping[str, Any]]) -> str:
        """Where the estimates lie."""
        if len(rows) == 1:
            told_so = self.units.with_interval(dict(rows[0]))
            return _("The estimate: %(estimate)s, in %(unit)s") % {
                "estimate": told_so,
                "unit": self.units.words,
            }
        values = [row["estimate"] for row in rows]
        ends = {"low": self.units.text(min(values)), "high": self.units.text(max(values))}
        words = _("Whichever choice is made, the estimate lies between %(low)s and %(high)s")
        return words % ends

    def _starts(self) -> tuple[Start, ...]:
        counts = n_by_start(self.found) or dict.fromkeys(map(str, self.found.get("starts", ())), 0)
        return tuple(
            Start(int(year) - 0.5, _start_words(n, len(counts))) for year, n in counts.items()
        )

    def _value_words(self) -> str:
        unit = unit_shown(self.measure)
        return f"{self.measure} ({unit.lower()})" if unit else str(self.measure)

    def _difference_words(self) -> str:
        return _("Difference (%(unit)s)") % {"unit": self.units.words}

    def _figure(
        self, name: str, chart: Any, columns: Any, rows: Sequence[Sequence[object]], note: str
    ) -> Figure:
        file_name = f"{self.measure} {name}"
        return Figure(
            name, chart, columns, rows, self.source, self.dates, note=note, file_name=file_name
        )


def _start_words(n: int, of: int) -> str:
    """Short, so that the words of several starts stand beside each other."""
    if of == 1 or not n:
        return _("Start")
    if of > FEW_STARTS:
        return number(n)
    return ngettext("%(n)s starts", "%(n)s start", n) % {"n": number(n)}


def _rows(found: Found, name: str) -> list[dict[str, Any]]:
    table = found.get(name)
    if not table:
        return []
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def _both(row: Mapping[str, Any]) -> bool:
    return row["ours"] is not None and row["others"] is not None


def _points(
    rows: Sequence[Mapping[str, Any]], x: str, value: str, low: str, high: str
) -> tuple[Point, ...]:
    return tuple(Point(row[x], row[value], row[low], row[high]) for row in rows)


def _interval(low: float | None, high: float | None, places: int) -> str:
    if low is None or high is None:
        return "–"
    ends = {"low": number(low, places), "high": number(high, places)}
    return _("%(low)s to %(high)s") % ends


def _since(year: int) -> str:
    return f"+{year}" if year > 0 else number(year)

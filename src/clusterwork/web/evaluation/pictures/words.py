"""A measure's numbers in pictures: shares as shares, the rest in its unit; and years in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clusterwork.charts import Axis, Point
from clusterwork.evaluation.rules.pictures import Told
from clusterwork.measures.models import Measure, Unit
from clusterwork.web.charts import Column, number_column, percent_column
from clusterwork.web.formats import number
from clusterwork.web.measures.words import key_of, school_year, unit_shown, with_unit, words


@dataclass(frozen=True)
class InUnit:
    """How values of a measure stand in a picture and its table."""

    measure: Measure

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage, which pictures hold as shares of 0 to 1."""
        return self.measure.unit == Unit.PERCENT

    @property
    def axis(self) -> Axis:
        """The scale, with the measure's name and unit."""
        unit = "" if self.is_share else unit_shown(self.measure)
        title = f"{self.measure} ({unit})" if unit else str(self.measure)
        return Axis(title, percent=self.is_share)

    def at(self, value: float | None) -> float | None:
        """The value as a picture holds it."""
        return value / 100 if self.is_share and value is not None else value

    def column(self, heading: str) -> Column:
        """A column of its values."""
        kind = percent_column if self.is_share else number_column
        return kind(heading, self.measure.decimals)

    def cell(self, told: Told | None) -> object:
        """What stands in a table's cell: the value, or the symbol in its place."""
        if told is None:
            return None
        return told.symbol or self.at(told.value)

    def points(self, line: Mapping[int, Told], *, with_ends: bool = True) -> tuple[Point, ...]:
        """A line of values by year, with their intervals unless these would crowd it."""
        return tuple(
            Point(
                year,
                self.at(each.value),
                self.at(each.ends.low) if each.ends and with_ends else None,
                self.at(each.ends.high) if each.ends and with_ends else None,
            )
            for year, each in sorted(line.items())
        )

    def said(self, value: float) -> str:
        """The value as a sentence says it: 94.5%."""
        return with_unit(self.measure, value)


def years_said(years: Sequence[int]) -> str:
    """School years 2015/16 to 2018/19."""
    if len(years) == 1:
        return _("School year %(year)s") % {"year": school_year(years[0])}
    first, last = school_year(years[0]), school_year(years[-1])
    return _("School years %(first)s to %(last)s") % {"first": first, "last": last}


def schools_behind(told: Told | None) -> str:
    """How many of the schools are in a total: 5 of 6."""
    if told is None or not told.n_schools:
        return "–"
    return _("%(n)s of %(all)s") % {"n": number(told.n_in), "all": number(told.n_schools)}


def keys_in(lines: Iterable[Iterable[Told]]) -> list[tuple[str, str]]:
    """The symbols that tables use, with what each stands for; two queries where there are any."""
    symbols = {each.symbol for line in lines for each in line if each.symbol}
    return key_of(symbols, words()) if symbols else []


def source_of(measure: Measure) -> str:
    """Where its figures come from, and whether they are public."""
    source = measure.shown_source or _("figures entered here")
    if not measure.is_public:
        return source
    return _("%(source)s (published nationally)") % {"source": source}

"""Figures in words: values as their measure writes them, codes as the symbols of statistics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from clusterwork.kernel.disclosure import meaning, symbol_of
from clusterwork.measures.models import Breakdown, Covers, Figure, FigureCode, Measure, Unit
from clusterwork.web.formats import day, number, said


@dataclass(frozen=True)
class Words:
    """What codes and groups are called."""

    codes: Mapping[str, str]
    groups: Mapping[str, str]

    def group(self, code: str) -> str:
        """The group's name."""
        return self.groups.get(code, code)

    def code(self, code: str) -> str:
        """What a code stands for."""
        told = meaning(code)
        return self.codes.get(code) or (said(told) if told else code)


def words() -> Words:
    """The words of all codes and groups: two queries."""
    return Words(_named(FigureCode.objects.all()), _named(Breakdown.objects.all()))


def _named(rows: Iterable[FigureCode] | Iterable[Breakdown]) -> dict[str, str]:
    """Those that organisations added stand after those that ship, and give way to them."""
    found: dict[str, str] = {}
    for row in sorted(rows, key=lambda each: each.organisation_id is not None):
        found.setdefault(row.code, str(row))
    return found


def value_shown(measure: Measure, value: Decimal | float | None, code: str = "") -> str:
    """What stands in a cell: the number in the measure's unit, or the symbol for the code."""
    if code:
        return symbol_of(code)
    if value is None:
        return symbol_of("x")
    if measure.unit == Unit.YES_NO:
        return _("Yes") if value else _("No")
    return number(float(value), measure.decimals)


def with_unit(measure: Measure, value: Decimal | float | None, code: str = "") -> str:
    """The value as a sentence says it: 94.5%."""
    shown = value_shown(measure, value, code)
    if value is None or measure.unit == Unit.YES_NO:
        return shown
    if measure.unit == Unit.PERCENT:
        return f"{shown}%"
    return f"£{shown}" if measure.unit == Unit.POUNDS else shown


def figure_shown(figure: Figure) -> str:
    """The figure's value or symbol."""
    return value_shown(figure.measure, figure.value, figure.code)


def unit_shown(measure: Measure) -> str:
    """The unit for a heading, and nothing where the values say it themselves."""
    return "" if measure.unit == Unit.YES_NO else str(measure.get_unit_display())


def when_shown(figure: Figure) -> str:
    """The day that the figure is of, or its school year: 2018/19."""
    if figure.measure.covers == Covers.SCHOOL_YEAR:
        return school_year(figure.on.year)
    return day(figure.on)


def school_year(ends: int) -> str:
    """2018/19 for the year that ends in 2019."""
    return f"{ends - 1}/{ends % 100:02}"


def year_of(figure: Figure) -> int:
    """The year in which the figure's school year ends; a new one begins in September."""
    return figure.on.year + (figure.on.month >= 9)


def key_of(codes: Iterable[str], names: Words) -> list[tuple[str, str]]:
    """The symbols that a table uses, with what each stands for."""
    found: dict[str, str] = {}
    for code in sorted({each for each in codes if each}):
        symbol = symbol_of(code)
        told = meaning(symbol)
        found.setdefault(symbol, said(told) if told else names.code(code))
    return sorted(found.items())

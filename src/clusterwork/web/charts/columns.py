"""Columns of a figure's table: how their values read on the page, and what stands in the file."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from clusterwork.web.formats import number, percent

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Column:
    """A heading with its unit; the kind of its values: text, number or percent (shares of 0–1)."""

    heading: Words
    kind: str = "text"
    places: int = 0

    @property
    def is_number(self) -> bool:
        """Whether its values stand at the right."""
        return self.kind != "text"

    def shown(self, value: object) -> str:
        """A value as the page has it; words in place of a number stay, none is a dash."""
        if isinstance(value, int | float) and not isinstance(value, bool) and self.is_number:
            return (percent if self.kind == "percent" else number)(value, self.places)
        return "–" if value in (None, "") else str(value)

    def in_file(self, value: object) -> object:
        """A value as the file has it: percentages as numbers of 0–100."""
        if self.kind == "percent" and isinstance(value, int | float):
            return round(value * 100, 6)
        return "" if value is None else value


def text_column(heading: Words) -> Column:
    """A column of words."""
    return Column(heading)


def number_column(heading: Words, places: int = 0) -> Column:
    """A column of numbers, the unit in its heading."""
    return Column(heading, "number", places)


def percent_column(heading: Words, places: int = 0) -> Column:
    """A column of shares (0–1), read as percentages."""
    return Column(heading, "percent", places)

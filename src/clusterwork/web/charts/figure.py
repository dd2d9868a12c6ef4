"""A figure of a page: one finding with all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from clusterwork.charts import Chart
from clusterwork.web.charts.columns import Column, Words
from clusterwork.web.charts.kept import kept_svgs


@dataclass(frozen=True, slots=True)
class Figure:
    """The chart (its title is the finding), its table, and where the numbers come from.

    `name` tells the figures of one page apart in addresses and ids: letters, digits and hyphens.
    The first column heads its rows. `dates` says of when the numbers are and as on which day
    schools counted as members. `file_name` is for downloads, without its ending.
    """

    name: str
    chart: Chart
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    source: Words
    dates: Words = ""
    note: Words = ""
    file_name: Words = ""

    @property
    def finding(self) -> str:
        """The finding in one sentence."""
        return self.chart.title

    @property
    def pictures(self) -> tuple[SafeString, SafeString]:
        """The picture for a wide screen and paper, and for a phone."""
        wide, narrow = kept_svgs(self.chart)
        return mark_safe(wide), mark_safe(narrow)  # noqa: S308 - the engine escapes every text

    @property
    def shown_rows(self) -> list[list[str]]:
        """The table as the page has it."""
        return [
            [column.shown(value) for column, value in zip(self.columns, row, strict=True)]
            for row in self.rows
        ]

    @property
    def source_line(self) -> str:
        """Where the numbers come from, and of when they are."""
        named = _("Source: %(source)s") % {"source": self.source}
        return f"{named}. {self.dates}" if self.dates else named

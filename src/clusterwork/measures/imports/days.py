"""The day of a row of our own templates."""

from __future__ import annotations

import datetime as dt

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.imports.reading import Sheet, check_year, refused
from clusterwork.measures.rules.days import end_of_year
from clusterwork.registry.imports.cells import Cells, RowRefused
from clusterwork.registry.imports.table import Row


def day_of(
    row: Row, places: dict[str, int], sheet: Sheet, today: dt.date, year: int | None
) -> dt.date:
    """The day of a row of our own templates, by its date or its year. Raises `RowRefused`."""
    if "date" in places and row.fields[places["date"]].strip():
        heading = sheet.header[places["date"]]
        day = Cells(sheet.table, row).day(heading)
        if day is None:
            raise refused(heading, row.fields[places["date"]], _no_day())
        return day
    if "year" in places and (text := row.fields[places["year"]]).strip():
        return end_of_year(check_year(text, sheet.header[places["year"]], today))
    if year is not None:
        return end_of_year(year)
    raise RowRefused(
        "date",
        "",
        Message(N_("The row has neither a date nor a year.")),
        Message(N_("Write the day that the figure holds for, or the year that it ends.")),
    )


def _no_day() -> Problem:
    return Problem(
        Message(N_("This is not a date.")),
        next_step=Message(N_("Write the date as 2022-04-25 or 25-04-2022.")),
    )

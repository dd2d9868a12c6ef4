"""Which of a layout's columns an edition of its file has: they change from year to year."""

from __future__ import annotations

from collections.abc import Mapping

from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.imports.layouts import Column, Layout
from clusterwork.measures.imports.reading import Sheet, lacks
from clusterwork.registry.imports.records import Notice
from clusterwork.registry.imports.table import normal


def columns_of(layout: Layout, sheet: Sheet, headings: Mapping[str, int]) -> list[Column]:
    """Those that the file has; says which it lacks. Raises `WrongHeader` where it has none.

    `headings` are the places of the file's columns by their names as `normal` has them.
    """
    held = [column for column in layout.columns if _has(column, headings)]
    if normal(layout.number) not in headings or not held:
        wanted = [name for name in layout.headings if name != layout.year]
        raise lacks(sheet, [name for name in wanted if normal(name) not in headings])
    _note_absent(layout, held, sheet)
    return held


def place_of(column: Column, headings: Mapping[str, int]) -> int | None:
    """Where the column stands, by either of its names."""
    for name in (column.heading, column.also):
        if name and normal(name) in headings:
            return headings[normal(name)]
    return None


def _has(column: Column, headings: Mapping[str, int]) -> bool:
    if column.worked_out:
        return {normal(column.numerator), normal(column.denominator)} <= set(headings)
    return place_of(column, headings) is not None


def _note_absent(layout: Layout, held: list[Column], sheet: Sheet) -> None:
    others = {column.heading for column in held} | {layout.number, layout.year}
    if absent := [name for name in layout.headings if name not in others]:
        text = N_("This edition of the file lacks columns that others have: %(columns)s.")
        sheet.table.notices.append(Notice(0, Message(text, {"columns": ", ".join(absent)})))

"""Tables in Word, with header rows that come again and rows that stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from clusterwork.documents.tables import Column, Table
from clusterwork.documents.texts import Run, Text, heading_runs, is_weighed, plain, runs_of
from clusterwork.documents.word.file import File
from clusterwork.documents.word.runs import spoken_in, write_runs
from clusterwork.documents.word.xml import added, made

TALL, TALL_COMPACT = Cm(1.2), Cm(0.9)
BORDERS = {
    "top": {"val": "nil"},
    "bottom": {"val": "single", "sz": "4", "space": "0", "color": "B1B4B6"},
    "insideH": {"val": "single", "sz": "4", "space": "0", "color": "B1B4B6"},
}
LONGEST_CAPTION = 255


class TableWriter:
    """Writes one table, its texts in a language."""

    def __init__(self, file: File, part: Table, *, language: str) -> None:
        self.file, self.part, self.language = file, part, language
        self.columns = part.full_columns()

    def write(self) -> None:
        """Adds the caption and the table, as wide as the text."""
        self._runs(self.file.paragraph("Caption"), heading_runs(self.part.caption))
        self.grid = self.file.word.add_table(rows=1 + len(self.part.rows), cols=len(self.columns))
        _dress(self.grid, self.part)
        _widths(self.grid, self.columns, self.file.width)
        header, *rows = self.grid._tbl.tr_lst
        self._header(header)
        for number, (row, texts) in enumerate(zip(rows, self.part.rows, strict=True), start=1):
            self._row(row, texts, total=self.part.total and number == len(rows))
        self.file.paragraph("Normal").paragraph_format.space_after = Pt(0)

    def _runs(self, paragraph: Any, runs: Sequence[Run], *, strong: bool = False) -> None:
        spoken = spoken_in(self.language, runs)
        write_runs(paragraph, spoken, language=self.file.language, strong=strong)

    def _header(self, row: Any) -> None:
        properties = row.get_or_add_trPr()
        added(properties, "w:cantSplit")
        added(properties, "w:tblHeader")
        for cell, column in zip(row.tc_lst, self.columns, strict=True):
            self._cell(cell, column, heading_runs(column.header), strong=True)

    def _row(self, row: Any, texts: Sequence[Text], *, total: bool) -> None:
        properties = row.get_or_add_trPr()
        added(properties, "w:cantSplit")
        if self.part.tall:
            tall = TALL_COMPACT if self.file.compact else TALL
            added(properties, "w:trHeight", val=str(int(tall.twips)), hRule="atLeast")
        for place, (cell, text) in enumerate(zip(row.tc_lst, texts, strict=True)):
            headed = self.part.row_headers and place == 0
            runs = heading_runs(text) if headed else runs_of(text)
            self._cell(
                cell, self.columns[place], runs, strong=total or (headed and not is_weighed(text))
            )

    def _cell(self, cell: Any, column: Column, runs: Sequence[Run], *, strong: bool) -> None:
        paragraph = Paragraph(cell.p_lst[0], self.grid)
        layout = paragraph.paragraph_format
        layout.space_before = layout.space_after = Pt(2)
        if column.numeric:
            layout.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._runs(paragraph, runs, strong=strong)


def _dress(grid: Any, part: Table) -> None:
    grid.autofit = False
    properties = grid._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    borders = made("w:tblBorders")
    for side, line in BORDERS.items():
        added(borders, f"w:{side}", **line)
    properties.find(qn("w:tblLayout")).addprevious(borders)
    look = {"firstRow": True, "lastRow": part.total, "firstColumn": part.row_headers}
    bits = 0x20 * look["firstRow"] + 0x40 * look["lastRow"] + 0x80 * look["firstColumn"] + 0x600
    marks = {name: str(int(is_so)) for name, is_so in look.items()}
    properties.append(made("w:tblLook", val=f"{bits:04X}", **marks, noHBand="1", noVBand="1"))
    added(properties, "w:tblCaption", val=plain(part.caption)[:LONGEST_CAPTION])


def _widths(grid: Any, columns: Sequence[Column], width: int) -> None:
    whole = sum(column.width for column in columns)
    for column, place in zip(columns, grid._tbl.tblGrid.gridCol_lst, strict=True):
        place.w = int(width * column.width / whole)
    for row in grid._tbl.tr_lst:
        for cell, place in zip(row.tc_lst, grid._tbl.tblGrid.gridCol_lst, strict=True):
            cell.width = place.w

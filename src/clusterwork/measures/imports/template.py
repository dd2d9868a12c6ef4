"""The template of a file of figures, to be filled in: CSV or a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from clusterwork.kernel.messages import N_
from clusterwork.measures.imports.columns import COLUMNS, WELSH

# What each column is for; the second sheet of the workbook shows it.
MEANINGS = {
    "measure": N_("The measure's code, as the catalogue has it."),
    "school_number": N_("The school's URN, Welsh number or LAESTAB."),
    "school": N_("The school's name, for whoever reads the file; it is not read here."),
    "date": N_("The day that the figure holds for."),
    "year": N_("Instead of a date: the year in which the school year ended, 2026 for 2025/26."),
    "group": N_("The group that the figure is of. Left empty: all."),
    "value": N_("The number, or a code that says why there is none."),
    "denominator": N_("How many were counted."),
    "numerator": N_("Of them, how many the measure is true of."),
    "source": N_("Where the figure comes from, if not from the measure's own source."),
}
WIDTH = 18


def headings(language: str = "en") -> list[str]:
    """The columns by our own names, or as a Welsh spreadsheet calls them."""
    return [WELSH[column] for column in COLUMNS] if language == "cy" else list(COLUMNS)


def as_csv(language: str = "en") -> str:
    """One line with the columns."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(headings(language))
    return out.getvalue()


def as_workbook(meanings: Sequence[str], titles: tuple[str, str], language: str = "en") -> bytes:
    """A sheet to fill in, and one that says what each column is for."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet, about = book.active, book.create_sheet(titles[1])
    sheet.title = titles[0]
    sheet.append(headings(language))
    sheet.freeze_panes = "A2"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = WIDTH
    for heading, meaning in zip(headings(language), meanings, strict=True):
        about.append([heading, meaning])
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 24, 100
    for row in about.iter_rows():
        row[0].font, row[1].alignment = Font(bold=True), Alignment(wrap_text=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

"""The template of the spreadsheet of clusters, to be filled in: CSV or a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from clusterwork.clusters.imports import words
from clusterwork.clusters.imports.columns import COLUMNS, WELSH
from clusterwork.kernel.messages import N_

# What each column is for; the second sheet of the workbook shows it.
MEANINGS = {
    "cluster": N_("The cluster's name. Below the first row of a cluster it may stay empty."),
    "cluster_cy": N_("Its name in Welsh."),
    "code": N_("Its number in your own lists, by which it is found again under another name."),
    "organisation": N_("Whose cluster it is, where the file has clusters of several."),
    "cluster_from": N_("Since when there is the cluster. Once is enough."),
    "cluster_until": N_("The first day without it, for one that has ended."),
    "status": N_("How it stands: %(words)s. Left empty: active, or closed where it has ended."),
    "programme": N_("The programmes that it takes part in, parted by semicolons."),
    "school_number": N_("The school's URN, Welsh number or LAESTAB."),
    "school": N_("The school's name. With a number it may stay empty."),
    "partner_kind": N_("For a member that is not a school: %(words)s."),
    "part": N_("What the school is in the cluster: %(words)s. Left empty: core."),
    "lead": N_("A tick for the lead school, instead of its part."),
    "contributes": N_("What a contributing school contributes."),
    "why": N_("Why it contributes."),
    "from": N_("Since when the school is in it. Left empty: as long as the cluster."),
    "until": N_("The first day on which it is no longer in it."),
    "left_because": N_("Why it left."),
    "memorandum_signed": N_("The day on which the school signed the memorandum."),
    "chair": N_("A tick, or better the name of the chair, in the row of the chair's school."),
    "chair_email": N_("The chair's e-mail address, which joins them to their sign-in."),
    "chair_from": N_("Since when, if not as long as the school is in it."),
    "chair_until": N_("The first day on which they are no longer the chair."),
    "coordinator": N_("The coordinator's name."),
    "coordinator_email": N_("The coordinator's e-mail address."),
    "link_adviser": N_("The adviser's name. A school with another than most has its own."),
    "link_adviser_email": N_("The adviser's e-mail address."),
    "role": N_("In a row for a person instead of a school, what they are: %(words)s."),
    "person": N_("In such a row, the person's name."),
    "email": N_("In such a row, the person's e-mail address."),
    "strand": N_("In such a row, the strand that a strand coordinator coordinates."),
}
WORDS = {
    "status": words.STATUSES,
    "partner_kind": words.PARTNER_KINDS,
    "part": words.PARTS,
    "role": words.ROLES,
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


def as_workbook(
    meanings: Sequence[tuple[str, str]], titles: tuple[str, str], language: str = "en"
) -> bytes:
    """A sheet to fill in, and one that says what each column is for."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet, about = book.active, book.create_sheet(titles[1])
    sheet.title = titles[0]
    sheet.append(headings(language))
    sheet.freeze_panes = "B2"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = max(WIDTH, len(str(cell.value)) + 2)
    for heading, (_, meaning) in zip(headings(language), meanings, strict=True):
        about.append([heading, meaning])
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 24, 100
    for row in about.iter_rows():
        row[0].font, row[1].alignment = Font(bold=True), Alignment(wrap_text=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def words_of(column: str) -> str:
    """The words that a column knows, parted by commas."""
    return ", ".join(WORDS.get(column, ()))

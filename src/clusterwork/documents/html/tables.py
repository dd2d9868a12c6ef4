"""Tables as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from clusterwork.documents.html.elements import element, runs_as_html
from clusterwork.documents.tables import Column, Table
from clusterwork.documents.texts import Text, heading_runs, is_weighed, plain, runs_of

CAPTION = "govuk-table__caption govuk-table__caption--s"


def table_as_html(part: Table, language: str) -> str:
    """The table, in a region that scrolls by itself where the page is narrow."""
    columns = part.full_columns()
    headers = "".join(_header(each.header, each, "col", language) for each in columns)
    head = element("tr", headers, class_="govuk-table__row")
    rows = "".join(_row(row, columns, part.row_headers, language) for row in part.rows)
    inner = (
        element("caption", runs_as_html(heading_runs(part.caption), language), class_=CAPTION)
        + element(
            "thead", element("tr", head, class_="govuk-table__row"), class_="govuk-table__head"
        )
        + element("tbody", rows, class_="govuk-table__body")
    )
    return element(
        "div",
        element("table", inner, class_=_classes(part)),
        class_="cw-scroll",
        tabindex="0",
        role="region",
        aria_label=plain(heading_runs(part.caption)),
    )


def _row(row: Sequence[Text], columns: Sequence[Column], headed: bool, language: str) -> str:
    cells = [
        _header(cell, column, "row", language)
        if headed and number == 0
        else _cell(cell, column, language)
        for number, (cell, column) in enumerate(zip(row, columns, strict=True))
    ]
    return element("tr", "".join(cells), class_="govuk-table__row")


def _header(text: Text, column: Column, scope: str, language: str) -> str:
    inner, look = runs_as_html(heading_runs(text), language), _look("header", column)
    if is_weighed(text):
        look += " cw-document__weighed"
    return element("th", inner, scope=scope, class_=look)


def _cell(text: Text, column: Column, language: str) -> str:
    return element("td", runs_as_html(runs_of(text), language), class_=_look("cell", column))


def _look(kind: str, column: Column) -> str:
    name = f"govuk-table__{kind}"
    return f"{name} {name}--numeric" if column.numeric else name


def _classes(table: Table) -> str:
    extra = (("total", table.total), ("tall", table.tall))
    return " ".join(["govuk-table", *(f"cw-document__{name}" for name, is_so in extra if is_so)])

"""Documents to write and read again."""

from __future__ import annotations

import datetime as dt

from clusterwork.documents import (
    Block,
    Bullets,
    Column,
    Contents,
    Definitions,
    Document,
    Figure,
    Heading,
    Item,
    Note,
    Numbered,
    PageBreak,
    Paragraph,
    Run,
    Signature,
    Signatures,
    Table,
)

PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60">
<rect x="5" y="5" width="90" height="40" fill="#d2e2f1" stroke="#0b0c0c"/>
<text x="12" y="30" font-size="12">Sŵn y tŷ</text></svg>"""

ALT = "One box: shared reading days."
LINES: tuple[Block, ...] = (
    Contents(),
    Heading(1, "Priorities"),
    Paragraph("Read more together.", lead=True),
    Paragraph(("Agreed in Welsh: ", Run("Darllen gyda’n gilydd", language="cy"), ".")),
    Heading(2, "Actions"),
    Bullets(("First point", Item("Second point", Numbered(("Inner one", "Inner two"))))),
    Definitions((("Owner", "Ann Morgan"), ("Money", ""))),
    Table(
        "Actions of the priority",
        (Column("Action", width=3), "School", Column("Cost", numeric=True)),
        [("Reading days", "Ysgol y Bryn", "1,200"), ("All", "", "1,200")],
        total=True,
    ),
    Note("Register of schools", kind="source"),
    Figure(PICTURE, ALT, caption="How it should work", width=0.5),
    PageBreak(),
    Heading(1, "Signing"),
    Signatures("Who signs", (Signature("Ysgol y Bryn", "Ann Morgan", "Head", "9 January 2027"),)),
)


def a_document(*parts: Block, language: str = "en-gb", title: str = "Cluster plan") -> Document:
    """A document of some blocks; of every kind where none is given."""
    return Document(
        title,
        language,
        parts or LINES,
        version="2.1",
        date=dt.date(2027, 1, 9),
        organisation="Invented County",
        status="Draft",
    )


def long_table(n_rows: int) -> Table:
    """A table that reaches several pages."""
    rows = [(f"Action {number}", f"Owner {number}") for number in range(n_rows)]
    return Table("Every action", ("Action", "Owner"), rows)

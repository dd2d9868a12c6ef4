"""Row headers in the tags of a PDF: the typesetter tags only those of columns.

The typesetter writes every object plainly, in order, under one table of places; this reads the
objects of the tags, changes those of row headers, and writes the file anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

PLACES = re.compile(rb"\d{10} \d{5} [nf]")
START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
TAG = re.compile(rb"/Type/StructElem/S/(\w+)")
KIDS = re.compile(rb"/K\[([^\]]*)\]")
REFERENCE = re.compile(rb"(\d+) 0 R")
OF_COLUMN = re.compile(rb"<</O/Table/Headers\[[^\]]*\]>>")
ROW_HEADER = b"<</O/Table/Scope/Row>>"


class OtherTables(Exception):
    """The file's tags hold other tables than the document does."""


def with_row_headers(pdf: bytes, headed: Sequence[bool]) -> bytes:
    """The file with the first cell of each row a header, in the tables where `headed` says so.

    `headed` holds a mark for each table in reading order.
    """
    if not any(headed):
        return pdf
    file = Objects(pdf)
    tables = list(file.tagged(b"Table", file.root()))
    if len(tables) != len(headed):
        raise OtherTables(f"{len(tables)} tables are tagged where {len(headed)} were written.")
    for table, is_headed in zip(tables, headed, strict=True):
        if is_headed:
            _change(file, table)
    return file.written()


def _change(file: Objects, table: int) -> None:
    for body in file.tagged(b"TBody", table):
        for row in file.tagged(b"TR", body):
            header, *cells = file.kids(row)
            _as_header(file, header)
            for cell in cells:
                _by_scope(file, cell)


def _as_header(file: Objects, cell: int) -> None:
    tagged = file.objects[cell].replace(b"/S/TD/", b"/S/TH/", 1)
    file.objects[cell] = OF_COLUMN.sub(ROW_HEADER, tagged, count=1)


def _by_scope(file: Objects, cell: int) -> None:
    """Drops the list of column headers, which would hide that of the row."""
    file.objects[cell] = OF_COLUMN.sub(b"", file.objects[cell], count=1).replace(b"/A[]", b"")


class Objects:
    """The objects of a PDF by number, as bytes that can be changed."""

    def __init__(self, pdf: bytes) -> None:
        match = START.search(pdf)
        if match is None:
            raise OtherTables("The file does not end as expected.")
        table = int(match[1])
        self.trailer = pdf[pdf.index(b"trailer", table) : match.start()]
        places = [int(line[:10]) for line in PLACES.findall(pdf, table)]
        if places[1:] != sorted(places[1:]):
            raise OtherTables("The objects do not stand in order.")
        ends = [*places[2:], table]
        self.head = pdf[: places[1]]
        self.objects = {
            number: pdf[place:end]
            for number, (place, end) in enumerate(zip(places[1:], ends, strict=True), start=1)
        }

    def root(self) -> int:
        """The element that all others stand in."""
        return next(
            number for number, each in self.objects.items() if b"/StructElem/S/Document/" in each
        )

    def kids(self, number: int) -> list[int]:
        """The elements in an element, in order."""
        match = KIDS.search(self.objects[number])
        found = [int(each) for each in REFERENCE.findall(match[1])] if match else []
        return [kid for kid in found if TAG.search(self.objects[kid])]

    def tagged(self, tag: bytes, number: int) -> Iterator[int]:
        """The elements of a tag below an element, in reading order, none within another."""
        for kid in self.kids(number):
            match = TAG.search(self.objects[kid])
            if match and match[1] == tag:
                yield kid
            else:
                yield from self.tagged(tag, kid)

    def written(self) -> bytes:
        """The file, with the table of places anew."""
        lengths = [len(self.head), *map(len, self.objects.values())]
        *places, table = accumulate(lengths)
        lines = [b"0000000000 65535 f\r\n", *(b"%010d 00000 n\r\n" % each for each in places)]
        return b"".join(
            (
                self.head,
                *self.objects.values(),
                b"xref\n0 %d\n" % len(lines),
                *lines,
                b"%bstartxref\n%d\n%%%%EOF" % (self.trailer, table),
            )
        )

"""Rows as a CSV file that a spreadsheet opens without taking a name for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

from clusterwork.kernel.formulas import harmless

BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows that the file is UTF-8


def csv_response(
    name: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """A download called `name`.csv, sent row by row."""
    response = StreamingHttpResponse(
        csv_lines(header, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The file line by line; the first with the byte order mark."""
    writer = csv.writer(Echo())
    yield BYTE_ORDER_MARK + writer.writerow([harmless(cell) for cell in header])
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


class Echo:
    """Hands back what the csv writer writes."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line

"""Rejected rows as a CSV in the file's own columns, with line, column and reason, to be mended."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

from clusterwork.kernel.formulas import harmless
from clusterwork.registry.imports.records import Rejection

ADDED = ("line", "column", "reason")


def write_rejected(
    out: TextIO,
    header: Sequence[str],
    rejections: Iterable[Rejection],
    gettext: Callable[[str], str] = str,
) -> None:
    """The rows as they stood; a row with too many fields keeps them after the added columns.

    What a spreadsheet would take for a formula gets an apostrophe, which `Table` takes off again.
    """
    writer = csv.writer(out)
    writer.writerow([*map(harmless, header), *ADDED])
    width = len(header)
    for rejection in rejections:
        fields = [*rejection.fields, *[""] * (width - len(rejection.fields))]
        why = f"{rejection.reason.translated(gettext)} {rejection.next_step.translated(gettext)}"
        told = [rejection.line, rejection.column, why]
        writer.writerow(map(harmless, [*fields[:width], *told, *fields[width:]]))

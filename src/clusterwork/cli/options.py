"""The options that the loading commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Spreadsheet = Annotated[Path, typer.Argument(help="CSV, plain or gzip, or an Excel workbook.")]
Sheet = Annotated[str, typer.Option(help="A sheet of the workbook; else the first.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")]
AcceptGood = Annotated[
    bool, typer.Option("--accept-good-rows", help="Load the good rows although others are bad.")
]
Json = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]
RejectedTo = Annotated[
    Path | None, typer.Option("--rejected", help="Write the rejected rows to this CSV, to mend.")
]
TemplateTo = Annotated[
    Path | None,
    typer.Option("--out", help="Write it here: a workbook if the name ends in .xlsx."),
]
Welsh = Annotated[bool, typer.Option("--welsh", help="The columns' Welsh names.")]

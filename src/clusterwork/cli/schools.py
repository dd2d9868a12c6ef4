"""The commands `clusterwork schools …`: register files and their siblings into the register."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clusterwork.cli.loading import (
    REJECTED,
    open_register,
    progress_bar,
    tell,
    today,
    told_if_unreadable,
    write_rejected_to,
)
from clusterwork.cli.options import AcceptGood, DryRun, Json, RejectedTo

if TYPE_CHECKING:
    from clusterwork.registry.services.runs import Reading

app = typer.Typer(no_args_is_help=True, help="Bring schools and what is known of them in.")


class Source(StrEnum):
    """The kinds of register file."""

    gias = "gias"
    wales = "wales"
    csv = "csv"


File = Annotated[Path, typer.Argument(help="CSV, plain or gzip; UTF-8 or Windows-1252.")]
AsAt = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d", "%d-%m-%Y"], help="The day the facts stand for; else today."),
]
Complete = Annotated[
    bool,
    typer.Option(
        "--complete",
        help="The file lists every open school of its authorities: close those it does not name.",
    ),
]


@app.command("import")
def import_schools(
    file: File,
    source: Annotated[Source, typer.Option(help="Which register the file comes from.")],
    as_at: AsAt = None,
    dry_run: DryRun = False,
    accept_good_rows: AcceptGood = False,
    as_json: Json = False,
    complete: Complete = False,
    rejected: RejectedTo = None,
) -> None:
    """Load a register of schools.

    Ends with 0 when loaded, 1 when nothing was loaded because rows were rejected, and 2 when the
    file could not be read.
    """
    with open_register(), told_if_unreadable(as_json), progress_bar(file, as_json) as progress:
        from clusterwork.registry.services.imports import import_register

        draft, run = import_register(
            file,
            source=source.value,
            by=None,
            today=today(),
            as_at=as_at.date() if as_at else None,
            complete=complete,
            accept_good_rows=accept_good_rows,
            dry_run=dry_run,
            progress=progress,
        )
        loaded = run is not None and run.state == "confirmed"
    _finish(draft, loaded, dry_run, accept_good_rows, as_json, rejected)


Year = Annotated[
    int | None,
    typer.Option(help="The year in which the school year ended, if the file has no such column."),
]
Scale = Annotated[
    str | None, typer.Option(help="Code of the scale, e.g. ofsted, if the file has no such column.")
]


@app.command()
def links(
    file: File,
    dry_run: DryRun = False,
    accept_good_rows: AcceptGood = False,
    as_json: Json = False,
    rejected: RejectedTo = None,
) -> None:
    """Load which school follows which (GIAS links)."""
    with open_register():
        _load_list("load_links", file, dry_run, accept_good_rows, as_json, rejected)


@app.command()
def groups(
    file: File,
    members: Annotated[
        Path | None, typer.Option(help="The list of members, loaded after the groups.")
    ] = None,
    dry_run: DryRun = False,
    accept_good_rows: AcceptGood = False,
    as_json: Json = False,
    rejected: RejectedTo = None,
) -> None:
    """Load trusts and federations, or their members (GIAS groups and group links)."""
    with open_register():
        _load_list("load_groups", file, dry_run, accept_good_rows, as_json, rejected)
        if members:
            beside = rejected and rejected.with_stem(f"{rejected.stem}-members")
            _load_list("load_groups", members, dry_run, accept_good_rows, as_json, beside)


@app.command()
def partnerships(
    file: File,
    dry_run: DryRun = False,
    accept_good_rows: AcceptGood = False,
    as_json: Json = False,
    rejected: RejectedTo = None,
) -> None:
    """Load alliances, networks, local clusters and other groupings."""
    with open_register():
        _load_list("load_partnerships", file, dry_run, accept_good_rows, as_json, rejected)


@app.command()
def census(
    file: File,
    year: Year = None,
    dry_run: DryRun = False,
    accept_good_rows: AcceptGood = False,
    as_json: Json = False,
    rejected: RejectedTo = None,
) -> None:
    """Load a census: pupils, free school meals and more, of one year."""
    with open_register():
        _load_list("load_census", file, dry_run, accept_good_rows, as_json, rejected, year=year)


@app.command()
def inspections(
    file: File,
    scale: Scale = None,
    dry_run: DryRun = False,
    accept_good_rows: AcceptGood = False,
    as_json: Json = False,
    rejected: RejectedTo = None,
) -> None:
    """Load inspection grades or support categories by date."""
    with open_register():
        _load_list(
            "load_assessments", file, dry_run, accept_good_rows, as_json, rejected, scale=scale
        )


@app.command()
def flows(
    file: File,
    dry_run: DryRun = False,
    accept_good_rows: AcceptGood = False,
    as_json: Json = False,
    rejected: RejectedTo = None,
) -> None:
    """Load how many pupils moved on from which school to which."""
    with open_register():
        _load_list("load_flows", file, dry_run, accept_good_rows, as_json, rejected)


@app.command()
def template() -> None:
    """Print the columns of `--source csv`, to be filled in with a spreadsheet."""
    from clusterwork.registry.imports.template import COLUMNS

    typer.echo(",".join(COLUMNS))


def _load_list(
    service: str,
    file: Path,
    dry_run: bool,
    accept_good_rows: bool,
    as_json: bool,
    rejected: Path | None,
    **options: Any,
) -> None:
    from clusterwork.registry.services import lists

    with told_if_unreadable(as_json), progress_bar(file, as_json) as progress:
        outcome, run = getattr(lists, service)(
            file,
            by=None,
            today=today(),
            accept_good_rows=accept_good_rows,
            dry_run=dry_run,
            progress=progress,
            **options,
        )
        loaded = run is not None and run.state == "confirmed"
    _finish(outcome, loaded, dry_run, accept_good_rows, as_json, rejected)


def _finish(
    reading: Reading,
    loaded: bool,
    dry_run: bool,
    accept_good_rows: bool,
    as_json: bool,
    rejected: Path | None,
) -> None:
    if rejected:
        write_rejected_to(rejected, reading)
    tell(reading, loaded=loaded, dry_run=dry_run, as_json=as_json)
    if reading.rejections and not accept_good_rows:
        raise typer.Exit(REJECTED)

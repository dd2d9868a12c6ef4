"""The commands `clusterwork schools …`: register files and their siblings into the register."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from clusterwork.registry.imports.records import Notice, Rejection
    from clusterwork.registry.services.drafts import Progress
    from clusterwork.registry.services.runs import Reading

LOADED, REJECTED, UNREADABLE = 0, 1, 2
SHOWN = 20  # rejected rows told one by one; the rest are counted

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
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")]
AcceptGood = Annotated[
    bool, typer.Option("--accept-good-rows", help="Load the good rows although others are bad.")
]
Json = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]
Complete = Annotated[
    bool,
    typer.Option(
        "--complete",
        help="The file lists every open school of its authorities: close those it does not name.",
    ),
]
RejectedTo = Annotated[
    Path | None, typer.Option("--rejected", help="Write the rejected rows to this CSV, to mend.")
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
    from clusterwork.cli.house import open_house

    with open_house(), told_if_unreadable(as_json), progress_bar(file, as_json) as progress:
        from clusterwork.registry.services.imports import import_register

        draft, run = import_register(
            file,
            source=source.value,
            by=None,
            today=_today(),
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
    for each in (file, members) if members else (file,):
        _load_list("load_groups", each, dry_run, accept_good_rows, as_json, rejected)


@app.command()
def partnerships(
    file: File,
    dry_run: DryRun = False,
    accept_good_rows: AcceptGood = False,
    as_json: Json = False,
    rejected: RejectedTo = None,
) -> None:
    """Load alliances, networks, local clusters and other groupings."""
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
    _load_list("load_assessments", file, dry_run, accept_good_rows, as_json, rejected, scale=scale)


@app.command()
def flows(
    file: File,
    dry_run: DryRun = False,
    accept_good_rows: AcceptGood = False,
    as_json: Json = False,
    rejected: RejectedTo = None,
) -> None:
    """Load how many pupils moved on from which school to which."""
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
    from clusterwork.cli.house import open_house

    with open_house(), told_if_unreadable(as_json), progress_bar(file, as_json) as progress:
        from clusterwork.registry.services import lists

        outcome, run = getattr(lists, service)(
            file,
            by=None,
            today=_today(),
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
        _write_rejected(rejected, reading)
    _tell(reading, loaded=loaded, dry_run=dry_run, as_json=as_json)
    if reading.rejections and not accept_good_rows:
        raise typer.Exit(REJECTED)


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()


@contextmanager
def told_if_unreadable(as_json: bool) -> Iterator[None]:
    """Says in words, or as JSON, why a file can't be read; ends with 2."""
    from clusterwork.registry.imports.raw import FileUnreadable

    try:
        yield
    except FileUnreadable as error:
        if as_json:
            parts = {"what": error.what, "why": error.why, "next_step": error.next_step}
            told = {name: str(part) for name, part in parts.items() if part}
            typer.echo(json.dumps({"error": told}, ensure_ascii=False, indent=2))
        else:
            typer.echo(str(error), err=True)
        raise typer.Exit(UNREADABLE) from error


@contextmanager
def progress_bar(file: Path, as_json: bool) -> Iterator[Progress | None]:
    """A bar on a terminal; nothing where the output goes to a file or a program."""
    if as_json or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(file.name, total=None)
        yield lambda position, size: bar.update(task, completed=position, total=size)


def _write_rejected(path: Path, draft: Reading) -> None:
    from clusterwork.registry.imports.rejected import write_rejected

    with path.open("w", encoding="utf-8", newline="") as out:
        write_rejected(out, draft.header, draft.rejections)


def _tell(draft: Reading, *, loaded: bool, dry_run: bool, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(_as_json(draft, loaded, dry_run), ensure_ascii=False, indent=2))
        return
    state = "Nothing was written (dry run)." if dry_run else "Loaded." if loaded else ""
    counts = ", ".join(f"{name} {n}" for name, n in draft.counts.items())
    typer.echo(f"{draft.file_name}, as at {draft.as_at}: {counts}. {state}".rstrip())
    tell_notices(draft.notices)
    tell_rejections(draft.rejections)
    if draft.rejections and not loaded and not dry_run:
        typer.echo(
            "Nothing was loaded. Mend the rows (--rejected FILE writes them out) and load the "
            "file again, or add --accept-good-rows.",
            err=True,
        )


def _as_json(draft: Reading, loaded: bool, dry_run: bool) -> dict[str, Any]:
    return {
        **draft.counts,
        "rejections": [rejection_json(rejection) for rejection in draft.rejections],
        "notices": [str(notice.text) for notice in draft.notices],
        "as_at": draft.as_at.isoformat(),
        "sha256": draft.sha256,
        "loaded": loaded,
        "dry_run": dry_run,
    }


def rejection_json(rejection: Rejection) -> dict[str, Any]:
    """Where, what and why, in one flat object."""
    return {
        "line": rejection.line,
        "column": rejection.column,
        "value": rejection.value,
        "reason": str(rejection.reason),
        "next_step": str(rejection.next_step),
    }


def tell_notices(notices: list[Notice]) -> None:
    """What was put up with, a line each."""
    for notice in notices:
        typer.echo(f"Note: {notice.text}", err=True)


def tell_rejections(rejections: list[Rejection]) -> None:
    """The first rejected rows, and how many more there are."""
    for rejection in rejections[:SHOWN]:
        where = (
            f"Line {rejection.line}, column {rejection.column or '–'}, value {rejection.value!r}"
        )
        typer.echo(f"{where}: {rejection.reason} {rejection.next_step}", err=True)
    if len(rejections) > SHOWN:
        typer.echo(f"… and {len(rejections) - SHOWN} more.", err=True)

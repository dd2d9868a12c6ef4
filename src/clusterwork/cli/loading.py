"""What the loading commands share: the register opened, progress, and how it went in words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

if TYPE_CHECKING:
    from clusterwork.registry.imports.records import Notice, Rejection
    from clusterwork.registry.services.drafts import Progress
    from clusterwork.registry.services.runs import Reading

REJECTED, UNREADABLE = 1, 2
NOT_LOADED = (
    "Nothing was loaded. Mend the rows (--rejected FILE writes them out) and load the "
    "file again, or add --accept-good-rows."
)
SHOWN = 20  # rejected rows told one by one; the rest are counted


class TablesMissing(Problem):
    """The database that DATABASE_URL names has not been set up."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("The database has no tables yet.")),
            next_step=Message(N_("Run this first: clusterwork migrate.")),
        )


@contextmanager
def open_register() -> Iterator[None]:
    """The house opened; an embedded database that is still empty is set up first."""
    from clusterwork.cli.house import open_house

    is_embedded = "DATABASE_URL" not in os.environ
    with open_house():
        if not _has_tables():
            if not is_embedded:
                raise TablesMissing
            typer.echo("Setting up the database …", err=True)
            command = [sys.executable, "-m", "clusterwork", "migrate"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        yield


def _has_tables() -> bool:
    from django.db import connection

    return "registry_school" in connection.introspection.table_names()


def today() -> date:
    """The day on which the command runs, by the settings' own clock."""
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

        def note(position: int, size: int) -> None:
            if position < size:
                bar.update(task, completed=position, total=size)
            else:
                bar.update(task, description="Comparing and writing …", total=None)

        yield note


def write_rejected_to(path: Path, draft: Reading) -> None:
    from clusterwork.registry.imports.rejected import write_rejected

    with path.open("w", encoding="utf-8", newline="") as out:
        write_rejected(out, draft.header, draft.rejections)


def tell(draft: Reading, *, loaded: bool, dry_run: bool, as_json: bool) -> None:
    if as_json:
        about = {**draft.counts, "as_at": draft.as_at.isoformat()}
        tell_json(about, draft, loaded=loaded, dry_run=dry_run)
        return
    counts = ", ".join(f"{name} {n}" for name, n in draft.counts.items())
    state = state_words(loaded, dry_run)
    typer.echo(f"{draft.file_name}, as at {draft.as_at}: {counts}. {state}".rstrip())
    tell_notices(draft.notices)
    tell_rejections(draft.rejections)
    if draft.rejections and not loaded and not dry_run:
        typer.echo(NOT_LOADED, err=True)


def state_words(loaded: bool, dry_run: bool) -> str:
    """Whether anything was written; empty where rows stood in the way."""
    return "Nothing was written (dry run)." if dry_run else "Loaded." if loaded else ""


def tell_json(about: dict[str, Any], draft: Any, *, loaded: bool, dry_run: bool) -> None:
    """One object: `about`, and what every draft has."""
    told = about | {
        "rejections": [rejection_json(rejection) for rejection in draft.rejections],
        "notices": [str(notice.text) for notice in draft.notices],
        "sha256": draft.sha256,
        "loaded": loaded,
        "dry_run": dry_run,
    }
    typer.echo(json.dumps(told, ensure_ascii=False, indent=2))


def write_template(
    made: Any, out: Path | None, language: str, meanings: Sequence[Any], name: str
) -> None:
    """The columns that the module `made` tells, printed or as the file that is asked for."""
    if out is None:
        typer.echo(made.as_csv(language), nl=False)
    elif out.suffix.casefold() == ".xlsx":
        out.write_bytes(made.as_workbook(meanings, (name, "columns"), language))
    else:
        out.write_text(made.as_csv(language), encoding="utf-8")


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

"""The commands `clusterwork figures …`: files of figures into the system."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clusterwork.cli.clusters import organisation_named
from clusterwork.cli.loading import (
    REJECTED,
    open_register,
    progress_bar,
    rejection_json,
    tell_notices,
    tell_rejections,
    today,
    told_if_unreadable,
    write_rejected_to,
)

if TYPE_CHECKING:
    from clusterwork.measures.services.uploading.drafting import Draft

app = typer.Typer(no_args_is_help=True, help="Bring figures of schools in.")
SHOWN = 20


@app.callback()
def figures() -> None:
    """Bring figures of schools in."""


@app.command()
def load(
    file: Annotated[Path, typer.Argument(help="CSV, plain or gzip, or an Excel workbook.")],
    layout: Annotated[
        str, typer.Option(help="How the file is laid out: see `clusterwork figures layouts`.")
    ] = "long",
    year: Annotated[
        int | None,
        typer.Option(help="The year in which the school year ended, where the file has none."),
    ] = None,
    organisation: Annotated[
        str, typer.Option(help="Whose measures are meant, where there are several organisations.")
    ] = "",
    sheet: Annotated[str, typer.Option(help="A sheet of the workbook; else the first.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change; write nothing.")
    ] = False,
    accept_good_rows: Annotated[
        bool,
        typer.Option("--accept-good-rows", help="Load the good rows although others are bad."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
    rejected: Annotated[
        Path | None,
        typer.Option("--rejected", help="Write the rejected rows to this CSV, to mend."),
    ] = None,
) -> None:
    """Load figures of schools.

    Ends with 0 when loaded, 1 when nothing was loaded because rows were rejected, and 2 when the
    file could not be read.
    """
    _check_layout(layout)
    with open_register(), told_if_unreadable(as_json), progress_bar(file, as_json) as progress:
        from django.utils import timezone

        from clusterwork.measures.services.uploading import loading

        draft, run = loading.import_figures(
            file,
            layout=layout,
            organisation=organisation_named(organisation),
            today=today(),
            now=timezone.now(),
            year=year,
            sheet=sheet,
            accept_good_rows=accept_good_rows,
            dry_run=dry_run,
            progress=progress,
        )
        loaded = run is not None and run.state == "confirmed"
    if rejected:
        write_rejected_to(rejected, draft)
    _tell(draft, loaded=loaded, dry_run=dry_run, as_json=as_json)
    if draft.rejections and not accept_good_rows:
        raise typer.Exit(REJECTED)


@app.command()
def layouts() -> None:
    """List the layouts of files that can be read."""
    from clusterwork.measures.imports.layouts import LAYOUTS

    for code, each in LAYOUTS.items():
        typer.echo(f"{code:8} {each.name}")


@app.command()
def template(
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write it here: a workbook if the name ends in .xlsx."),
    ] = None,
    welsh: Annotated[bool, typer.Option("--welsh", help="The columns' Welsh names.")] = False,
) -> None:
    """Print the columns of our own file of figures, or write a template to fill in."""
    from clusterwork.measures.imports import template as made

    language = "cy" if welsh else "en"
    if out is None:
        typer.echo(made.as_csv(language), nl=False)
    elif out.suffix.casefold() == ".xlsx":
        meanings = list(made.MEANINGS.values())
        out.write_bytes(made.as_workbook(meanings, ("figures", "columns"), language))
    else:
        out.write_text(made.as_csv(language), encoding="utf-8")


def _check_layout(layout: str) -> None:
    from clusterwork.kernel.errors import NotThere
    from clusterwork.kernel.messages import N_, Message
    from clusterwork.measures.imports.layouts import LAYOUTS

    if layout not in LAYOUTS:
        raise NotThere(
            Message(N_("There is no layout of this name: %(name)s."), {"name": layout}),
            next_step=Message(N_("There are these: %(names)s."), {"names": ", ".join(LAYOUTS)}),
        )


def _tell(draft: Draft, *, loaded: bool, dry_run: bool, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(_as_json(draft, loaded, dry_run), ensure_ascii=False, indent=2))
        return
    state = "Nothing was written (dry run)." if dry_run else "Loaded." if loaded else ""
    counts = {"rows": draft.counts["read"]} | {
        f"{name} figures": draft.counts[name] for name in ("new", "changed", "unchanged")
    }
    counts |= {"unmatched rows": draft.counts["unmatched"], "rejected rows": len(draft.rejections)}
    words = ", ".join(f"{name} {n}" for name, n in counts.items())
    typer.echo(f"{draft.file_name}: {words}. {state}".rstrip())
    tell_notices(draft.notices)
    _tell_unmatched(draft)
    tell_rejections(draft.rejections)
    if draft.rejections and not loaded and not dry_run:
        typer.echo(
            "Nothing was loaded. Mend the rows (--rejected FILE writes them out) and load the "
            "file again, or add --accept-good-rows.",
            err=True,
        )


def _tell_unmatched(draft: Draft) -> None:
    numbers = sorted(draft.matching.unmatched)
    if numbers:
        more = f" and {len(numbers) - SHOWN} more" if len(numbers) > SHOWN else ""
        typer.echo(f"Not in the register: {', '.join(numbers[:SHOWN])}{more}.", err=True)


def _as_json(draft: Draft, loaded: bool, dry_run: bool) -> dict[str, object]:
    return {
        **draft.counts,
        "unmatched_numbers": dict(sorted(draft.matching.unmatched.items())),
        "kept_on_a_later_school": dict(sorted(draft.matching.chained.items())),
        "rejections": [rejection_json(rejection) for rejection in draft.rejections],
        "notices": [str(notice.text) for notice in draft.notices],
        "sha256": draft.sha256,
        "loaded": loaded,
        "dry_run": dry_run,
    }

"""The commands `clusterwork figures …`: files of figures into the system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clusterwork.cli.clusters import organisation_named
from clusterwork.cli.loading import (
    NOT_LOADED,
    REJECTED,
    open_register,
    progress_bar,
    state_words,
    tell_json,
    tell_notices,
    tell_rejections,
    today,
    told_if_unreadable,
    write_rejected_to,
    write_template,
)
from clusterwork.cli.options import (
    AcceptGood,
    DryRun,
    Json,
    RejectedTo,
    Sheet,
    Spreadsheet,
    TemplateTo,
    Welsh,
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
    file: Spreadsheet,
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
    sheet: Sheet = "",
    dry_run: DryRun = False,
    accept_good_rows: AcceptGood = False,
    as_json: Json = False,
    rejected: RejectedTo = None,
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
    out: TemplateTo = None,
    welsh: Welsh = False,
) -> None:
    """Print the columns of our own file of figures, or write a template to fill in."""
    from clusterwork.measures.imports import template as made

    write_template(made, out, "cy" if welsh else "en", list(made.MEANINGS.values()), "figures")


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
        tell_json(_as_json(draft), draft, loaded=loaded, dry_run=dry_run)
        return
    counts = {"rows": draft.counts["read"]} | {
        f"{name} figures": draft.counts[name] for name in ("new", "changed", "unchanged")
    }
    counts |= {"unmatched rows": draft.counts["unmatched"], "rejected rows": len(draft.rejections)}
    words = ", ".join(f"{name} {n}" for name, n in counts.items())
    typer.echo(f"{draft.file_name}: {words}. {state_words(loaded, dry_run)}".rstrip())
    tell_notices(draft.notices)
    _tell_unmatched(draft)
    tell_rejections(draft.rejections)
    if draft.rejections and not loaded and not dry_run:
        typer.echo(NOT_LOADED, err=True)


def _tell_unmatched(draft: Draft) -> None:
    numbers = sorted(draft.matching.unmatched)
    if numbers:
        more = f" and {len(numbers) - SHOWN} more" if len(numbers) > SHOWN else ""
        typer.echo(f"Not in the register: {', '.join(numbers[:SHOWN])}{more}.", err=True)


def _as_json(draft: Draft) -> dict[str, object]:
    return {
        **draft.counts,
        "unmatched_numbers": dict(sorted(draft.matching.unmatched.items())),
        "kept_on_a_later_school": dict(sorted(draft.matching.chained.items())),
    }

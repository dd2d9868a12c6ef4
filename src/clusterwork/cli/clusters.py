"""The commands `clusterwork clusters …`: a spreadsheet of clusters into the system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clusterwork.cli.loading import (
    NOT_LOADED,
    REJECTED,
    open_register,
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
    from clusterwork.clusters.rules.arriving.plans import Draft
    from clusterwork.registry.models import Organisation

app = typer.Typer(no_args_is_help=True, help="Bring clusters and their schools in.")
SHOWN = 20


@app.callback()
def clusters() -> None:
    """Bring clusters and their schools in."""


@app.command("import")
def import_clusters(
    file: Spreadsheet,
    organisation: Annotated[
        str,
        typer.Option(
            help="Whose clusters they are, where the rows don't say and there are several."
        ),
    ] = "",
    sheet: Sheet = "",
    dry_run: DryRun = False,
    accept_good_rows: AcceptGood = False,
    change_past: Annotated[
        bool,
        typer.Option("--change-past", help="Change what is held of days that are past, too."),
    ] = False,
    as_json: Json = False,
    rejected: RejectedTo = None,
) -> None:
    """Load clusters with their schools, chairs, coordinators and advisers.

    Ends with 0 when loaded, 1 when nothing was loaded because rows were rejected or past days
    would change, and 2 when the file could not be read.
    """
    with open_register(), told_if_unreadable(as_json):
        from clusterwork.clusters.services.arriving import loading

        draft, run = loading.import_clusters(
            file,
            organisation=organisation_named(organisation),
            today=today(),
            sheet=sheet,
            accept_good_rows=accept_good_rows,
            change_past=change_past,
            dry_run=dry_run,
        )
        loaded = run is not None and run.state == "confirmed"
    if rejected:
        write_rejected_to(rejected, draft)
    _tell(draft, loaded=loaded, dry_run=dry_run, as_json=as_json)
    is_bad = draft.rejections and not accept_good_rows
    if is_bad or (draft.n_past and not change_past and not dry_run):
        raise typer.Exit(REJECTED)


@app.command()
def template(
    out: TemplateTo = None,
    welsh: Welsh = False,
) -> None:
    """Print the columns of the spreadsheet of clusters, or write a template to fill in."""
    from clusterwork.clusters.imports import template as made

    meanings = [
        (column, text % {"words": made.words_of(column)}) for column, text in made.MEANINGS.items()
    ]
    write_template(made, out, "cy" if welsh else "en", meanings, "clusters")


def organisation_named(name: str) -> Organisation | None:
    """The one of this name; without a name the only one there is, else each row has to say."""
    from clusterwork.registry.models import Organisation
    from clusterwork.registry.rules.names import fold

    found = list(Organisation.objects.order_by("name"))
    if name:
        asked = fold(name)
        named = [o for o in found if asked in (fold(o.name), fold(o.name_cy))]
        if len(named) != 1:
            raise _no_such(name, [each.name for each in found])
        return named[0]
    return found[0] if len(found) == 1 else None


def _no_such(name: str, names: list[str]) -> Exception:
    from clusterwork.kernel.errors import NotThere
    from clusterwork.kernel.messages import N_, Message

    return NotThere(
        Message(N_("There is no organisation of this name: %(name)s."), {"name": name}),
        next_step=Message(
            N_("There are these: %(names)s. A new one is made by: clusterwork organisations add."),
            {"names": "; ".join(names[:20]) or "–"},
        ),
    )


def _tell(draft: Draft, *, loaded: bool, dry_run: bool, as_json: bool) -> None:
    if as_json:
        tell_json(_as_json(draft), draft, loaded=loaded, dry_run=dry_run)
        return
    counts = {"rows": draft.n_read, **draft.told, "rejected": len(draft.rejections)}
    words = ", ".join(f"{name.replace('_', ' ')} {n}" for name, n in counts.items() if n)
    typer.echo(f"{draft.file_name}: {words or 'nothing'}. {state_words(loaded, dry_run)}".rstrip())
    tell_notices(draft.notices)
    _tell_past(draft)
    tell_rejections(draft.rejections)
    if not loaded and not dry_run:
        typer.echo(_what_next(draft), err=True)


def _tell_past(draft: Draft) -> None:
    past = [step for step in draft.steps if step.is_past]
    for step in past[:SHOWN]:
        told = "; ".join(
            f"{name} {old or '–'} → {new or '–'}" for name, old, new in step.differences
        )
        typer.echo(
            f"Past days change, line {step.line}: {step.cluster}, {step.subject}: {told}", err=True
        )
    if len(past) > SHOWN:
        typer.echo(f"… and {len(past) - SHOWN} more.", err=True)


def _what_next(draft: Draft) -> str:
    if draft.rejections:
        return NOT_LOADED
    return (
        "Nothing was loaded, because what is held of past days would change. Look at it above, "
        "and add --change-past if it is meant."
    )


def _as_json(draft: Draft) -> dict[str, object]:
    return {
        "read": draft.n_read,
        **draft.told,
        "rejected": len(draft.rejections),
        "steps": [step.shown() for step in draft.steps],
        "as_at": draft.as_at.isoformat(),
    }

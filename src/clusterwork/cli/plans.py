"""The commands `clusterwork plans …`: papers made of a cluster's plan."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clusterwork.cli.loading import open_register, today
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

if TYPE_CHECKING:
    from clusterwork.clusters.models import Cluster
    from clusterwork.documents import AnyDocument

app = typer.Typer(no_args_is_help=True, help="Write papers made of clusters' plans.")


class Format(StrEnum):
    """The formats of a paper."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    JSON = "json"


class NoSuchCluster(Problem):
    """No cluster, or more than one, goes by this name."""


class NoPlan(Problem):
    """The cluster has no plan today."""


@app.callback()
def plans() -> None:
    """Write papers made of clusters' plans."""


@app.command()
def export(
    cluster: Annotated[str, typer.Argument(help="The cluster's code, number or name.")],
    audience: Annotated[
        str,
        typer.Option(
            "--for",
            help="plan, governors, school:NUMBER, strand:NAME, funder:NAME or programme:NAME.",
        ),
    ] = "plan",
    format: Annotated[Format, typer.Option("--format", help="How it is written.")] = Format.PDF,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The file; else one named for the paper.")
    ] = None,
) -> None:
    """Write one paper of the plan that holds today, else of the one that is being written."""
    with open_register():
        document = paper_of(cluster, audience)
    written = _written(document, format)
    path = out or Path(f"{_file_name(f'{cluster} {audience}')}.{format.value}")
    path.write_bytes(written.encode() if isinstance(written, str) else written)
    typer.echo(f"{document.title}: {path}")


def paper_of(name: str, audience: str) -> AnyDocument:
    """The paper for an audience. Raises `NoSuchCluster`, `NoPlan`, `NoSuchAudience`."""
    from clusterwork.plans.papers import audience_of, paper_for
    from clusterwork.plans.selectors.papers import facts_of
    from clusterwork.plans.selectors.plans import plan_on, plan_under_way

    cluster = cluster_named(name)
    if audience.startswith("programme:"):
        return _table(cluster, audience.partition(":")[2])
    plan = plan_on(cluster, today()) or plan_under_way(cluster, today())
    if plan is None:
        raise NoPlan(
            Message(
                N_("The cluster has no plan. Cluster: %(cluster)s."), {"cluster": str(cluster)}
            ),
            next_step=Message(N_("Start one on the cluster's page.")),
        )
    facts = facts_of(plan, today())
    return paper_for(facts.content, audience_of(facts.content, audience), facts.stamp)


def cluster_named(name: str) -> Cluster:
    """The only cluster of that code, number or name. Raises `NoSuchCluster`."""
    from django.db.models import Q

    from clusterwork.clusters.models import Cluster

    fits = Q(code__iexact=name) | Q(working_name__iexact=name) | Q(name__iexact=name)
    fits |= Q(name_cy__iexact=name)
    found = list(Cluster.objects.filter(fits).select_related("organisation")[:2])
    if not found and name.isdigit():
        found = list(Cluster.objects.filter(pk=int(name)).select_related("organisation"))
    if len(found) != 1:
        raise NoSuchCluster(
            Message(
                N_("Several clusters go by this name: %(name)s.")
                if found
                else N_("No cluster goes by this name: %(name)s."),
                {"name": name},
            ),
            next_step=Message(N_("Give its code, or its number from the address of its page.")),
        )
    return found[0]


def _table(cluster: Cluster, name: str) -> AnyDocument:
    from clusterwork.plans.papers import NoSuchAudience
    from clusterwork.plans.selectors.papers import programme_table
    from clusterwork.plans.selectors.reviews import programmes_of

    for programme in programmes_of(cluster, today()):
        if name.casefold() in (programme.name.casefold(), str(programme.pk)):
            return programme_table(programme, today())
    raise NoSuchAudience(
        Message(N_("The cluster is in no programme of this name: %(name)s."), {"name": name}),
        next_step=Message(N_("Look at the cluster's page for its programmes.")),
    )


def _written(document: AnyDocument, format: Format) -> Any:
    from clusterwork.documents import to_docx, to_html_page, to_json, to_pdf

    writers: dict[Format, Any] = {
        Format.DOCX: to_docx,
        Format.PDF: to_pdf,
        Format.HTML: to_html_page,
        Format.JSON: to_json,
    }
    return writers[format](document)


def _file_name(text: str) -> str:
    return "-".join("".join(sign if sign.isalnum() else " " for sign in text).split()).lower()

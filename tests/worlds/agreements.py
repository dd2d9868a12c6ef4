"""What the census of `web.clusters.agreements` needs: a function of the world for each word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from clusterwork.clusters.models import (
    Agreement,
    AgreementVersion,
    Clause,
    Cluster,
    SealedClause,
    Signature,
    SignedCopy,
)
from clusterwork.clusters.selectors.agreements import library_of
from clusterwork.clusters.services.agreements.drafting import pick_clauses
from clusterwork.clusters.services.agreements.library import take_over_starter
from clusterwork.clusters.services.agreements.starting import start_version

PDF = b"%PDF-1.4\n%%EOF\n"


def library_clause(world: Any) -> Clause:
    """A clause that may be left out, of the library of the first kind."""
    who = {"person": world.officer, "day": world.today}
    if not Clause.objects.exists():
        take_over_starter(**who, organisation_pk=world.organisation.pk, kind="memorandum")
    return Clause.objects.filter(required=False)[0]


def agreements_cluster(world: Any) -> Cluster:
    """The cluster with a memorandum in force and a draft, and a data-sharing agreement put out."""
    cluster: Cluster = world.made("cluster")
    world.made("library_clause")
    assert world.delegation  # the head has named somebody to prepare
    if not cluster.agreements.exists():
        _memorandum(world, cluster)
        _version(world, cluster, "data_sharing", "signing")
    return cluster


def _memorandum(world: Any, cluster: Cluster) -> None:
    version = _version(world, cluster, "memorandum", "signing")
    copy = SignedCopy.objects.create(
        name="signed.pdf", media_type="application/pdf", content=PDF, sha256="0" * 64
    )
    Signature.objects.create(
        version=version,
        school=world.school,
        capacity="head",
        way="copy",
        name="Hana Jones",
        post="Headteacher",
        signed_on=world.today,
        copy=copy,
    )
    AgreementVersion.objects.filter(pk=version.pk).update(
        state="in_force", in_force_on=world.today - dt.timedelta(days=400)
    )
    who = {"person": world.people["headteacher"], "day": world.today}
    draft = start_version(**who, cluster_pk=cluster.pk, kind="memorandum")
    pks = [each.pk for each in library_of(world.organisation, "memorandum")]
    pick_clauses(**who, version_pk=draft.pk, clause_pks=pks)


def _version(world: Any, cluster: Cluster, kind: str, state: str) -> AgreementVersion:
    agreement = Agreement.objects.create(cluster=cluster, kind=kind)
    version = AgreementVersion.objects.create(
        agreement=agreement, number=1, review_on=world.today - dt.timedelta(days=1)
    )
    SealedClause.objects.create(
        version=version, section="purpose", place=1, title="Why", text="We work together."
    )
    AgreementVersion.objects.filter(pk=version.pk).update(state=state, opened_at=timezone.now())
    version.refresh_from_db()
    return version


def version(world: Any, kind: str, state: str) -> AgreementVersion:
    cluster = world.made("agreements_cluster")
    return AgreementVersion.objects.get(
        agreement__cluster=cluster, agreement__kind=kind, state=state
    )


def draft_clause(world: Any) -> SealedClause:
    """A clause of the draft that may be left out."""
    draft = world.made("agreement_draft")
    return SealedClause.objects.filter(version=draft, clause__required=False)[0]


MAKERS: dict[str, Callable[[Any], Any]] = {
    "agreements_cluster": agreements_cluster,
    "library_clause": library_clause,
    "draft_clause": draft_clause,
    "agreement_in_force": lambda world: version(world, "memorandum", "in_force"),
    "agreement_draft": lambda world: version(world, "memorandum", "draft"),
    "agreement_put_out": lambda world: version(world, "data_sharing", "signing"),
    "signed_copy": lambda world: (world.made("agreements_cluster"), SignedCopy.objects.get())[1],
    "agreement_kind": lambda world: "memorandum",
    "head_capacity": lambda world: "head",
    "document_form": lambda world: "pdf",
}

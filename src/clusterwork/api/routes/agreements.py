"""Clusters' agreements: their versions, their words, and which school has signed; no copies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from clusterwork.api import shapes
from clusterwork.api.keys import person_of
from clusterwork.api.paging import Asked, Page, page_of_list
from clusterwork.api.refusals import REFUSALS
from clusterwork.api.words import AgreementKind, AgreementState, Id, day_or_today
from clusterwork.clusters.models import AgreementVersion, SealedClause
from clusterwork.clusters.permissions import cluster_for
from clusterwork.clusters.permissions.agreements import Rights, rights_in, version_for
from clusterwork.clusters.rules.agreements.blanks import filled
from clusterwork.clusters.selectors.agreements import Held, agreements_of, clauses_of
from clusterwork.clusters.selectors.known_blanks import kept_blanks
from clusterwork.clusters.selectors.signing import SchoolSigns, Slot, signing_told
from clusterwork.clusters.states.agreement import DRAFT

clusters_router = Router(tags=["Agreements"])
router = Router(tags=["Agreements"])


class AgreementsAsked(Asked):
    """Which versions of agreements."""

    kind: AgreementKind | None = None
    state: AgreementState | None = None


@clusters_router.get(
    "/{pk}/agreements",
    response={200: Page[shapes.Agreement], **REFUSALS},
    url_name="api_cluster_agreements",
)
def cluster_agreements(request: HttpRequest, pk: Id, asked: Query[AgreementsAsked]) -> Any:
    """What is in force and its letters; what is under way and was before, if you may read it."""
    person, day = person_of(request), day_or_today(None)
    cluster = cluster_for(person, pk, day)
    rights = rights_in(person, cluster, day)
    rows = [
        agreement_shown(version, rights)
        for held in agreements_of(cluster)
        for version in _listed(held, rights)
        if asked.kind in (None, held.kind.value) and asked.state in (None, version.state)
    ]
    return page_of_list(rows, asked)


def _listed(held: Held, rights: Rights) -> Iterator[AgreementVersion]:
    """That one is in force is known to everybody with a role; the rest to its readers."""
    if held.in_force:
        yield held.in_force
        yield from held.letters
    rest = [held.under_way] if held.under_way else []
    yield from (each for each in (*rest, *held.earlier) if rights.may_read(each))


@router.get("/{pk}", response={200: shapes.WholeAgreement, **REFUSALS}, url_name="api_agreement")
def agreement(request: HttpRequest, pk: Id) -> Any:
    """One version: its words in both languages, and for each school who has signed and when."""
    day = day_or_today(None)
    version, rights = version_for(person_of(request), pk, day)
    signing = [] if version.state == DRAFT else signing_told(version, day)
    return {
        **agreement_shown(version, rights).dict(),
        "clauses": list(clauses_shown(clauses_of(version))),
        "schools": [signs_shown(each) for each in signing],
    }


def agreement_shown(row: AgreementVersion, rights: Rights) -> shapes.Agreement:
    """A version as the API hands it out; why it changes is for its readers."""
    agreement = row.agreement
    return shapes.Agreement(
        id=row.pk,
        cluster_id=agreement.cluster_id,
        cluster_name=agreement.cluster.shown_name,
        kind=agreement.kind,
        version=row.number,
        varies_id=row.varies_id,
        state=row.state,
        because=row.because if rights.reads else "",
        put_out_on=_day(row.opened_at),
        in_force_on=row.in_force_on,
        ended_on=row.ended_on,
        review_on=row.review_on,
    )


def _day(at: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(at) if at else None


def clauses_shown(clauses: Iterable[SealedClause]) -> Iterator[shapes.Clause]:
    """The clauses with their blanks filled in, numbered through; no Welsh where there is none."""
    listed = list(clauses)
    kept = kept_blanks(listed)
    english = {name: each.in_language(False) for name, each in kept.items()}
    welsh = {name: each.in_language(True) for name, each in kept.items()}
    for n, each in enumerate(listed, start=1):
        yield shapes.Clause(
            number=n,
            section=each.section,
            title=each.title,
            title_cy=each.title_cy,
            text=filled(each.text, english),
            text_cy=filled(each.text_cy, welsh),
            is_own=each.clause_id is None,
        )


def signs_shown(each: SchoolSigns) -> shapes.SchoolSigns:
    """A school with the signatures that it needs and has."""
    school = each.school
    return shapes.SchoolSigns(
        school_id=school.pk,
        urn=school.urn,
        welsh_number=school.welsh_number,
        school_name=school.name,
        has_signed=each.has_signed,
        signed_on=each.signed_on,
        signatures=[_slot_shown(slot) for slot in each.told],
    )


def _slot_shown(slot: Slot) -> shapes.Signature:
    signature = slot.signature
    return shapes.Signature(
        capacity=slot.capacity,
        serves=str(slot.grouping or ""),
        name=signature.name if signature else "",
        way=signature.way if signature else "",
        signed_on=signature.signed_on if signature else None,
    )

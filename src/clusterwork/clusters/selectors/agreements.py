"""A cluster's agreements, their versions and clauses, and the library that they are drawn from."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from clusterwork.clusters.models import (
    Agreement,
    AgreementKind,
    AgreementVersion,
    Clause,
    Cluster,
    SealedClause,
    Section,
)
from clusterwork.clusters.rules.agreements.blanks import filled
from clusterwork.clusters.rules.agreements.differences import Words
from clusterwork.clusters.rules.agreements.standing import Days, state_on
from clusterwork.clusters.states.agreement import DRAFT, IN_FORCE, SIGNING
from clusterwork.registry.models import Organisation

MOST_STEPS_UP = 10


@dataclass(frozen=True)
class Held:
    """A cluster's agreement of one kind: what is in force, what varies it, what is under way."""

    kind: AgreementKind
    agreement: Agreement | None
    in_force: AgreementVersion | None
    letters: tuple[AgreementVersion, ...]
    under_way: AgreementVersion | None
    earlier: tuple[AgreementVersion, ...]

    def is_overdue(self, day: dt.date) -> bool:
        """Whether the day by which it is looked at again has passed."""
        review = self.in_force.review_on if self.in_force else None
        return review is not None and review < day


def agreements_of(cluster: Cluster) -> list[Held]:
    """One for each kind, whether or not the cluster has it; two queries."""
    rows = _agreements(cluster)
    return [_held(kind, rows.get(kind), _versions(rows.get(kind))) for kind in AgreementKind]


def agreements_on(cluster: Cluster, day: dt.date) -> list[Held]:
    """The same as they stood on `day`: each version bears the state that it had, and is not to be
    saved."""
    rows = _agreements(cluster)
    return [
        _held(kind, rows.get(kind), _as_on(_versions(rows.get(kind)), day))
        for kind in AgreementKind
    ]


def agreements_of_each(
    clusters: Iterable[Cluster], day: dt.date | None = None
) -> dict[int, list[Held]]:
    """The same for many clusters by their ids, now or as they stood on `day`; two queries."""
    versions = Prefetch("versions", AgreementVersion.objects.select_related("varies"))
    ids = [each.pk for each in clusters]
    rows = Agreement.objects.filter(cluster__in=ids).prefetch_related(versions)
    known = {(each.cluster_id, each.kind): each for each in rows}

    def held(cluster: int, kind: AgreementKind) -> Held:
        agreement = known.get((cluster, kind))
        found = _versions(agreement)
        return _held(kind, agreement, _as_on(found, day) if day else found)

    return {pk: [held(pk, kind) for kind in AgreementKind] for pk in ids}


def _agreements(cluster: Cluster) -> dict[str, Agreement]:
    versions = Prefetch("versions", AgreementVersion.objects.select_related("varies"))
    return {each.kind: each for each in cluster.agreements.prefetch_related(versions)}


def _versions(agreement: Agreement | None) -> list[AgreementVersion]:
    return list(agreement.versions.all()) if agreement else []


def _as_on(versions: Iterable[AgreementVersion], day: dt.date) -> list[AgreementVersion]:
    found = []
    for each in versions:
        state = state_on(_days(each), day)
        if state is not None:
            each.state = state
            found.append(each)
    return found


def _days(version: AgreementVersion) -> Days:
    opened = version.opened_at and timezone.localdate(version.opened_at)
    return Days(
        timezone.localdate(version.drafted_at),
        opened or None,
        version.in_force_on,
        version.ended_on,
        version.state,
    )


def _held(
    kind: AgreementKind, agreement: Agreement | None, versions: list[AgreementVersion]
) -> Held:
    by_state: dict[str, list[AgreementVersion]] = defaultdict(list)
    for each in versions:
        by_state[each.state].append(each)
    whole = [each for each in by_state[IN_FORCE] if each.varies_id is None]
    letters = sorted((each for each in by_state[IN_FORCE] if each.varies_id), key=_number)
    under_way = [*by_state[DRAFT], *by_state[SIGNING]]
    shown = {each.pk for each in (*by_state[IN_FORCE], *under_way)}
    earlier = tuple(each for each in versions if each.pk not in shown)
    return Held(
        kind,
        agreement,
        whole[0] if whole else None,
        tuple(letters),
        under_way[0] if under_way else None,
        earlier,
    )


def _number(version: AgreementVersion) -> int:
    return version.number


def version_in_force(cluster: Cluster, kind: str) -> AgreementVersion | None:
    """The cluster's agreement of this kind that is in force now, without its letters."""
    found = AgreementVersion.objects.filter(agreement__cluster=cluster, agreement__kind=kind)
    return found.filter(state=IN_FORCE, varies__isnull=True).first()


def memorandum_to_sign(cluster: Cluster) -> bool:
    """Whether the cluster has a memorandum here that its schools sign or have signed."""
    found = AgreementVersion.objects.filter(
        agreement__cluster=cluster, agreement__kind=AgreementKind.MEMORANDUM
    )
    return found.filter(state__in=(SIGNING, IN_FORCE), varies__isnull=True).exists()


def clauses_of(version: AgreementVersion) -> list[SealedClause]:
    """The clauses of a version in their order."""
    return list(version.clauses.select_related("clause"))


def words_of(clauses: Iterable[SealedClause], values: dict[str, str], welsh: bool) -> list[Words]:
    """The clauses as they are compared, in one language; the other where there are no words."""
    found = []
    for each in clauses:
        title = (each.title_cy if welsh else each.title) or each.title or each.title_cy
        text = (each.text_cy if welsh else each.text) or each.text or each.text_cy
        found.append(Words(each.clause_id, title, filled(text, values)))
    return found


def library_of(organisation: Organisation, kind: str) -> list[Clause]:
    """The clauses of the organisation for this kind, or of the nearest above that has any."""
    at: Organisation | None = organisation
    for _step in range(MOST_STEPS_UP):
        if at is None:
            break
        found = list(offered(at, kind))
        if found:
            return found
        at = at.parent
    return []


def offered(organisation: Organisation, kind: str) -> QuerySet[Clause]:
    """The organisation's own clauses that are not withdrawn, in their order."""
    return Clause.objects.filter(organisation=organisation, kind=kind, withdrawn_at__isnull=True)


def by_section(clauses: Iterable[Clause]) -> list[tuple[Section, list[Clause]]]:
    """The clauses under what they are about; sections without any are left out."""
    found: dict[str, list[Clause]] = defaultdict(list)
    for each in clauses:
        found[each.section].append(each)
    return [(section, found[section]) for section in Section if found[section]]


def versions_to_compare(version: AgreementVersion) -> list[AgreementVersion]:
    """The other whole versions of the same agreement, the latest first."""
    return list(version.agreement.versions.exclude(pk=version.pk).filter(varies=None))

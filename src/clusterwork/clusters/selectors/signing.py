"""Who has signed a version of an agreement for which school, and who has not."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from clusterwork.clusters.models import AgreementVersion, Signature
from clusterwork.clusters.rules.signing import is_complete
from clusterwork.clusters.selectors.governed import Governing, governing, governing_of
from clusterwork.clusters.selectors.memberships import members_of
from clusterwork.clusters.states.agreement import SUPERSEDED, WITHDRAWN
from clusterwork.registry.models import Partnership, School


@dataclass(frozen=True)
class Slot:
    """One signature that a school needs; `grouping` is the federation or trust that it serves."""

    capacity: str
    signature: Signature | None
    grouping: Partnership | None = None


@dataclass(frozen=True)
class SchoolSigns:
    """A school of the cluster, the signatures that its kind needs, and all that it has."""

    school: School
    slots: tuple[Slot, ...]
    signatures: tuple[Signature, ...]

    @property
    def has_signed(self) -> bool:
        """Whether all who sign for its kind have signed, or did for the kind that it was."""
        needed = [slot.capacity for slot in self.slots]
        return is_complete(needed, [each.capacity for each in self.signatures])

    @property
    def missing(self) -> list[Slot]:
        """The signatures that are still to come."""
        return [] if self.has_signed else [slot for slot in self.slots if slot.signature is None]

    @property
    def told(self) -> tuple[Slot, ...]:
        """The slots as they are shown: those of an earlier kind where these have all signed."""
        if self.has_signed and any(slot.signature is None for slot in self.slots):
            return tuple(Slot(each.capacity, each, each.partnership) for each in self.signatures)
        return self.slots

    @property
    def signed_on(self) -> dt.date | None:
        """The day of the last of its signatures, once all are there."""
        return max(each.signed_on for each in self.signatures) if self.has_signed else None


def signing_of(
    version: AgreementVersion, day: dt.date, governing: Governing | None = None
) -> list[SchoolSigns]:
    """The cluster's schools on `day` by name, with who had signed by then; three queries."""
    known = governing or governing_of(version.agreement.cluster, day)
    rows = version.signatures.filter(signed_on__lte=day)
    signatures = list(rows.select_related("school", "copy", "partnership"))
    return [_signs(school, known, signatures) for school in known.schools.values()]


def signing_of_each(
    versions: Iterable[AgreementVersion], day: dt.date
) -> dict[int, list[SchoolSigns]]:
    """The same for versions of many clusters, by their ids; three queries in all."""
    clusters = {each.pk: each.agreement.cluster_id for each in versions}
    members = members_of(set(clusters.values()), day)
    schools = {pk: [each.school for each in rows if each.school] for pk, rows in members.items()}
    known = governing([each for found in schools.values() for each in found], day)
    rows = Signature.objects.filter(version__in=clusters, signed_on__lte=day)
    signed: dict[int, list[Signature]] = defaultdict(list)
    for row in rows.select_related("school", "copy", "partnership"):
        signed[row.version_id].append(row)
    return {
        pk: [_signs(school, known, signed[pk]) for school in schools.get(cluster, ())]
        for pk, cluster in clusters.items()
    }


def _signs(school: School, governing: Governing, signatures: Iterable[Signature]) -> SchoolSigns:
    grouping = governing.grouping(school.pk)
    ours = [each for each in signatures if _serves(each, school, grouping)]
    held = {each.capacity: each for each in ours}
    slots = (Slot(each, held.get(each), grouping) for each in governing.who_signs(school.pk))
    return SchoolSigns(school, tuple(slots), tuple(held.values()))


def _serves(signature: Signature, school: School, grouping: Partnership | None) -> bool:
    """For this school itself, or for the federation or trust that it is in."""
    if signature.school_id == school.pk:
        return True
    return grouping is not None and signature.partnership_id == grouping.pk


def signing_told(
    version: AgreementVersion, day: dt.date, governing: Governing | None = None
) -> list[SchoolSigns]:
    """The same with schools that have signed and left; of what is over only who signed it."""
    now = [] if version.state in (SUPERSEDED, WITHDRAWN) else signing_of(version, day, governing)
    there = {each.school.pk for each in now}
    signed: dict[int, list[Signature]] = defaultdict(list)
    rows = version.signatures.select_related("school", "copy", "partnership")
    for each in rows.order_by("school__sort_key", "signed_on", "pk"):
        if each.school_id not in there:
            signed[each.school_id].append(each)
    return [*now, *(_as_signed(each) for each in signed.values())]


def _as_signed(signatures: list[Signature]) -> SchoolSigns:
    slots = (Slot(each.capacity, each, each.partnership) for each in signatures)
    return SchoolSigns(signatures[0].school, tuple(slots), tuple(signatures))


def n_signed(schools: Iterable[SchoolSigns]) -> tuple[int, int]:
    """How many schools have signed, of how many."""
    listed = list(schools)
    return sum(1 for each in listed if each.has_signed), len(listed)

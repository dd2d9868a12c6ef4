"""What is held of the clusters, schools and programmes that a spreadsheet may name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q

from clusterwork.clusters.models import (
    Appointment,
    Cluster,
    Headship,
    Membership,
    Participation,
    Place,
    Programme,
)
from clusterwork.clusters.rules.arriving.held import (
    Held,
    HeldAppointment,
    HeldCluster,
    HeldMembership,
    KnownProgramme,
    KnownSchool,
    Span,
)
from clusterwork.clusters.rules.arriving.schools import Schools, plain
from clusterwork.registry.models import Authority, LinkKind, Organisation, School, SchoolLink
from clusterwork.registry.rules.names import fold
from clusterwork.registry.selectors.organisations import with_descendants

SCHOOL = (
    "id", "urn", "welsh_number", "la_estab", "name", "name_cy", "status", "closed_on",
)  # fmt: skip


def held_of(organisation_ids: Collection[int]) -> Held:
    """Everything held of the organisations' clusters. Seven queries."""
    held = Held(clusters=[_cluster(row) for row in _clusters(organisation_ids)])
    ids = [each.id for each in held.clusters]
    held.memberships = _memberships(ids)
    held.appointments = _appointments(ids)
    held.programmes = [_programme(row) for row in _programmes(organisation_ids)]
    held.participations = _participations(ids)
    held.places = _places([each.id for each in held.programmes if each.one_cluster_a_school])
    return held


def _clusters(organisation_ids: Collection[int]) -> Iterable[Cluster]:
    return Cluster.objects.filter(organisation_id__in=organisation_ids).order_by("pk")


def _cluster(row: Cluster) -> HeldCluster:
    return HeldCluster(
        row.pk, row.organisation_id, row.code, row.working_name, row.name, row.name_cy,
        row.status, Span(row.start_on, row.end_on),
    )  # fmt: skip


def _memberships(ids: Collection[int]) -> dict[int, list[HeldMembership]]:
    rows = Membership.objects.filter(cluster_id__in=ids).select_related("school", "partner")
    found: dict[int, list[HeldMembership]] = defaultdict(list)
    for row in rows.order_by("start_on", "pk"):
        member, who = row.school or row.partner, ("school", row.school_id or 0, "")
        if row.partner:
            who = ("partner", row.partner.kind, fold(row.partner.name))  # type: ignore[assignment]
        found[row.cluster_id].append(
            HeldMembership(
                row.pk, who, str(member), row.part, row.contributes, row.contributes_because,
                row.reason, row.memorandum_signed_on, Span(row.start_on, row.end_on),
            )
        )  # fmt: skip
    return found


def _appointments(ids: Collection[int]) -> dict[int, list[HeldAppointment]]:
    found: dict[int, list[HeldAppointment]] = defaultdict(list)
    for row in Appointment.objects.filter(cluster_id__in=ids).order_by("start_on", "pk"):
        found[row.cluster_id].append(
            HeldAppointment(
                row.pk, row.role, row.name, row.email, row.school_id, row.strand,
                Span(row.start_on, row.end_on),
            )
        )  # fmt: skip
    return found


def _programmes(organisation_ids: Collection[int]) -> Iterable[Programme]:
    return Programme.objects.filter(organisation_id__in=organisation_ids).order_by("pk")


def _programme(row: Programme) -> KnownProgramme:
    return KnownProgramme(
        row.pk, row.organisation_id, (row.name, row.name_cy), Span(row.starts_on, row.ends_on),
        row.one_cluster_a_school,
    )  # fmt: skip


def _participations(ids: Collection[int]) -> dict[int, list[tuple[int, Span]]]:
    found: dict[int, list[tuple[int, Span]]] = defaultdict(list)
    for row in Participation.objects.filter(cluster_id__in=ids):
        found[row.cluster_id].append((row.programme_id, Span(row.start_on, row.end_on)))
    return found


def _places(programmes: Collection[int]) -> dict[tuple[int, int], list[tuple[int, Span, str]]]:
    found: dict[tuple[int, int], list[tuple[int, Span, str]]] = defaultdict(list)
    rows = Place.objects.filter(programme_id__in=programmes).select_related("cluster")
    for row in rows:
        place = (row.cluster_id, Span(row.start_on, row.end_on), row.cluster.working_name)
        found[row.programme_id, row.school_id].append(place)
    return found


def heads_of() -> dict[int, list[tuple[str, Span]]]:
    """The names of all schools' heads with their times."""
    found: dict[int, list[tuple[str, Span]]] = defaultdict(list)
    for row in Headship.objects.exclude(name=""):
        found[row.school_id].append((row.name, Span(row.start_on, row.end_on)))
    return found


def schools_for(
    organisations: Iterable[Organisation], numbers: Collection[str]
) -> dict[int, Schools]:
    """By organisation: its authorities' schools, and beyond them those that a number names."""
    asked = {plain(number) for number in numbers}
    urns = [int(number) for number in asked if number.isascii() and number.isdigit()]
    urns = [urn for urn in urns if urn < 2_000_000_000]
    estabs = asked | {f"{number[:3]}/{number[3:]}" for number in asked if len(number) == 7}
    named = Q(urn__in=urns) | Q(welsh_number__in=asked) | Q(la_estab__in=estabs)
    beyond = _schools(named)
    found, known = {}, {}
    for organisation in organisations:
        areas = _areas(organisation)
        if areas not in known:
            known[areas] = Schools(_schools(Q(authority_id__in=areas)), beyond)
        found[organisation.pk] = known[areas]
    return found


def _areas(organisation: Organisation) -> frozenset[int]:
    ids = with_descendants([organisation])
    areas = Authority.objects.filter(organisations__in=ids).values_list("pk", flat=True)
    return frozenset(areas)


def _schools(condition: Q) -> list[KnownSchool]:
    rows = list(School.objects.filter(condition).order_by("sort_key", "pk").values_list(*SCHOOL))
    after = _successors([str(urn or welsh) for _, urn, welsh, _, _, _, s, _ in rows if s != "open"])
    return [
        KnownSchool(
            id=pk,
            numbers=tuple(str(each) for each in (urn, welsh, estab) if each),
            names=tuple(each for each in (name, name_cy) if each),
            is_closed=status == "closed",
            closed_on=closed_on,
            successor=after.get(str(urn or welsh), ""),
        )
        for pk, urn, welsh, estab, name, name_cy, status, closed_on in rows
    ]


def _successors(numbers: Collection[str]) -> dict[str, str]:
    links = SchoolLink.objects.filter(number__in=numbers, kind=LinkKind.SUCCESSOR)
    found = links.order_by("on", "pk").values_list("number", "other_name", "other_number")
    return {number: f"{name} ({other})" for number, name, other in found}

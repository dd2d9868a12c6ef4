"""What the reports' tables count: the schools and clusters of a set on a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from clusterwork.clusters.models import (
    Appointment,
    Cluster,
    Membership,
    Participation,
    Standing,
    StatedPartnership,
)
from clusterwork.clusters.models.standing import AuthorityPart
from clusterwork.clusters.rules.figures import (
    NONE,
    OURS,
    Characteristics,
    ClusterFacts,
    Known,
    Placed,
    category_of,
    characteristics,
    derived,
)
from clusterwork.clusters.selectors.memberships import is_on, memberships_on
from clusterwork.registry.models import Affiliation, Census, Organisation, School, Status
from clusterwork.registry.selectors.organisations import with_descendants

FROM_SCHOOLS = (Appointment.Role.CHAIR, Appointment.Role.COORDINATOR)


@dataclass(frozen=True)
class FigureSet:
    """Which schools and clusters are counted: of one organisation, programme or authority, or
    these clusters; and of them only schools of up to so many pupils."""

    organisation_id: int | None = None
    programme_id: int | None = None
    authority_id: int | None = None
    cluster_ids: tuple[int, ...] = ()
    most_pupils: int | None = None


def was_open_on(day: dt.date) -> Q:
    """Schools that were open on `day`, also those that have closed since."""
    opened = Q(opened_on__isnull=True) | Q(opened_on__lte=day)
    return opened & (Q(closed_on__gt=day) | Q(closed_on__isnull=True, status=Status.OPEN))


def clusters_in(chosen: FigureSet, day: dt.date) -> QuerySet[Cluster]:
    """The clusters of the set that have members on `day`, by name."""
    members = memberships_on(day).filter(cluster=OuterRef("pk"), school__isnull=False)
    found = Cluster.objects.filter(Exists(members)).select_related("organisation")
    if chosen.cluster_ids:
        return found.filter(pk__in=chosen.cluster_ids)
    if chosen.programme_id:
        taking_part = Participation.objects.filter(is_on(day), programme=chosen.programme_id)
        return found.filter(pk__in=taking_part.values("cluster"))
    if chosen.organisation_id:
        return found.filter(organisation__in=_with_those_below(chosen.organisation_id))
    if chosen.authority_id:
        there = members.filter(school__authority=chosen.authority_id)
        return found.filter(Exists(there))
    return found


def schools_in(chosen: FigureSet, day: dt.date) -> QuerySet[School]:
    """The schools of the set: those open on `day` in its authorities, or those of its clusters.

    An organisation without authorities (a trust) counts the schools of its clusters.
    """
    found = School.objects.filter(was_open_on(day), matched_to__isnull=True)
    authorities = _authorities_of(chosen)
    if authorities:
        found = found.filter(authority__in=authorities)
    else:
        stays = memberships_on(day).filter(cluster__in=clusters_in(chosen, day))
        found = found.filter(pk__in=stays.values("school"))
    if chosen.most_pupils is not None:
        found = found.annotate(pupils=pupils_on(day)).filter(pupils__lte=chosen.most_pupils)
    return found


def pupils_on(day: dt.date) -> Subquery:
    """A school's pupils by the latest census that was known in the year of `day`."""
    known = Census.objects.filter(
        school=OuterRef("pk"), year__lte=day.year, pupils__isnull=False
    ).order_by("-year")
    return Subquery(known.values("pupils")[:1])


def _authorities_of(chosen: FigureSet) -> set[int]:
    if chosen.cluster_ids or chosen.programme_id:
        return set()
    if chosen.authority_id:
        return {chosen.authority_id}
    through = Organisation.authorities.through.objects.filter(
        organisation_id__in=_with_those_below(chosen.organisation_id or 0)
    )
    return set(through.values_list("authority_id", flat=True))


def _with_those_below(organisation_id: int) -> set[int]:
    return with_descendants(Organisation.objects.filter(pk=organisation_id))


def categories_on(schools: QuerySet[School], day: dt.date) -> list[Placed]:
    """The category of every school on `day`: as it states it, else as it follows from what is
    known. Seven queries, however many schools."""
    ids = list(schools.order_by("sort_key", "pk").values_list("pk", flat=True))
    known = _known_on(ids, day)
    stated = _stated_on(ids, day, known)
    return [stated.get(pk) or derived(pk, known[pk].values()) for pk in ids]


KnownByKey = dict[tuple[str, int], Known]


def _known_on(ids: list[int], day: dt.date) -> dict[int, KnownByKey]:
    """By school the partnerships that are known of it, by (`cluster` or `partnership`, number)."""
    found: dict[int, KnownByKey] = defaultdict(dict)
    for school, cluster, signed_on, formality, n in _stays_here(ids, day):
        is_signed = signed_on is not None and signed_on <= day
        known = Known(OURS, formality=formality, n_schools=n, is_signed=is_signed)
        found[school]["cluster", cluster] = known
    for school, partnership, kind, as_filed, n in _stays_in_register(ids, day):
        found[school]["partnership", partnership] = Known(kind, as_filed, n_schools=n)
    return found


def _stays_here(
    ids: list[int], day: dt.date
) -> Iterable[tuple[int, int, dt.date | None, int | None, int]]:
    stays = memberships_on(day).filter(school__in=ids)
    said = dict(Standing.objects.filter(is_on(day)).values_list("cluster", "formality"))
    counted = memberships_on(day).filter(school__isnull=False).order_by().values("cluster")
    sizes = dict(counted.annotate(n=Count("pk")).values_list("cluster", "n"))
    rows = stays.order_by().values_list("school", "cluster", "memorandum_signed_on")
    for school, cluster, signed_on in rows:
        yield school, cluster, signed_on, said.get(cluster), sizes.get(cluster, 0)


def _stays_in_register(ids: list[int], day: dt.date) -> Iterable[tuple[int, int, str, str, int]]:
    stays = Affiliation.objects.filter(is_on(day), school__in=ids)
    counted = Affiliation.objects.filter(is_on(day), partnership__in=stays.values("partnership"))
    in_each = counted.order_by().values("partnership").annotate(n=Count("pk"))
    sizes = dict(in_each.values_list("partnership", "n"))
    rows = stays.values_list("school", "partnership", "partnership__kind", "partnership__kind_name")
    for school, partnership, kind, as_filed in rows:
        yield school, partnership, kind, as_filed, sizes.get(partnership, 0)


def _stated_on(ids: list[int], day: dt.date, known: dict[int, KnownByKey]) -> dict[int, Placed]:
    """What schools state, but for those that have left what they stated."""
    mains = StatedPartnership.objects.filter(is_on(day), is_main=True, school__in=ids)
    mains = mains.annotate(
        has_left=_has_left(Membership, "cluster", day) | _has_left(Affiliation, "partnership", day)
    )
    return {
        stated.school_id: _placed(stated, known[stated.school_id], day)
        for stated in mains
        if not (stated.has_left and _link(stated) not in known[stated.school_id])
    }


def _has_left(model: type[Membership | Affiliation], key: str, day: dt.date) -> Q:
    stays = model.objects.filter(school=OuterRef("school"), end_on__lte=day)
    return Q(Exists(stays.filter(**{key: OuterRef(key)})))


def _link(stated: StatedPartnership) -> tuple[str, int]:
    if stated.cluster_id:
        return "cluster", stated.cluster_id
    return "partnership", stated.partnership_id or 0


def _placed(stated: StatedPartnership, known: KnownByKey, day: dt.date) -> Placed:
    linked = known.get(_link(stated))
    category = stated.formality or category_of(linked or Known(stated.kind)) or NONE
    signed_here = stated.signed_on is not None and stated.signed_on <= day
    is_signed = category != NONE and (signed_here or (linked is not None and linked.is_signed))
    return Placed(stated.school_id, category, is_signed, is_stated=True)


def characteristics_on(clusters: Iterable[Cluster], day: dt.date) -> list[Characteristics]:
    """Table 1's rows for these clusters, in their order. Three queries."""
    ids = [cluster.pk for cluster in clusters]
    standings = {
        standing.cluster_id: standing
        for standing in Standing.objects.filter(is_on(day), cluster__in=ids)
    }
    phases = _phases_on(ids, day)
    from_schools = _run_from_schools(ids, day)
    return [
        characteristics(
            _facts(pk, standings.get(pk), tuple(phases[pk]), run_from_schools=pk in from_schools)
        )
        for pk in ids
    ]


def _facts(
    pk: int, standing: Standing | None, phases: tuple[str, ...], *, run_from_schools: bool
) -> ClusterFacts:
    if standing is None:
        return ClusterFacts(pk, member_phases=phases, run_from_schools=run_from_schools)
    return ClusterFacts(
        pk,
        initiation=standing.initiation,
        origin=standing.origin,
        phases=standing.phases,
        member_phases=phases,
        purposes=tuple(standing.purposes),
        in_words=standing.purpose_in_words,
        authority_leads=AuthorityPart.LEAD in standing.authority_parts,
        run_from_schools=run_from_schools,
    )


def _phases_on(ids: list[int], day: dt.date) -> dict[int, list[str]]:
    rows = memberships_on(day).filter(cluster__in=ids, school__isnull=False).order_by("school")
    found: dict[int, list[str]] = defaultdict(list)
    for cluster, phase in rows.values_list("cluster", "school__phase"):
        found[cluster].append(phase)
    return found


def _run_from_schools(ids: list[int], day: dt.date) -> set[int]:
    """Clusters whose chair or coordinator comes from one of their schools on `day`."""
    member = memberships_on(day).filter(cluster=OuterRef("cluster"), school=OuterRef("school"))
    held = Appointment.objects.filter(is_on(day), Exists(member), role__in=FROM_SCHOOLS)
    return set(held.filter(cluster__in=ids).values_list("cluster", flat=True))

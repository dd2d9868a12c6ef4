"""What the pages of one cluster show: its people, its members, where it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clusterwork.audit.models import Entry
from clusterwork.clusters.models import (
    Appointment,
    Cluster,
    Lineage,
    Membership,
    Part,
    Standing,
)
from clusterwork.clusters.selectors.clusters import names_on
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.registry.models import Authority
from clusterwork.web.clusters.shown.files import point
from clusterwork.web.formats import day as in_words

# Roles of the whole cluster, in the order in which people ask for them.
ROLES = (
    Appointment.Role.CHAIR,
    Appointment.Role.COORDINATOR,
    Appointment.Role.STRAND_COORDINATOR,
    Appointment.Role.LINK_ADVISER,
    Appointment.Role.FINANCE_LEAD,
    Appointment.Role.CLERK,
)
PARTS = (Part.LEAD, Part.CORE, Part.CONTRIBUTING, Part.ASSOCIATE, Part.PARTNER)
ENDINGS: dict[str, Any] = dict(Membership.Ended.choices)


@dataclass(frozen=True)
class Held:
    """A role and those who hold it; nobody where it is vacant."""

    role: str
    words: str
    people: list[Appointment]


def roles_held(cluster: Cluster, day: dt.date) -> list[Held]:
    """The roles of the whole cluster on the day; one query."""
    found = cluster.appointments.filter(is_on(day), role__in=ROLES).select_related("school")
    people = list(found.order_by("start_on", "pk"))
    return [
        Held(role.value, str(role.label), [each for each in people if each.role == role])
        for role in ROLES
    ]


@dataclass(frozen=True)
class Contact:
    """Whom to ring; `why` says what they are to the cluster."""

    name: str
    why: str
    phone: str = ""
    email: str = ""


def contacts(standing: Standing | None, held: Sequence[Held]) -> list[Contact]:
    """Who is named to be rung, else the coordinator, else the chair."""
    if standing and (standing.contact_name or standing.contact_phone or standing.contact_email):
        name = standing.contact_name
        return [Contact(name, _("Contact"), standing.contact_phone, standing.contact_email)]
    wanted = (Appointment.Role.COORDINATOR, Appointment.Role.CHAIR)
    for role in wanted:
        people = [each for one in held if one.role == role for each in one.people]
        if people:
            return [Contact(each.name, str(role.label), "", each.email) for each in people]
    return []


@dataclass(frozen=True)
class Step:
    """A sentence of where the cluster comes from or goes, and the clusters that it names."""

    words: str
    clusters: list[tuple[str, str]]


def steps_of(cluster: Cluster, day: dt.date) -> list[Step]:
    """Where the cluster came from and what came of it by the day, earliest first; three queries."""
    came = list(cluster.came_from.select_related("before").filter(on__lte=day))
    went = list(cluster.came_after.select_related("after").filter(on__lte=day))
    names = names_on([each.before for each in came] + [each.after for each in went], day)
    groups: dict[tuple[dt.date, str, bool], list[Cluster]] = {}
    for each in came:
        groups.setdefault((each.on, each.kind, True), []).append(each.before)
    for each in went:
        groups.setdefault((each.on, each.kind, False), []).append(each.after)
    return [
        Step(
            str(SAID[Lineage.Kind(kind), back]) % {"day": in_words(on)},
            [(str(names[one.pk]), reverse("cluster", args=[one.pk])) for one in found],
        )
        for (on, kind, back), found in sorted(groups.items(), key=lambda item: item[0])
    ]


# What a step is called from the later and from the earlier cluster; the others' names follow.
SAID = {
    (Lineage.Kind.SPLIT, True): _lazy("Came out of a split on %(day)s. Before:"),
    (Lineage.Kind.SPLIT, False): _lazy("Split on %(day)s. After:"),
    (Lineage.Kind.MERGER, True): _lazy("Came out of a merger on %(day)s. Before:"),
    (Lineage.Kind.MERGER, False): _lazy("Merged on %(day)s. After:"),
    (Lineage.Kind.MINI, True): _lazy("A mini-cluster since %(day)s. Inside:"),
    (Lineage.Kind.MINI, False): _lazy("Has had a mini-cluster since %(day)s. It:"),
}


def steps_ahead(cluster: Cluster, day: dt.date) -> list[tuple[str, str]]:
    """The splits and mergers announced after the day, each with what it becomes; one query."""
    went = (
        cluster.came_after.select_related("after")
        .filter(on__gt=day)
        .exclude(kind=Lineage.Kind.MINI)
    )
    groups: dict[tuple[dt.date, str], list[str]] = {}
    for each in went:
        groups.setdefault((each.on, each.kind), []).append(str(each.after))
    return [
        (str(AHEAD[Lineage.Kind(kind)]) % {"day": in_words(on)}, ", ".join(names))
        for (on, kind), names in sorted(groups.items())
    ]


# What a step that is announced is called; the names of what it becomes follow.
AHEAD = {
    Lineage.Kind.SPLIT: _lazy("It splits on %(day)s. Into:"),
    Lineage.Kind.MERGER: _lazy("It merges on %(day)s. Into:"),
}


def minis_of(cluster: Cluster, day: dt.date) -> list[tuple[str, str]]:
    """Name and address of the mini-clusters inside it on the day; two queries."""
    found = list(cluster.mini_clusters.filter(is_on(day)).order_by("working_name", "pk"))
    names = names_on(found, day)
    return [(str(names[each.pk]), reverse("cluster", args=[each.pk])) for each in found]


def by_part(members: Iterable[Membership]) -> list[Membership]:
    """Schools before partners, the lead first, then in the order given."""
    return sorted(members, key=lambda each: PARTS.index(Part(each.part)))


def members_before(cluster: Cluster, day: dt.date) -> QuerySet[Membership]:
    """The memberships that had ended by the day, the latest end first; other parts are not ends."""
    found = cluster.memberships.filter(end_on__lte=day)
    found = found.exclude(ended_by=Membership.Ended.NEW_PART)
    return found.select_related("school", "partner").order_by("-end_on", "pk")


def members_to_come(cluster: Cluster, day: dt.date) -> list[Membership]:
    """The memberships that begin or end after the day."""
    later = Q(start_on__gt=day) | Q(end_on__gt=day)
    found = cluster.memberships.filter(later).select_related("school", "partner")
    return list(found.order_by("start_on", "pk"))


def ended_words(membership: Membership) -> str:
    """How a membership came to an end; empty while it lasts."""
    return str(ENDINGS.get(membership.ended_by, ""))


def map_of(cluster: Cluster, day: dt.date) -> dict[str, Any]:
    """Three feature collections for the map's script: schools, no lines, their authorities."""
    found = cluster.memberships.filter(is_on(day), school__latitude__isnull=False)
    members = list(found.select_related("school"))
    areas = Authority.objects.filter(
        pk__in={each.school.authority_id for each in members if each.school},
        boundary__isnull=False,
    )
    return {
        "schools": _collection(_point(each) for each in members),
        "lines": _collection([]),
        "boundaries": _collection(
            {"type": "Feature", "geometry": each.boundary, "properties": {"name": str(each)}}
            for each in areas
        ),
    }


def _point(membership: Membership) -> dict[str, Any]:
    school = membership.school
    assert school is not None  # noqa: S101 - chosen by the query
    return {
        "type": "Feature",
        "geometry": point(school),
        "properties": {
            "name": str(school),
            "cluster": 1,
            "hub": False,
            "words": membership.get_part_display(),
            "address": reverse("school", args=[school.pk]),
        },
    }


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


# What the record keeps of why something was done, in people's own words.
WHYS = ("reason", "because", "decided_by", "outcome")


def why_of(entry: Entry) -> str:
    """Why it was done, as it was written down; for those who see inside the cluster."""
    return "; ".join(str(entry.details[name]) for name in WHYS if entry.details.get(name))

"""Which plans a cluster has, and a whole plan in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster, Membership, Programme, ProgrammePriority
from clusterwork.measures.models import Measure
from clusterwork.plans.models import Plan, PlanComment, Reuse
from clusterwork.plans.rules.parts import PARTS, SECTIONS, Holds, Part, names_of
from clusterwork.plans.rules.whole import (
    Comments,
    Named,
    NamedMeasure,
    NamedPriority,
    NamedSchool,
    WholePlan,
)
from clusterwork.plans.selectors.parts import fields_of, parts_in
from clusterwork.plans.states import plan as states
from clusterwork.registry.models import School


def plans_of(cluster: Cluster) -> QuerySet[Plan]:
    """The cluster's plans, the latest first."""
    return Plan.objects.filter(cluster=cluster).select_related("cluster__organisation", "replaces")


def plan_on(cluster: Cluster, day: dt.date) -> Plan | None:
    """The approved plan of that day."""
    found = plans_of(cluster).filter(state=states.APPROVED, start_on__lte=day, end_on__gt=day)
    return found.first()


def plan_under_way(cluster: Cluster, day: dt.date) -> Plan | None:
    """The plan that is being written or reviewed: for that day, else for the soonest later time.

    Without either, the last one of an earlier time that was never finished.
    """
    found = plans_of(cluster).filter(state__in=states.UNDER_WAY)
    coming = found.filter(end_on__gt=day).order_by("start_on", "pk").first()
    return coming or found.order_by("-start_on", "-pk").first()


def n_reused(cluster: Cluster) -> int:
    """How many fields were filled from what is known instead of asked again."""
    return Reuse.objects.filter(cluster=cluster).count()


def whole_plan(plan: Plan) -> WholePlan:
    """Everything of the plan: at most 17 queries, however long it is."""
    sections = {name: parts_in(plan, name) for name in SECTIONS}
    return WholePlan(
        pk=plan.pk,
        cluster_pk=plan.cluster_id,
        cluster_name=str(plan.cluster),
        state=plan.state,
        replaces=plan.replaces_id,
        approved_on=plan.approved_on,
        fields=fields_of(plan),
        named=_named(plan, sections),
        comments=comments_on(plan),
        **sections,
    )


def comments_on(plan: Plan) -> dict[UUID | None, Comments]:
    """How many comments stand at each part, None for the plan as a whole."""
    rows = PlanComment.objects.filter(plan=plan).order_by().values_list("uid")
    counted = rows.annotate(n=Count("pk"), waiting=Count("pk", filter=Q(answered_at__isnull=True)))
    return {uid: Comments(n, n_open) for uid, n, n_open in counted}


def _named(plan: Plan, sections: dict[str, tuple[Part, ...]]) -> Named:
    people = pointed_to(sections, Holds.PERSON)
    people |= {each.changed_by for parts in sections.values() for each in parts if each.changed_by}
    priorities = _programme_priorities(pointed_to(sections, Holds.PROGRAMME_PRIORITY))
    programmes = pointed_to(sections, Holds.PROGRAMME)
    programmes |= {each.programme for each in priorities.values()}
    return Named(
        schools=schools_around(plan, pointed_to(sections, Holds.SCHOOL, Holds.SCHOOLS)),
        people=dict(Person.objects.filter(pk__in=people).values_list("pk", "name")),
        measures=_measures(pointed_to(sections, Holds.MEASURE)),
        programmes={
            pk: (name, welsh)
            for pk, name, welsh in Programme.objects.filter(pk__in=programmes).values_list(
                "pk", "name", "name_cy"
            )
        },
        programme_priorities=priorities,
    )


def pointed_to(sections: Mapping[str, tuple[Part, ...]], *holds: Holds) -> set[int]:
    """The numbers that any field of these kinds names in any part."""
    found: set[int] = set()
    for kind in PARTS:
        names = names_of(kind, *holds)
        for part in sections.get(kind.SECTION, ()) if names else ():
            for name in names:
                value = getattr(part, name)
                found |= set(value) if isinstance(value, tuple) else {value}
    return found - {None}


def schools_around(plan: Plan, also: Iterable[int] = ()) -> dict[int, NamedSchool]:
    """The schools that are in the cluster at any time of the plan, and `also` those, by name."""
    stays: dict[int, list[tuple[dt.date, dt.date | None]]] = {pk: [] for pk in also}
    rows = Membership.objects.filter(cluster=plan.cluster_id, school__isnull=False)
    for pk, start, end in rows.order_by("start_on").values_list("school_id", "start_on", "end_on"):
        if pk in stays or (start < plan.end_on and (end is None or end > plan.start_on)):
            stays.setdefault(pk or 0, []).append((start, end))
    schools = School.objects.filter(pk__in=stays).order_by("sort_key", "pk")
    return {
        each.pk: NamedSchool(each.pk, each.name, each.number, each.phase, tuple(stays[each.pk]))
        for each in schools.only("name", "urn", "welsh_number", "la_estab", "phase")
    }


def _measures(pks: set[int]) -> dict[int, NamedMeasure]:
    names = ("pk", "code", "name", "name_cy", "unit", "decimals", "direction")
    rows = Measure.objects.filter(pk__in=pks).order_by("name", "pk").values_list(*names)
    return {row[0]: NamedMeasure(*row) for row in rows}


def _programme_priorities(pks: set[int]) -> dict[int, NamedPriority]:
    rows = ProgrammePriority.objects.filter(pk__in=pks).order_by("place", "pk")
    found = rows.values_list("pk", "text", "text_cy", "programme_id")
    return {row[0]: NamedPriority(*row) for row in found}

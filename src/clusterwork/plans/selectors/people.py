"""Whom and what the writers of a plan can name: people, programmes, priorities of programmes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.selectors.roles import is_on
from clusterwork.clusters.models import Appointment, Participation, Programme, ProgrammePriority
from clusterwork.clusters.selectors.memberships import school_ids_in
from clusterwork.plans.models import Plan
from clusterwork.plans.rules.whole import NamedPriority

OF_SCHOOL = (Role.Kind.HEADTEACHER, Role.Kind.SCHOOL_STAFF)


@dataclass(frozen=True, slots=True)
class People:
    """By number: people who sign in, by name; programmes; priorities in the programmes' order."""

    people: Mapping[int, str]
    programmes: Mapping[int, tuple[str, str]]
    programme_priorities: list[NamedPriority]


def people_around(plan: Plan, day: dt.date) -> People:
    """Those appointed in the cluster or working at its schools; the programmes of its time."""
    held = Appointment.objects.filter(is_on(day), cluster=plan.cluster_id)
    at_school = Role.objects.filter(
        is_on(day), kind__in=OF_SCHOOL, school__in=school_ids_in(plan.cluster, day)
    )
    people = Person.objects.filter(
        Q(pk__in=held.values("person_id")) | Q(pk__in=at_school.values("person_id"))
    )
    parts = Participation.objects.filter(cluster=plan.cluster_id, start_on__lt=plan.end_on)
    running = parts.exclude(end_on__lte=plan.start_on)
    programmes = Programme.objects.filter(pk__in=running.values("programme_id"))
    priorities = ProgrammePriority.objects.filter(programme__in=running.values("programme_id"))
    rows = priorities.order_by("programme", "place", "pk")
    return People(
        dict(people.order_by("name", "pk").values_list("pk", "name")),
        {each.pk: (each.name, each.name_cy) for each in programmes.order_by("name", "pk")},
        [NamedPriority(each.pk, each.text, each.text_cy, each.programme_id) for each in rows],
    )

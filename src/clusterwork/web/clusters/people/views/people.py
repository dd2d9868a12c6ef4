"""Who holds which role in a cluster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Appointment, Headship
from clusterwork.clusters.permissions import cluster_for
from clusterwork.clusters.permissions.appointments import roles_of, schools_to_appoint_for
from clusterwork.clusters.permissions.clusters import belongs_to
from clusterwork.clusters.selectors.appointments import (
    appointments_on,
    coming_appointments,
    link_advisers,
    past_appointments,
)
from clusterwork.clusters.selectors.headships import heads_signing_in, headships_on
from clusterwork.clusters.selectors.rotas import turn_on
from clusterwork.clusters.selectors.vacancies import HEAD, Vacancy, vacancies
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import cluster_frame
from clusterwork.web.clusters.people.wording import role_words
from clusterwork.web.day import planned_day_of
from clusterwork.web.guards import signed_in

Role = Appointment.Role
OF_SCHOOLS = (Role.LINK_PERSON, Role.CHAIR_OF_GOVERNORS, Role.GOVERNOR_REPRESENTATIVE)
PAGE_SIZE = 50


@dataclass(frozen=True)
class SchoolRow:
    """A school with its own people; `signs_in` heads it where no headship is said."""

    school: School
    headship: Headship | None
    signs_in: Person | None
    held: dict[str, list[Appointment]]


@signed_in
@require_safe
def cluster_people(request: HttpRequest, pk: int) -> HttpResponse:
    """What is vacant, who holds what, the people of each school, who held it before."""
    person = person_of(request)
    cluster, day = cluster_for(person, pk, today()), planned_day_of(request)
    frame = cluster_frame(request, cluster, day, "cluster_people")
    held = list(appointments_on(cluster, day.on))
    advised = link_advisers(cluster, day.on)
    runs, own = frame["may_run"], set()
    if day.is_today and not runs:
        own = {each.pk for each in schools_to_appoint_for(person, cluster, today())}
    may = roles_of(runs=runs, works=frame["may_work"], answers=bool(own))
    open_roles = vacancies([cluster], day.on)
    past = Paginator(past_appointments(cluster, day.on), PAGE_SIZE)
    context = {
        **frame,
        "role_words": role_words,
        "vacant": [each for each in open_roles if each.role != Role.LINK_PERSON],
        "without_link": [each for each in open_roles if each.role == Role.LINK_PERSON],
        "head_role": HEAD,
        "held": [each for each in held if each.role not in OF_SCHOOLS],
        "n_held": len(held),
        "exceptions": [each for each in advised if each.is_exception],
        "rows": school_rows([each.school for each in advised], held, day.on),
        "may": may,
        "roles": [role for role in Role if role in may],
        "may_change": changeable(held, may, own, runs=runs),
        "may_fill": fillable(open_roles, may, own, runs=runs),
        "sees_inside": runs or belongs_to(person, cluster, today()),
        "coming": list(coming_appointments(cluster, day.on)[:PAGE_SIZE]),
        "past": past.get_page(request.GET.get("page")),
        "turn": turn_on(cluster, day.on),
        "has_rota": cluster.rotas.exists(),
    }
    return render(request, "clusters/people/people.html", context, using="jinja2")


def school_rows(
    schools: Sequence[School], held: Sequence[Appointment], day: dt.date
) -> list[SchoolRow]:
    """Each school with its head, link person and governors."""
    headed = headships_on(schools, day)
    signing_in = heads_signing_in([school.pk for school in schools], day)
    return [
        SchoolRow(
            school,
            headed.get(school.pk),
            signing_in.get(school.pk),
            {
                str(role): [
                    each for each in held if each.role == role and each.school_id == school.pk
                ]
                for role in OF_SCHOOLS
            },
        )
        for school in schools
    ]


def changeable(
    held: Sequence[Appointment], may: Sequence[str], own: set[int], *, runs: bool
) -> set[int]:
    """The keys of the appointments that the viewer may end or hand over."""
    return {
        each.pk
        for each in held
        if each.role in may and (runs or each.role not in OF_SCHOOLS or each.school_id in own)
    }


def fillable(
    found: Sequence[Vacancy], may: Sequence[str], own: set[int], *, runs: bool
) -> set[tuple[str, int | None]]:
    """Role and school's key of the vacancies that the viewer may fill."""
    return {
        (each.role, each.school.pk if each.school else None)
        for each in found
        if each.role in may
        and (runs or each.role not in OF_SCHOOLS or (each.school and each.school.pk in own))
    }

"""Roles that nobody holds, in all clusters of an officer."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Appointment, Cluster
from clusterwork.clusters.permissions import organisations_for
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.clusters.selectors.vacancies import HEAD, OF_CLUSTER, Vacancy, vacancies
from clusterwork.clusters.states.cluster import LIVING
from clusterwork.web.address import with_query
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.people.wording import role_words
from clusterwork.web.formats import day as in_words
from clusterwork.web.guards import needs_role
from clusterwork.web.spreadsheet import csv_response

ROLES = (*OF_CLUSTER, Appointment.Role.LINK_PERSON, HEAD)
PAGE_SIZE = 50
officer = needs_role(Role.Kind.PROGRAMME_OFFICER)


@officer
@require_safe
def vacancy_list(request: HttpRequest) -> HttpResponse:
    """The vacancies, filtered by role, fifty a page."""
    every, role = found_for(request), role_in(request)
    chosen = in_order([each for each in every if is_shown(each, role)])
    context = {
        "unrecorded": [] if role else unrecorded(every),
        "page": Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page")),
        "n_all": len(every),
        "n_clusters": len({each.cluster.pk for each in chosen}),
        "links": filter_links(request, every, role),
        "role_words": role_words,
        "head_role": HEAD,
        "csv": f"?role={role}" if role else "",
    }
    return render(request, "clusters/people/vacancies.html", context, using="jinja2")


def is_shown(vacancy: Vacancy, role: str) -> bool:
    """Whether it has a line; heads whom nobody recorded have one only where heads are asked for."""
    return vacancy.role == role if role else not is_unrecorded(vacancy)


def is_unrecorded(vacancy: Vacancy) -> bool:
    """Whether nobody has said who heads the school."""
    return vacancy.is_head and vacancy.since is None


def in_order(found: list[Vacancy]) -> list[Vacancy]:
    """The clusters' own roles first, then those of their schools."""
    return sorted(found, key=lambda each: each.school is not None)


def unrecorded(every: list[Vacancy]) -> list[tuple[Cluster, int]]:
    """Each cluster with how many of its schools nobody is recorded to head."""
    clusters = {each.cluster.pk: each.cluster for each in every}
    n = Counter(each.cluster.pk for each in every if is_unrecorded(each))
    return [(clusters[pk], count) for pk, count in n.items()]


@officer
@require_safe
def vacancies_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same rows as a file."""
    role = role_in(request)
    header = (
        _("Cluster"),
        _("Code"),
        _("Role"),
        _("School"),
        _("School number"),
        _("Vacant since"),
    )
    rows = (row_of(each) for each in found_for(request) if not role or each.role == role)
    return csv_response("vacancies", header, rows)


def found_for(request: HttpRequest) -> list[Vacancy]:
    """The vacancies of today in the living clusters of the viewer's organisations."""
    day = today()
    clusters = Cluster.objects.filter(
        is_on(day), status__in=LIVING, organisation__in=organisations_for(person_of(request), day)
    )
    return vacancies(clusters.order_by("working_name", "pk"), day)


def role_in(request: HttpRequest) -> str:
    """The role asked for; empty for all, and for words that are no role."""
    asked = request.GET.get("role", "")
    return asked if asked in ROLES else ""


def filter_links(request: HttpRequest, every: list[Vacancy], role: str) -> list[dict[str, Any]]:
    """All, and each role with how many."""
    n = Counter(each.role for each in every)
    options = [("", _("All"), len(every)), *((each, role_words(each), n[each]) for each in ROLES)]
    return [
        {
            "text": f"{words} ({count})",
            "href": with_query(request, role=value, page=None),
            "current": value == role,
        }
        for value, words, count in options
    ]


def row_of(vacancy: Vacancy) -> tuple[object, ...]:
    """One line of the file."""
    school = vacancy.school
    return (
        str(vacancy.cluster),
        vacancy.cluster.code,
        role_words(vacancy.role),
        str(school) if school else "",
        school.number if school else "",
        in_words(vacancy.since),
    )

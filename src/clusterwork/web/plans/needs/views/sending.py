"""Sending a school's statement to its clusters, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.plans.permissions.needs import school_to_send_needs_of
from clusterwork.plans.services.needs_sending import send_statement, take_back_statement
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_told
from clusterwork.web.guards import only, signed_in


@signed_in
@only("POST")
def needs_send(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The clusters see it from now on; `nothing` says that there is nothing to add."""
    person = person_of(request)
    school_to_send_needs_of(person, pk, today())
    if done_or_told(
        request,
        lambda: send_statement(
            person=person,
            now=timezone.now(),
            school_pk=pk,
            year=year,
            nothing_to_add="nothing" in request.POST,
        ),
    ):
        messages.success(request, _("It is sent. The schools of your cluster see it now."))
    return redirect("school_needs_year", pk, year)


@signed_in
@only("POST")
def needs_take_back(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """It is the school's alone again."""
    person, day = person_of(request), today()
    school_to_send_needs_of(person, pk, day)
    if done_or_told(
        request,
        lambda: take_back_statement(person=person, day=day, school_pk=pk, year=year),
    ):
        messages.success(request, _("It is a draft again, and only your school sees it."))
    return redirect("school_needs_year", pk, year)

"""A programme officer recognises a cluster that schools have formed, or returns it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Role
from clusterwork.clusters.permissions.founding import founding_to_decide
from clusterwork.clusters.rules.founding import Stand
from clusterwork.clusters.services.recognition import recognise_founding, return_founding
from clusterwork.clusters.states.founding import ASKED
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.founding.forms import RECOGNISE, DecisionForm
from clusterwork.web.clusters.founding.links import LINKS
from clusterwork.web.clusters.founding.shown import Row, frame, rows_of
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import needs_role, only


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def founding_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The schools that agreed, what overlaps, and the decision."""
    founding = founding_to_decide(person_of(request), pk, today())
    rows = rows_of(founding, today())
    agreed = [row for row in rows if row.stand is Stand.AGREED]
    form = DecisionForm(request.POST or None, founding=founding, day=today())
    if form.is_valid() and done_or_said(form, None, lambda: decide(request, pk, form)):
        founding.refresh_from_db()
        if form.cleaned_data["decision"] == RECOGNISE:
            messages.success(request, _("The cluster is recognised, and its schools are told."))
            return redirect("cluster", founding.cluster_id)
        messages.success(request, _("It is returned, and the school that began is told why."))
        return redirect("founding", pk)
    context = {
        **frame(founding),
        "form": form,
        "agreed": agreed,
        "others": [row for row in rows if row.stand is not Stand.AGREED],
        "overlapping": [row for row in agreed if row.overlaps],
        "seen": ids_of(agreed),
        "is_open": founding.state == ASKED,
    }
    return render(request, "clusters/founding/decide.html", context, using="jinja2")


def decide(request: HttpRequest, pk: int, form: DecisionForm) -> Any:
    """By what was chosen."""
    data = form.cleaned_data
    asked: dict[str, Any] = {
        "person": person_of(request),
        "day": today(),
        "now": timezone.now(),
        "pk": pk,
        "links": LINKS,
    }
    if data["decision"] != RECOGNISE:
        return return_founding(**asked, because=data["because"])
    return recognise_founding(
        **asked, from_day=data["from_day"], seen=form.seen_ids, programme=data["programme"]
    )


def ids_of(rows: list[Row]) -> str:
    """The schools as the form sends them back."""
    return ",".join(str(row.invited.school_id) for row in rows)

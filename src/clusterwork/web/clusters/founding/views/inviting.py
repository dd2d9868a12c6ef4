"""The school that began finds others by name or number, invites them, takes invitations back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.accounts.services.limits import count
from clusterwork.clusters.models import Founding
from clusterwork.clusters.permissions.founding import founding_to_lead
from clusterwork.clusters.selectors.foundings import founder_of
from clusterwork.clusters.selectors.heads import heads_by_school
from clusterwork.clusters.services.founding import invite_school, take_back_invitation
from clusterwork.kernel.errors import NotAllowed, NotThere, Problem
from clusterwork.registry.models import Authority, Organisation, School, Status
from clusterwork.registry.selectors.organisations import with_descendants
from clusterwork.registry.selectors.search import find_schools
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.founding.forms import SearchForm
from clusterwork.web.clusters.founding.links import LINKS
from clusterwork.web.clusters.founding.shown import frame, rows_of
from clusterwork.web.formats import said
from clusterwork.web.guards import only, signed_in

MOST_SHOWN = 30


@signed_in
@only("GET", "HEAD", "POST")
def founding_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Schools found by words and phase, each with a button that invites it."""
    founding = founding_to_lead(person_of(request), pk, today())
    refused = _invite(request, pk) if request.method == "POST" else ""
    if request.method == "POST" and not refused:
        return redirect(request.get_full_path())
    form = SearchForm(request.GET)
    found = _found(form, founding)
    context = {
        **frame(founding),
        "form": form,
        "refused": refused,
        "found": found,
        "rows": rows_of(founding, today()),
        "invited": set(founding.schools.values_list("school_id", flat=True)),
        "reached": heads_by_school([each.pk for each in found], today()),
        "is_searched": bool(request.GET.get("q") or request.GET.get("phase")),
        "most": MOST_SHOWN,
    }
    return render(request, "clusters/founding/invite.html", context, using="jinja2")


@signed_in
@only("POST")
def founding_take_back(request: HttpRequest, pk: int, school: int) -> HttpResponse:
    """An invitation that nobody has answered."""
    take_back_invitation(person=person_of(request), day=today(), pk=pk, school_pk=school)
    messages.success(request, _("The invitation is taken back."))
    return redirect("founding", pk)


def _invite(request: HttpRequest, pk: int) -> str:
    """Invites the school whose button was pressed; what stands against it, or nothing."""
    number = request.POST.get("school", "")
    asked: dict[str, Any] = {"person": person_of(request), "day": today(), "now": timezone.now()}
    school_pk = int(number) if number.isdecimal() and len(number) < 18 else 0
    try:
        count("founding_invite", person_of(request).pk, now=asked["now"])
        row = invite_school(pk=pk, school_pk=school_pk, links=LINKS, **asked)
    except (NotAllowed, NotThere):
        raise
    except Problem as problem:
        return said(problem)
    messages.success(request, _("Invited: %(school)s") % {"school": row.school})
    return ""


def _found(form: SearchForm, founding: Founding) -> list[School]:
    """Those that fit, of the organisation's authorities first; closed ones last."""
    if not form.is_valid() or not (form.cleaned_data["q"] or form.cleaned_data["phase"]):
        return []
    words, phase = form.cleaned_data["q"].replace("\x00", ""), form.cleaned_data["phase"]
    found = find_schools(words=words, phase=phase).filter(matched_to__isnull=True)
    near = _authorities_near(founding)
    if not words:
        found = found.filter(authority__in=near)
    order = (
        Case(When(status=Status.CLOSED, then=1), default=0),
        Case(When(authority__in=near, then=0), default=1),
        "sort_key",
        "pk",
    )
    return list(found.exclude(pk=founder_of(founding).pk).order_by(*order)[:MOST_SHOWN])


def _authorities_near(founding: Founding) -> QuerySet[Authority]:
    """The authorities of the organisation that is asked."""
    served = Organisation.objects.filter(pk=founding.cluster.organisation_id)
    return Authority.objects.filter(organisations__in=with_descendants(served)).distinct()

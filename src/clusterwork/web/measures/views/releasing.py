"""A school releases figures to a cluster: choose, look at what others then see, release."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.models import Cluster
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.permissions.releasing import release_to_withdraw, school_to_release_for
from clusterwork.measures.selectors.releases import agreement_in_force
from clusterwork.measures.services.releases import release_figures, withdraw_release
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said, done_or_told
from clusterwork.web.formats import number
from clusterwork.web.guards import only, signed_in
from clusterwork.web.measures.forms.releasing import ReleaseForm
from clusterwork.web.measures.frame import seen_by_senders, to_school
from clusterwork.web.measures.releasing import (
    Own,
    by_measure,
    not_yet_released,
    own_figures,
    releases_between,
)
from clusterwork.web.measures.words import figure_shown, key_of, unit_shown, when_shown, words


@signed_in
@only("GET", "HEAD", "POST")
def figures_release(request: HttpRequest, pk: int, cluster_pk: int) -> HttpResponse:
    """What to release; then what others will see, with the button that says so."""
    school = school_to_release_for(person_of(request), pk, today())
    cluster = _cluster_of(school, cluster_pk)
    agreement = agreement_in_force(cluster, today())
    left = not_yet_released(own_figures(school), releases_between(school, cluster))
    form = ReleaseForm(request.POST or None, own=by_measure(left), agreement=agreement)
    checked = "release" in request.POST
    if form.is_bound and form.is_valid() and checked:
        done_or_said(form, None, lambda: _release(request, school, cluster, form))
        if not form.errors:
            messages.success(request, _("The figures are released: %(to)s") % {"to": cluster})
            return redirect("school_figures", pk=pk)
    context = {
        "school": school,
        "cluster": cluster,
        "agreement": agreement,
        "releases": releases_between(school, cluster),
        "form": form,
        "figure_shown": figure_shown,
        "when_shown": when_shown,
        "trail_items": to_school(school),
        "seen_by_words": seen_by_senders(),
    }
    if form.is_bound and form.is_valid():
        context |= _what_others_see(form)
        return render(request, "measures/release/check.html", context, using="jinja2")
    return render(request, "measures/release/choose.html", context, using="jinja2")


def _what_others_see(form: ReleaseForm) -> dict[str, Any]:
    rows = [(each, figure) for each in form.chosen for figure in each.figures]
    names = words()
    return {
        "rows": rows,
        "words": names,
        "keys": key_of((figure.code for _, figure in rows), names),
        "unit_shown": unit_shown,
        "consequence": consequence(form.chosen),
    }


def consequence(chosen: list[Own]) -> str:
    """What the button says."""
    n = sum(len(each.figures) for each in chosen)
    if not n:
        return _("Release figures as they come in")
    told = ngettext("Release one figure to the cluster", "Release %(n)s figures to the cluster", n)
    return told % {"n": number(n)}


@transaction.atomic
def _release(request: HttpRequest, school: School, cluster: Cluster, form: ReleaseForm) -> None:
    for measure_pk in form.measure_pks:
        release_figures(
            person=person_of(request),
            day=today(),
            now=timezone.now(),
            school_pk=school.pk,
            cluster_pk=cluster.pk,
            measure_pk=measure_pk,
            officers_too=form.cleaned_data.get("officers_too", False),
        )


def _cluster_of(school: School, pk: int) -> Cluster:
    held = memberships_on(today()).filter(school=school, cluster=pk).select_related("cluster")
    found = held.first()
    if found is None:
        raise NotThere(
            Message(N_("The school is not in this cluster today.")),
            next_step=Message(N_("Choose one of the school's clusters.")),
        )
    return found.cluster


@signed_in
@only("GET", "HEAD", "POST")
def release_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a release back, after saying what follows."""
    release = release_to_withdraw(person_of(request), pk, today())
    school = release.school
    if request.method == "POST":
        who: dict[str, Any] = {"person": person_of(request), "day": today(), "now": timezone.now()}
        if done_or_told(request, lambda: withdraw_release(**who, pk=pk)):
            messages.success(request, _("The cluster no longer sees these figures."))
        return redirect("school_figures", pk=school.pk)
    context = {
        "release": release,
        "school": school,
        "trail_items": to_school(school),
        "seen_by_words": seen_by_senders(),
    }
    return render(request, "measures/release/withdraw.html", context, using="jinja2")

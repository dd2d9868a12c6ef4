"""A school or partner joins, takes another part, leaves, is dropped, or is put right."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Cluster, Membership
from clusterwork.clusters.permissions import cluster_to_run
from clusterwork.clusters.permissions.memberships import membership_to_run
from clusterwork.clusters.selectors.memberships import clusters_of_schools
from clusterwork.clusters.services import corrections, memberships
from clusterwork.clusters.services.memoranda import sign_memorandum
from clusterwork.clusters.services.partners import join_as_partner
from clusterwork.registry.models import School
from clusterwork.registry.selectors.search import find_schools
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.forms.members import (
    CorrectForm,
    DropForm,
    JoinForm,
    LeaveForm,
    MemorandumForm,
    PartForm,
    PartnerForm,
    TakeBackForm,
    as_entered,
)
from clusterwork.web.clusters.cluster.frame import officers_of, trail
from clusterwork.web.clusters.cluster.showing import ended_words
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.guards import only, signed_in

MOST_FOUND = 20


def _to_members(cluster: Cluster) -> Any:
    return lambda _done: reverse("cluster_members", args=[cluster.pk])


@signed_in
@only("GET", "HEAD", "POST")
def member_join(request: HttpRequest, pk: int) -> HttpResponse:
    """A school joins: found by name or number, then its part and its first day."""
    person, day = person_of(request), today()
    cluster = cluster_to_run(person, pk, day)
    words = request.GET.get("q", "").strip()
    found = list(find_schools(words=words)[: MOST_FOUND + 1]) if words else []
    form = JoinForm(request.POST or None, schools=found[:MOST_FOUND], initial={"on": day})
    step = Step(
        template="clusters/cluster/member_join.html",
        form=form,
        act=lambda: memberships.join(
            person=person,
            day=day,
            pk=pk,
            school=form.chosen,
            facts=form.facts,
            start_on=form.cleaned_data["on"],
            signed_on=form.cleaned_data["signed_on"],
        ),
        said=_("The school has joined the cluster."),
        then=_to_members(cluster),
        context={"words": words, "found": found, **_elsewhere(found, cluster)},
    )
    return taken(request, cluster, step)


def _elsewhere(found: list[School], cluster: Cluster) -> dict[str, Any]:
    """The clusters in which the schools found are today."""
    inside = clusters_of_schools([each.pk for each in found], today())
    told = [
        (each, ", ".join(str(one.cluster) for one in inside[each.pk]))
        for each in found[:MOST_FOUND]
        if inside.get(each.pk)
    ]
    return {"elsewhere": told, "too_many": len(found) > MOST_FOUND}


@signed_in
@only("GET", "HEAD", "POST")
def partner_join(request: HttpRequest, pk: int) -> HttpResponse:
    """An organisation that is no school takes part."""
    person, day = person_of(request), today()
    cluster = cluster_to_run(person, pk, day)
    form = PartnerForm(request.POST or None, initial={"on": day})
    step = Step(
        template="clusters/cluster/partner_join.html",
        form=form,
        act=lambda: join_as_partner(
            person=person,
            day=day,
            pk=pk,
            kind=form.cleaned_data["kind"],
            name=form.cleaned_data["name"],
            name_cy=form.cleaned_data["name_cy"],
            start_on=form.cleaned_data["on"],
        ),
        said=_("The partner takes part in the cluster."),
        then=_to_members(cluster),
    )
    return taken(request, cluster, step)


@signed_in
@require_safe
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be done about one membership, each on a page of its own."""
    membership = membership_to_run(person_of(request), pk, today())
    end = membership.end_on
    context = {
        "has_ended": end is not None and end <= today(),
        "ended_words": ended_words(membership),
        "cluster": membership.cluster,
        "membership": membership,
        "member": membership.school or membership.partner,
        "trail_items": trail(membership.cluster),
        "seen_by_words": officers_of(membership.cluster),
    }
    return render(request, "clusters/cluster/member.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def member_part(request: HttpRequest, pk: int) -> HttpResponse:
    """A school takes another part from a day on."""
    person, day = person_of(request), today()
    membership = membership_to_run(person, pk, day)
    form = PartForm(request.POST or None, initial={**as_entered(membership), "on": day})
    step = _step(
        membership,
        "part",
        form,
        lambda: memberships.take_part(
            person=person,
            day=day,
            membership_pk=pk,
            facts=form.facts,
            on=form.cleaned_data["on"],
        ),
        _("The school has another part in the cluster."),
    )
    return taken(request, membership.cluster, step)


@signed_in
@only("GET", "HEAD", "POST")
def member_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """A member leaves, with its reason."""
    person, day = person_of(request), today()
    membership = membership_to_run(person, pk, day)
    form = LeaveForm(request.POST or None, initial={"on": day})
    step = _step(
        membership,
        "leave",
        form,
        lambda: memberships.leave(
            person=person,
            day=day,
            membership_pk=pk,
            on=form.cleaned_data["on"],
            reason=form.cleaned_data["reason"],
        ),
        _("The end of the membership is written down."),
        later=memberships.later_periods(membership),
    )
    return taken(request, membership.cluster, step)


@signed_in
@only("GET", "HEAD", "POST")
def member_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """A member is out by a decision."""
    person, day = person_of(request), today()
    membership = membership_to_run(person, pk, day)
    form = DropForm(request.POST or None, initial={"on": day})
    step = _step(
        membership,
        "drop",
        form,
        lambda: memberships.drop(
            person=person,
            day=day,
            membership_pk=pk,
            on=form.cleaned_data["on"],
            reason=form.cleaned_data["reason"],
            decided_by=form.cleaned_data["decided_by"],
        ),
        _("The decision and its day are written down."),
        later=memberships.later_periods(membership),
    )
    return taken(request, membership.cluster, step)


@signed_in
@only("GET", "HEAD", "POST")
def member_memorandum(request: HttpRequest, pk: int) -> HttpResponse:
    """The day on which a member signed the cluster's memorandum."""
    person, day = person_of(request), today()
    membership = membership_to_run(person, pk, day)
    form = MemorandumForm(request.POST or None, initial=as_entered(membership))
    step = _step(
        membership,
        "memorandum",
        form,
        lambda: sign_memorandum(
            person=person, day=day, membership_pk=pk, on=form.cleaned_data["signed_on"]
        ),
        _("The day of the memorandum is written down."),
    )
    return taken(request, membership.cluster, step)


@signed_in
@only("GET", "HEAD", "POST")
def member_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """What was entered wrongly is put right; or the entry is taken back."""
    person, day = person_of(request), today()
    membership = membership_to_run(person, pk, day)
    form = CorrectForm(request.POST or None, membership=membership, initial=as_entered(membership))
    step = _step(
        membership,
        "correct",
        form,
        lambda: corrections.amend_membership(
            person=person,
            day=day,
            membership_pk=pk,
            told=form.told,
            because=form.cleaned_data["wrong"],
        ),
        _("The membership is corrected. The history keeps what was entered before."),
    )
    return taken(request, membership.cluster, step)


@signed_in
@only("GET", "HEAD", "POST")
def member_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A membership that never was is taken back."""
    person, day = person_of(request), today()
    membership = membership_to_run(person, pk, day)
    form = TakeBackForm(request.POST or None)
    step = _step(
        membership,
        "take_back",
        form,
        lambda: corrections.take_back_membership(
            person=person, day=day, membership_pk=pk, because=form.cleaned_data["wrong"]
        ),
        _("The membership is taken back. The history keeps that it was entered."),
    )
    return taken(request, membership.cluster, step)


def _step(
    membership: Membership, name: str, form: Any, act: Any, said: str, **context: Any
) -> Step:
    return Step(
        template=f"clusters/cluster/member_{name}.html",
        form=form,
        act=act,
        said=said,
        then=_to_members(membership.cluster),
        context={
            "membership": membership,
            "member": membership.school or membership.partner,
            **context,
        },
    )

"""Proposing a priority, out of one's own needs too; changing and withdrawing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.clusters.permissions.deciding import leads
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import Candidate
from clusterwork.plans.permissions.choosing import candidate_to_change, choosing_for
from clusterwork.plans.selectors.choosing import choosing_schools
from clusterwork.plans.services import choosing_proposals as services
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.clusters.refusing import done_or_told
from clusterwork.web.formats import said
from clusterwork.web.guards import only, signed_in
from clusterwork.web.plans.needs.forms.choosing import PriorityForm
from clusterwork.web.plans.needs.frame import seen_inside, trail_to
from clusterwork.web.plans.needs.views.choosing import schools_for


@signed_in
@only("GET", "HEAD", "POST")
def priority_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """What, why and for which schools."""
    person, day = person_of(request), today()
    found = choosing_for(person, pk, day)
    mine, is_leading = schools_for(person, found, day), leads(person, found.cluster, day)
    if not mine and not is_leading:
        raise _not_for_you()
    form = PriorityForm(
        request.POST or None,
        schools=list(choosing_schools(found.cluster, day)),
        mine=mine,
        leads=is_leading,
        initial={"school": mine[0].pk if mine else ""},
    )
    step = Step(
        template="plans/needs/priority.html",
        form=form,
        act=lambda: services.propose_priority(
            person=person, day=day, pk=pk, school_pk=form.school_pk, facts=form.facts
        ),
        said=_("It is proposed. The other schools see it now."),
        then=lambda _made: reverse("choosing", args=[pk]),
        context={"way": trail_to(found.cluster, choosing=True), "choosing": found},
        seen_by=seen_inside(),
    )
    return taken(request, found.cluster, step)


@signed_in
@only("POST")
def priority_from_need(request: HttpRequest, pk: int) -> HttpResponse:
    """A priority of the school's own statement is proposed as it stands there."""
    person, day = person_of(request), today()
    mine = [each.pk for each in schools_for(person, choosing_for(person, pk, day), day)]
    if not mine:
        raise _not_for_you()
    school, need = (_number(request.POST.get(name, "")) for name in ("school", "need"))
    made = _done_or_gone(
        request,
        lambda: services.propose_from_need(
            person=person,
            day=day,
            pk=pk,
            school_pk=school if school in mine else mine[0],
            need_pk=need,
        ),
    )
    if made:
        messages.success(
            request,
            _(
                "It is proposed in the words of your statement, for your school and those that "
                "name the same area. Change it if that is not so."
            ),
        )
    return redirect("choosing", pk)


@signed_in
@only("GET", "HEAD", "POST")
def priority_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposal is said in other words, or for other schools."""
    person, day = person_of(request), today()
    found = candidate_to_change(person, pk, day)
    choosing = found.choosing
    names = ("title", "text", "area")
    initial: dict[str, Any] = {name: getattr(found, name) for name in names}
    form = PriorityForm(
        request.POST or None,
        schools=list(choosing_schools(choosing.cluster, day)),
        initial=initial | {"serves": [str(each.pk) for each in found.serves.all()]},
    )
    step = Step(
        template="plans/needs/priority.html",
        form=form,
        act=lambda: services.change_priority(person=person, day=day, pk=pk, facts=form.facts),
        said=_("The proposal is changed."),
        then=lambda _made: reverse("choosing", args=[choosing.pk]),
        context={
            "way": trail_to(choosing.cluster, choosing=True),
            "choosing": choosing,
            "candidate": found,
        },
        seen_by=seen_inside(),
    )
    return taken(request, choosing.cluster, step)


@signed_in
@only("POST")
def priority_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It is proposed no longer."""
    person, day = person_of(request), today()
    found = candidate_to_change(person, pk, day)
    if done_or_told(
        request,
        lambda: services.withdraw_priority(person=person, day=day, now=timezone.now(), pk=pk),
    ):
        messages.success(request, _("The proposal is withdrawn."))
    return redirect("choosing", found.choosing_id)


def _not_for_you() -> NotAllowed:
    return NotAllowed(
        Message(N_("You cannot propose a priority here.")),
        next_step=Message(
            N_("The heads of its schools and whoever they named to send for them can.")
        ),
    )


def _done_or_gone(request: HttpRequest, act: Callable[[], Candidate]) -> Candidate | None:
    """The line may have been taken back since the page was shown."""
    try:
        return done_or_told(request, act)
    except NotThere as gone:
        messages.warning(request, said(gone))
        return None


def _number(text: str) -> int:
    """A number of the form, or one that nothing has."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0

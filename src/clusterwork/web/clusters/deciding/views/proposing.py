"""A proposal to the cluster, and an amended one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Cluster, Decision
from clusterwork.clusters.permissions.deciding import (
    cluster_to_propose_in,
    decision_for,
    leads,
    schools_to_decide_for,
)
from clusterwork.clusters.selectors.governance import voting_rule_on
from clusterwork.clusters.services.proposing import propose_decision
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.clusters.deciding.forms.proposing import ProposeForm
from clusterwork.web.clusters.deciding.frame import groups_in, trail_to
from clusterwork.web.clusters.deciding.links import decision_link
from clusterwork.web.clusters.deciding.wording import rule_words
from clusterwork.web.guards import only, signed_in

USUAL_TIME = dt.timedelta(days=14)


@signed_in
@only("GET", "HEAD", "POST")
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """A new proposal, open for votes."""
    cluster = cluster_to_propose_in(person_of(request), pk, today())
    return _page(request, cluster, None)


@signed_in
@only("GET", "HEAD", "POST")
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Another proposal in the place of one."""
    person, day = person_of(request), today()
    amended = decision_for(person, pk, day)
    return _page(request, cluster_to_propose_in(person, amended.cluster_id, day), amended)


def _page(request: HttpRequest, cluster: Cluster, amended: Decision | None) -> HttpResponse:
    person, day = person_of(request), today()
    form = ProposeForm(
        request.POST or None,
        initial=_offered(amended, day),
        schools=list(schools_to_decide_for(person, cluster, day).order_by("sort_key")),
        groups=groups_in(cluster),
        leads=leads(person, cluster, day),
    )
    step = Step(
        template="clusters/deciding/propose.html",
        form=form,
        act=lambda: propose_decision(
            person=person,
            day=day,
            cluster_pk=cluster.pk,
            link_for=decision_link,
            amends_pk=amended.pk if amended else None,
            **form.facts,
        ),
        said=_("The proposal is open for votes, and every school that has one is told."),
        then=lambda made: reverse("decision", args=[made.pk]),
        context={
            "way": trail_to(cluster),
            "amended": amended,
            "objections": _objections(amended),
            "rule_words": rule_words(voting_rule_on(cluster, None, day)),
        },
        seen_by=_("the heads of its schools, its chair, coordinator and clerk"),
    )
    return taken(request, cluster, step)


def _offered(amended: Decision | None, day: dt.date) -> dict[str, Any]:
    """What is filled in already: of an amended proposal its words."""
    told: dict[str, Any] = {"vote_by": day + USUAL_TIME}
    if amended is None:
        return told
    words = {name: getattr(amended, name) for name in ("title", "text", "about")}
    return {**told, **words, "group_pk": amended.group_id}


def _objections(amended: Decision | None) -> list[Any]:
    if amended is None:
        return []
    return list(amended.votes.filter(answer="object").select_related("school"))

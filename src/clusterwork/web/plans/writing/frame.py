"""What stands on every page of a plan: the way around, who writes, who can see it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clusterwork.clusters.permissions.deciding import is_inside
from clusterwork.plans.models import Plan
from clusterwork.plans.permissions.plans import is_of_the_authority, may_write_plans_of
from clusterwork.plans.states import plan as states
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import trail

# Addresses' names with their words and whose they are. A page that does not exist yet is left out.
ALL, OWN, AUTHORITY, WRITERS = "all", "own", "authority", "writers"
PAGES: tuple[tuple[str, str | Promise, str], ...] = (
    ("plan", _lazy("The plan"), ALL),
    ("plan_steps", _lazy("How it should work"), ALL),
    ("plan_comments", _lazy("Comments"), OWN),
    ("plan_send", _lazy("Send in"), WRITERS),
    ("plan_said", _lazy("Review"), AUTHORITY),
    ("plan_papers", _lazy("Papers"), ALL),
    ("plan_forms", _lazy("Funders’ forms"), WRITERS),
    ("plan_history", _lazy("History"), OWN),
)


def plan_frame(request: HttpRequest, plan: Plan, current: str) -> dict[str, Any]:
    """The context of `plans/writing/layout.html`; `current` is the name of the page shown.

    `may_write` says whether the viewer writes in it now, `is_own` whether it is her cluster's.
    """
    person = person_of(request)
    inside = is_inside(person, plan.cluster, today())
    writes = inside and may_write_plans_of(person, plan.cluster, today())
    opens = {
        ALL: True,
        OWN: inside,
        AUTHORITY: inside or is_of_the_authority(person, plan.cluster, today()),
        WRITERS: writes,
    }
    return {
        "plan": plan,
        "cluster": plan.cluster,
        "around": around(plan, current, opens),
        "trail_items": trail_to(plan),
        "is_own": inside,
        "is_writer": writes,
        "may_write": writes and plan.state in states.WRITABLE,
        "seen_by_words": seen_by(plan),
    }


def around(plan: Plan, current: str, opens: dict[str, bool]) -> list[dict[str, Any]]:
    """The sub-navigation of a plan: the pages that the viewer may open."""
    found = [(name, words, _address(name, plan)) for name, words, whose in PAGES if opens[whose]]
    return [
        {"text": str(words), "href": address, "current": name == current}
        for name, words, address in found
        if address
    ]


def trail_to(plan: Plan) -> list[dict[str, Any]]:
    """Clusters › the cluster › its plans."""
    cluster = plan.cluster
    return [
        *trail(cluster),
        {"text": str(cluster), "href": reverse("cluster", args=[cluster.pk])},
        {"text": _("Plans"), "href": reverse("cluster_plan", args=[cluster.pk])},
    ]


def seen_by(plan: Plan) -> str:
    """Who can see the plan as it stands."""
    if plan.state in (states.DRAFT, states.RETURNED, states.WITHDRAWN):
        return _(
            "the people of the cluster and its schools. The authority sees a plan that is sent in."
        )
    return _(
        "the people of the cluster and its schools, its link adviser and the officers of its "
        "authority and programmes"
    )


def seen_by_writers() -> str:
    """Who can see the pages on which the plan is written."""
    return _(
        "the chair, coordinators and clerk of the cluster, the heads of its schools and those whom "
        "a head has named"
    )


def seen_by_shared() -> str:
    """Who can see an approved plan that its cluster shares."""
    return _("those who can see the plan, and those who write plans in clusters of its programmes")


def seen_by_the_cluster() -> str:
    """Who can see what the cluster keeps to itself."""
    return _("the people of the cluster and its schools")


def _address(name: str, plan: Plan) -> str:
    try:
        return reverse(name, args=[plan.pk])
    except NoReverseMatch:
        return ""

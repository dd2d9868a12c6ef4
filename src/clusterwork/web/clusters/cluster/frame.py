"""What stands on every page of one cluster: the way around, the day, who may do what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clusterwork.clusters.models import Cluster
from clusterwork.clusters.permissions import may_run_cluster, may_work_in
from clusterwork.clusters.selectors.clusters import name_on
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.day import Day

# Addresses' names with their words. A page that does not exist yet is left out.
PAGES: tuple[tuple[str, str | Promise], ...] = (
    ("cluster", _lazy("Overview")),
    ("cluster_members", _lazy("Members")),
    ("cluster_people", _lazy("People")),
    ("cluster_figures", _lazy("Figures")),
    ("cluster_decisions", _lazy("Decisions")),
    ("cluster_agreements", _lazy("Agreements")),
    ("cluster_needs", _lazy("Needs")),
    ("cluster_plan", _lazy("Plan")),
    ("cluster_standing", _lazy("How it stands")),
    ("cluster_programmes", _lazy("Programmes")),
    ("cluster_history", _lazy("History")),
)


def cluster_frame(request: HttpRequest, cluster: Cluster, day: Day, current: str) -> dict[str, Any]:
    """The context of `clusters/cluster/layout.html`; `current` is the name of the page shown.

    `called` is the cluster's name on the day. `may_run` and `may_work` say what the viewer may do
    today, and are false on pages of another day, which cannot be edited.
    """
    person = person_of(request)
    runs = may_run_cluster(person, cluster, today())
    works = runs or may_work_in(person, cluster, today())
    return {
        "cluster": cluster,
        "called": str(cluster if day.is_today else name_on(cluster, day.on)),
        "day": day,
        "around": around(cluster, day, current),
        "trail_items": trail(cluster),
        "may_run": runs and day.is_today,
        "may_work": works and day.is_today,
        "seen_by_words": seen_by(),
    }


def around(cluster: Cluster, day: Day, current: str) -> list[dict[str, Any]]:
    """The sub-navigation; it keeps the day."""
    found = [(name, words, address_of(name, cluster)) for name, words in PAGES]
    return [
        {"text": str(words), "href": address + day.query, "current": name == current}
        for name, words, address in found
        if address
    ]


def address_of(name: str, cluster: Cluster) -> str:
    """The address of the cluster's page of this name; empty where there is none."""
    try:
        return reverse(name, args=[cluster.pk])
    except NoReverseMatch:
        return ""


def trail(cluster: Cluster) -> list[dict[str, Any]]:
    """Clusters › the cluster that this one is inside, if any."""
    steps = [{"text": _("Clusters"), "href": reverse("clusters")}]
    if cluster.parent:
        parent = cluster.parent
        steps.append({"text": str(parent), "href": reverse("cluster", args=[parent.pk])})
    return steps


def officers_of(cluster: Cluster) -> str:
    """Who can see the pages that change the cluster."""
    return _("programme officers. Organisation: %(organisation)s") % {
        "organisation": cluster.organisation
    }


def its_people() -> str:
    """Who can see the pages on which a cluster speaks for itself."""
    return _("the heads of its schools, its chair, coordinator and clerk, and its officers")


def seen_by() -> str:
    """Who can see the cluster's pages."""
    return _("everyone who has a role in a school or an organisation")

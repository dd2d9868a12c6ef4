"""What stands on every page of a cluster's needs, and who sees what, in words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Cluster
from clusterwork.registry.models import School
from clusterwork.web.clusters.cluster.frame import cluster_frame, trail
from clusterwork.web.day import Day, DayForm


def of_today() -> Day:
    """Needs are said and chosen today; their pages have no other day."""
    day = timezone.localdate()
    return Day(day, DayForm(initial={"on": day}))


def needs_frame(
    request: HttpRequest, cluster: Cluster, current: str, *, inside: bool = True
) -> dict[str, Any]:
    """The frame of a cluster's page with the way around among needs."""
    pages = [("cluster_needs", _("Who has answered"))]
    if inside:
        pages += [
            ("needs_matrix", _("Needs and strengths")),
            ("needs_profile", _("Profile")),
            ("cluster_choosing", _("Choosing priorities")),
        ]
    return {
        **cluster_frame(request, cluster, of_today(), "cluster_needs"),
        "parts": [
            {
                "text": words,
                "href": reverse(name, args=[cluster.pk]),
                "current": name == current,
            }
            for name, words in pages
        ],
        "seen_by_words": seen_inside(),
    }


def trail_to(cluster: Cluster, *, choosing: bool = False) -> list[dict[str, Any]]:
    """Clusters › the cluster › its needs, or its choosing."""
    name, words = (
        ("cluster_choosing", _("Choosing priorities"))
        if choosing
        else ("cluster_needs", _("Needs"))
    )
    return [
        *trail(cluster),
        {"text": str(cluster), "href": reverse("cluster", args=[cluster.pk])},
        {"text": words, "href": reverse(name, args=[cluster.pk])},
    ]


def trail_to_school(school: School, year: int | None = None) -> list[dict[str, Any]]:
    """Schools › the school › its needs."""
    found = [
        {"text": _("Schools"), "href": reverse("schools")},
        {"text": str(school), "href": reverse("school", args=[school.pk])},
    ]
    if year is not None:
        address = reverse("school_needs_year", args=[school.pk, year])
        found.append({"text": _("Needs and strengths"), "href": address})
    return found


def seen_inside() -> str:
    """Who sees what the cluster keeps to itself."""
    return _(
        "the heads and staff of its schools, its chair, coordinator and clerk. The authority does "
        "not"
    )


def seen_by_askers() -> str:
    """Who sees only who has answered."""
    return _(
        "the schools of the cluster, its chair, coordinator and clerk. Its officers see who has "
        "answered, and not what"
    )


def seen_with_officers() -> str:
    """Who sees what is put together of published figures."""
    return _("the schools of the cluster, its chair, coordinator and clerk, and its officers")


def seen_of_draft() -> str:
    """Who sees a draft."""
    return _("the school’s head, whoever she has named, and its link person")


def seen_of_sent() -> str:
    """Who sees what was sent."""
    return _("the school, and everybody in its clusters. The authority does not")

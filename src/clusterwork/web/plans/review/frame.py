"""What stands on every page about the review of a plan."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.plans.models import Plan, Review
from clusterwork.web.clusters.cluster.frame import trail


def plan_trail(plan: Plan) -> dict[str, Any]:
    """The plan, and the way to it: clusters › the cluster › its plan."""
    steps = trail(plan.cluster)
    steps.append({"text": str(plan.cluster), "href": reverse("cluster", args=[plan.cluster_id])})
    steps.append({"text": plan.title, "href": reverse("plan_said", args=[plan.pk])})
    return {"plan": plan, "cluster": plan.cluster, "trail_items": steps}


def review_trail(review: Review) -> dict[str, Any]:
    """The review, and the way to it: reviews › the plan of a cluster."""
    plan = review.submission.plan
    steps = [{"text": _("Reviews"), "href": reverse("reviews")}]
    here = {"text": str(plan.cluster), "href": reverse("review", args=[review.pk])}
    return {
        "review": review,
        "plan": plan,
        "cluster": plan.cluster,
        "trail_items": steps,
        "here": here,
        "seen_by_words": seen_by_body(review),
    }


def seen_by_cluster() -> str:
    """Who can see what a cluster prepares."""
    return _("the heads of its schools, those whom they have named, and who works for the cluster")


def seen_by_said() -> str:
    """Who can see what the bodies said of a plan."""
    return _("the people of the cluster, its programme officers and the bodies that review it")


def seen_by_body(review: Review) -> str:
    """Who can see a body's review while it is written."""
    return _("members of the body and programme officers. Body: %(body)s") % {"body": review.body}

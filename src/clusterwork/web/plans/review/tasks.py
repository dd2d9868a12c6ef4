"""What waits for a person about plans: reviews to write, and comments to answer."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.accounts.models import Person
from clusterwork.plans.models import Plan, Review
from clusterwork.plans.permissions.plans import clusters_to_plan_in
from clusterwork.plans.permissions.reviews import clusters_with_a_part
from clusterwork.plans.selectors.reviews import reviews_waiting, with_answer_by, with_n_to_answer
from clusterwork.plans.states import plan as states
from clusterwork.web.clusters.asking import today
from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task

MINUTES_A_PLAN, MINUTES_A_COMMENT, MOST = 30, 5, 5


def review_tasks(viewer: Viewer) -> list[Task]:
    """One task a plan to review, the longest waiting first, and one a plan that came back."""
    if viewer.person is None:
        return []
    back = Plan.objects.filter(
        state=states.RETURNED, cluster__in=clusters_to_plan_in(viewer.person, today())
    ).select_related("cluster")
    counted = with_n_to_answer(with_answer_by(back))
    return [*_reviews(viewer, viewer.person), *map(_returned, counted[:MOST])]


def _reviews(viewer: Viewer, person: Person) -> list[Task]:
    """Nobody who is in no programme reviews anything, and nobody their own cluster's plan."""
    if not viewer.has_programmes:
        return []
    own = clusters_with_a_part(person, today())
    waiting = reviews_waiting(person, today()).exclude(submission__plan__cluster__in=own)
    return [_to_review(each) for each in waiting[:MOST]]


def _to_review(review: Review) -> Task:
    return Task(
        text=_("Review a plan"),
        hint=_("Cluster: %(name)s") % {"name": review.submission.plan.cluster},
        address=reverse("review", args=[review.pk]),
        status=_("To be reviewed"),
        minutes=MINUTES_A_PLAN,
        asked_by=str(review.body),
    )


def _returned(plan: Plan) -> Task:
    n = plan.n_to_answer  # type: ignore[attr-defined]
    by: dt.date | None = plan.answer_by  # type: ignore[attr-defined]
    text = ngettext(
        "Plan returned: one comment to answer", "Plan returned: %(n)s comments to answer", n
    )
    return Task(
        text=text % {"n": n} if n else _("Plan returned: send it again"),
        hint=_("Cluster: %(name)s") % {"name": plan.cluster},
        address=reverse("plan_said", args=[plan.pk]),
        status=_("Its day has passed") if by and by < today() else _("Returned"),
        by=by,
        minutes=max(n, 1) * MINUTES_A_COMMENT,
        asked_by=_("The reviewers"),
    )

"""How a cluster's plan stands, in one sentence, and what comes next."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster
from clusterwork.clusters.permissions.deciding import is_inside
from clusterwork.plans.models import Plan
from clusterwork.plans.permissions.plans import is_of_the_authority
from clusterwork.plans.selectors.plans import plan_on, plan_under_way
from clusterwork.plans.selectors.reviews import answer_by, to_answer
from clusterwork.plans.states import plan as states
from clusterwork.web.formats import day as in_words
from clusterwork.web.formats import last_day


def plan_stage(person: Person, cluster: Cluster, day: dt.date) -> tuple[str, str] | None:
    """A sentence about the plan and its address; None for those who may not read about it.

    None too for a cluster that has no plan and whose work has not begun.
    """
    if not (is_inside(person, cluster, day) or is_of_the_authority(person, cluster, day)):
        return None
    plan = plan_under_way(cluster, day) or plan_on(cluster, day)
    if plan is None and cluster.status != Cluster.Status.ACTIVE:
        return None
    return stage_words(plan, day), reverse("cluster_plan", args=[cluster.pk])


def stage_words(plan: Plan | None, day: dt.date) -> str:
    """What stage a plan is at; without one, that there is none."""
    if plan is None:
        return _("No plan has been started.")
    if plan.state == states.RETURNED:
        return f"{returned_words(to_answer(plan).count())} {by_when(answer_by(plan), day)}".strip()
    told = {
        states.DRAFT: _("Plan being written."),
        states.SUBMITTED: _("Plan sent in; it waits for its review."),
        states.IN_REVIEW: _("Plan in review."),
        states.SUPERSEDED: _("Plan superseded by a later one."),
        states.WITHDRAWN: _("Plan withdrawn."),
    }
    if plan.state == states.APPROVED:
        return _("Plan approved on %(day)s; it runs until %(last)s.") % {
            "day": in_words(plan.approved_on),
            "last": last_day(plan.end_on),
        }
    return told[plan.state]


def returned_words(n: int) -> str:
    """That the plan came back, with what is to be answered."""
    if not n:
        return _("Plan returned for more work.")
    return ngettext(
        "Plan returned: one comment to answer.", "Plan returned: %(n)s comments to answer.", n
    ) % {"n": n}


def by_when(by: dt.date | None, day: dt.date) -> str:
    """By which day a returned plan is to be answered; empty where nobody said."""
    if by is None:
        return ""
    told = {"day": in_words(by)}
    if by < day:
        return _("It was to be answered by %(day)s, and that day has passed.") % told
    return _("It is to be answered by %(day)s.") % told

"""The content of which papers are made: of a plan as it was sent in, else as it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext

from clusterwork.accounts.selectors.roles import is_on
from clusterwork.clusters.models import Cluster, Participation, Programme
from clusterwork.documents import AnyDocument
from clusterwork.plans.models import Plan, Submission
from clusterwork.plans.papers import programme_paper
from clusterwork.plans.papers.making import Stamp, version_of
from clusterwork.plans.rules.content import content_of
from clusterwork.plans.selectors.plans import whole_plan
from clusterwork.plans.selectors.reviews import latest_submission
from clusterwork.plans.states import plan as states

FROZEN = (states.SUBMITTED, states.IN_REVIEW, states.APPROVED, states.SUPERSEDED)


@dataclass(frozen=True)
class Facts:
    """A content with what is stamped on papers made of it."""

    content: Mapping[str, Any]
    stamp: Stamp


def facts_of(plan: Plan, day: dt.date) -> Facts:
    """What was sent in, for a plan that nobody can change now; else the plan as it stands."""
    sent = latest_submission(plan) if plan.state in FROZEN else None
    content = sent.content if sent else content_of(whole_plan(plan))
    organisation = plan.cluster.organisation
    stamp = Stamp(
        organisation=organisation.name,
        is_welsh=organisation.is_welsh,
        status=lambda: gettext(states.NAMES[plan.state]),
        version=version_of(content, sent.number if sent else None),
        day=day,
    )
    return Facts(content, stamp)


def clusters_of(programme: Programme, day: dt.date) -> list[Cluster]:
    """The clusters that take part in the programme on `day`, by name."""
    held = Participation.objects.filter(is_on(day), programme=programme)
    return list(Cluster.objects.filter(pk__in=held.values("cluster_id")).order_by("working_name"))


def approved_contents(programme: Programme, day: dt.date) -> tuple[list[Any], list[Cluster]]:
    """The contents of the plans that hold on `day`, and the clusters that have none.

    Three queries, however many clusters there are.
    """
    clusters = clusters_of(programme, day)
    plans = Plan.objects.filter(
        cluster__in=clusters, state=states.APPROVED, start_on__lte=day, end_on__gt=day
    ).prefetch_related(Prefetch("submissions", Submission.objects.order_by("-number")))
    contents = {each.cluster_id: each.submissions.all()[0].content for each in plans
                if each.submissions.all()}  # fmt: skip
    held = [contents[each.pk] for each in clusters if each.pk in contents]
    return held, [each for each in clusters if each.pk not in contents]


def programme_table(programme: Programme, day: dt.date) -> AnyDocument:
    """The table of focus and aims of the plans that hold on `day`."""
    contents, silent = approved_contents(programme, day)
    organisation = programme.organisation
    stamp = Stamp(organisation.name, organisation.is_welsh, str, "", day)
    names = (programme.name, programme.name_cy)
    return programme_paper(names, contents, [str(each) for each in silent], stamp)

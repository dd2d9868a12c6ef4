"""Which clusters, since when, and which schools a plan looks at today."""

from __future__ import annotations

from typing import Any

from clusterwork.evaluation.models import Comparison
from clusterwork.evaluation.rules.cohort import cohort
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Group
from clusterwork.evaluation.selectors.groups import groups_of, members_at_start


def cohort_of(plan: AnalysisPlan) -> dict[str, Any]:
    """As `rules.cohort` keeps it. Two queries.

    Clusters that start only after the last year count where they are what the others are held
    against.
    """
    groups = [each for each in groups_of(plan).values() if _counts(each, plan)]
    members = members_at_start(groups, plan.last_year).cluster_of if groups else {}
    return cohort({each.pk: each.first for each in groups}, members)


def _counts(group: Group, plan: AnalysisPlan) -> bool:
    if group.start is None:
        return plan.comparison == Comparison.LATER
    return plan.cluster in (None, group.pk)

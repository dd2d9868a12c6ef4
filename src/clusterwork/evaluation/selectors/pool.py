"""Which schools may stand beside a programme's: nobody who took part, and nobody twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from clusterwork.evaluation.models import Comparison, Where
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Group
from clusterwork.evaluation.selectors.groups import ever_in, members_at_start
from clusterwork.evaluation.selectors.known import family_of
from clusterwork.evaluation.selectors.lasting import lasting
from clusterwork.measures.selectors.following import Steps
from clusterwork.registry.models import School

Schools = dict[int, int | None]
"""School -> the cluster that it counts for, None where it counts for none."""


def schools_beside(
    plan: AnalysisPlan,
    inside: Mapping[int, int],
    programme: Collection[int],
    beside: Mapping[int, Group],
) -> Schools:
    """Members of the clusters beside, or schools that were in no cluster in these years.

    Nobody who was ever in one of the programme's in these years, nor who came after such a school.
    `programme`: its clusters but for those that stand beside.
    """
    years = plan.first_year, plan.last_year
    if plan.comparison == Comparison.SCHOOLS:
        taken = _with_later(ever_in(*years))
        return dict.fromkeys(_alike(plan, inside) - taken - inside.keys())
    members = lasting(members_at_start(list(beside.values()), plan.last_year).cluster_of)
    taken = _with_later(ever_in(*years, clusters=programme)) | inside.keys()
    return {pk: cluster for pk, cluster in members.items() if pk not in taken}


def each_once(outside: Schools, inside: Collection[int], before: Mapping[int, Steps]) -> Schools:
    """Without those whose figures another already carries: a closed school goes with the one that
    came after it, and of several that came out of one school the first stands for all."""
    used = {pk for school in inside for pk in family_of(school, before)}
    kept: Schools = {}
    earlier = {pk for school in outside for pk in family_of(school, before)[1:]}
    for school in sorted(outside.keys() - earlier):
        family = set(family_of(school, before))
        if not family & used:
            kept[school] = outside[school]
            used |= family
    return kept


def _alike(plan: AnalysisPlan, inside: Collection[int]) -> set[int]:
    """Schools of the phases and languages of ours, from everywhere or from their authorities."""
    mine = School.objects.filter(pk__in=inside)
    found = School.objects.filter(phase__in=mine.values("phase"), medium__in=mine.values("medium"))
    if plan.where == Where.AREA:
        found = found.filter(authority__in=mine.values("authority"))
    return set(found.order_by().values_list("pk", flat=True))


def _with_later(schools: Collection[int]) -> set[int]:
    """The schools, and those that came after them."""
    return {*schools, *lasting(dict.fromkeys(schools, 0))}

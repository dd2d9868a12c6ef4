"""How a cluster decides: its groups by level, its voting rules, and changing a rule."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Cluster, ClusterGroup, VotingRule
from clusterwork.clusters.permissions import cluster_for, cluster_to_work_in
from clusterwork.clusters.selectors.governance import (
    GroupNow,
    chair_school_on,
    groups_on,
    rule_of,
    rules_ever,
    rules_to_come,
    voting_rule_on,
)
from clusterwork.clusters.services import voting_rules
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.frame import its_people
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.clusters.deciding.forms.governance import OnForm, RuleForm
from clusterwork.web.clusters.deciding.frame import deciding_frame, trail_to
from clusterwork.web.clusters.deciding.wording import rule_words
from clusterwork.web.day import planned_day_of
from clusterwork.web.guards import only, signed_in


@signed_in
@require_safe
def cluster_governance(request: HttpRequest, pk: int) -> HttpResponse:
    """The voting rule, and the groups at their levels with who sits in them."""
    cluster, day = cluster_for(person_of(request), pk, today()), planned_day_of(request)
    groups = groups_on(cluster, day.on)
    earlier = rules_ever(cluster, day.on)
    context = {
        **deciding_frame(request, cluster, day, "cluster_governance"),
        "rule_words": rule_words(voting_rule_on(cluster, None, day.on)),
        "own_rule": cluster.voting_rules.filter(group=None, start_on__lte=day.on).last(),
        "chair": chair_school_on(cluster, None, day.on),
        "levels": by_level(groups),
        "n_groups": len(groups),
        "words_of": lambda row: rule_words(rule_of(row)),
        "earlier": earlier,
        "to_come": rules_to_come(cluster, day.on),
    }
    return render(request, "clusters/deciding/governance.html", context, using="jinja2")


def by_level(groups: list[GroupNow]) -> list[tuple[str, list[GroupNow]]]:
    """The groups under the words of their level; a level without any is left out."""
    levels = [
        (str(level.label), [each for each in groups if each.group.level == level])
        for level in ClusterGroup.Level
    ]
    return [(words, found) for words, found in levels if found]


@signed_in
@only("GET", "HEAD", "POST")
def voting_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """The cluster's rule from a day on."""
    return _rule_page(request, cluster_to_work_in(person_of(request), pk, today()), None)


@signed_in
@only("GET", "HEAD", "POST")
def group_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """A group's own rule from a day on."""
    group = get_object_or_404(ClusterGroup.objects.select_related("cluster"), pk=pk)
    cluster = cluster_to_work_in(person_of(request), group.cluster_id, today())
    return _rule_page(request, cluster, group)


@signed_in
@only("GET", "HEAD", "POST")
def group_rule_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The group votes as the cluster does again."""
    rule = get_object_or_404(VotingRule.objects.filter(group__isnull=False), pk=pk)
    person, day = person_of(request), today()
    cluster = cluster_to_work_in(person, rule.cluster_id, day)
    form = OnForm(request.POST or None, initial={"on": day})
    return taken(
        request,
        cluster,
        Step(
            template="clusters/deciding/group_rule_end.html",
            form=form,
            act=lambda: voting_rules.end_group_rule(
                person=person, day=day, pk=pk, **form.cleaned_data
            ),
            said=_("The group votes as the cluster does from that day."),
            then=lambda _done: to_governance(cluster),
            context={"way": trail_to(cluster, governance=True), "group": rule.group},
            seen_by=its_people(),
        ),
    )


def _rule_page(request: HttpRequest, cluster: Cluster, group: ClusterGroup | None) -> HttpResponse:
    person, day = person_of(request), today()
    rule = voting_rule_on(cluster, group, day)
    form = RuleForm(request.POST or None, initial=_offered(rule, day))
    step = Step(
        template="clusters/deciding/voting_rule.html",
        form=form,
        act=lambda: voting_rules.set_voting_rule(
            person=person,
            day=day,
            cluster_pk=cluster.pk,
            facts=form.facts(group.pk if group else None),
        ),
        said=_("The voting rule is kept. What was decided before stays."),
        then=lambda _done: to_governance(cluster),
        context={"way": trail_to(cluster, governance=True), "group": group},
        seen_by=its_people(),
    )
    return taken(request, cluster, step)


def _offered(rule: Any, day: Any) -> dict[str, Any]:
    shares = {name: repr(getattr(rule, name)) for name in ("quorum_share", "majority_share")}
    return {"way": rule.way, "casting": rule.casting, **shares, "start_on": day}


def to_governance(cluster: Cluster) -> str:
    """The page of how the cluster decides."""
    return reverse("cluster_governance", args=[cluster.pk])

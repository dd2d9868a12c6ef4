"""Saying how a cluster, or a group of it, votes from a day on; what was before stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, Decision, VotingRule
from clusterwork.clusters.permissions import cluster_to_work_in
from clusterwork.clusters.services.groups_of_cluster import locked_group
from clusterwork.clusters.services.locking import check_lives
from clusterwork.clusters.services.refusals import in_words
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message


class RuleReachesBack(Problem):
    """A rule from a day on which, or after which, a vote was counted by another."""


class RuleAhead(Problem):
    """Another rule is set for a later day already."""


class SharesOutside(Problem):
    """A quorum or majority that is no share."""


@dataclass(frozen=True)
class RuleFacts:
    """What the form asks for; `group_pk` is empty for the cluster's own rule."""

    way: str
    quorum_share: float
    majority_share: float
    casting: bool
    start_on: dt.date
    group_pk: int | None = None


@transaction.atomic
def set_voting_rule(
    *, person: Person, day: dt.date, cluster_pk: int, facts: RuleFacts
) -> VotingRule:
    """The rule from a day on; the one that holds then ends there. The same day says it anew.

    Raises `NotThere`, `NotAllowed`, `ClusterHasClosed`, `BeforeTheCluster`, `SharesOutside`,
    `RuleAhead`, `RuleReachesBack`.
    """
    cluster = cluster_to_work_in(person, cluster_pk, day)
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    check_lives(cluster, facts.start_on)
    group = locked_group(cluster, facts.group_pk) if facts.group_pk else None
    rules = cluster.voting_rules.filter(group=group)
    _check_free(cluster, rules.filter(start_on__gt=facts.start_on).first(), facts)
    rules.filter(start_on=facts.start_on).delete()
    holds = Q(end_on__isnull=True) | Q(end_on__gt=facts.start_on)
    for running in rules.filter(holds):
        running.end_on = facts.start_on
        running.save(update_fields=("end_on",))
    with in_words(SAID):
        made = VotingRule.objects.create(
            cluster=cluster,
            group=group,
            way=facts.way,
            quorum_share=facts.quorum_share,
            majority_share=facts.majority_share,
            casting=facts.casting,
            start_on=facts.start_on,
        )
    _record(person, cluster, "voting_rule.set", N_("Set how it votes, from %(day)s."), made)
    return made


@transaction.atomic
def end_group_rule(*, person: Person, day: dt.date, pk: int, on: dt.date) -> None:
    """From `on` a group votes as its cluster does. Raises `NotThere`, `NotAllowed`,
    `RuleReachesBack`."""
    rule = VotingRule.objects.select_related("cluster").filter(pk=pk, group__isnull=False).first()
    if rule is None:
        raise NotThere(Message(N_("There is no such rule of a group.")))
    cluster = cluster_to_work_in(person, rule.cluster_id, day)
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    if _counted_since(cluster, on):
        raise _reaches_back(on)
    if on <= rule.start_on:
        rule.delete()
    else:
        rule.end_on = on
        rule.save(update_fields=("end_on",))
    text = N_("From %(day)s a group votes as the cluster does.")
    summary = Message(text, {"day": on})
    record(actor=person, verb="voting_rule.end", subject=cluster, summary=summary)


def _check_free(cluster: Cluster, later: VotingRule | None, facts: RuleFacts) -> None:
    if later is not None:
        raise RuleAhead(
            Message(N_("Another rule is set for a later day.")),
            why=Message(N_("It holds from: %(day)s."), {"day": later.start_on}),
            next_step=Message(N_("Choose that day or a later one.")),
        )
    if _counted_since(cluster, facts.start_on):
        raise _reaches_back(facts.start_on)


def _counted_since(cluster: Cluster, day: dt.date) -> bool:
    taken = (Decision.State.AGREED, Decision.State.NOT_AGREED, Decision.State.AMENDED)
    counted = cluster.decisions.filter(state__in=taken, decided_on__gte=day)
    return counted.exclude(counted={}).exists()


def _reaches_back(day: dt.date) -> Problem:
    return RuleReachesBack(
        Message(N_("Votes were counted by another rule since that day.")),
        why=Message(N_("Asked from: %(day)s. What was decided stays."), {"day": day}),
        next_step=Message(N_("Choose a later day.")),
    )


def _shares_outside() -> Problem:
    return SharesOutside(
        Message(N_("A quorum lies between none and all, a majority below all.")),
        next_step=Message(N_("Choose a share from the list.")),
    )


SAID = {"voting_rule_shares_between_0_and_1": _shares_outside}


def _record(person: Person, cluster: Cluster, verb: str, text: str, rule: VotingRule) -> None:
    details = {
        "way": rule.way,
        "quorum_share": rule.quorum_share,
        "majority_share": rule.majority_share,
        "casting": rule.casting,
        "group": rule.group_id,
    }
    summary = Message(text, {"day": rule.start_on})
    record(actor=person, verb=verb, subject=cluster, summary=summary, details=details)

"""A proposal's totals in words: the first sentence, the table of clusters, rules and costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.models import Lock, Proposal, ProposedCluster, ProposedPlace
from clusterwork.clusters.outcomes import Outcome, RuleFacts, outcome_from
from clusterwork.clusters.sentences import read
from clusterwork.web.clusters.shown.policies import NAMES, estimate_shown, value_shown
from clusterwork.web.formats import number, percent, said

NO_USEFUL_BOUND = 0.99
"""A gap above this share says nothing."""


@dataclass(frozen=True)
class OutcomeShown:
    """The totals with the sentences that a page needs."""

    facts: Outcome
    first: str
    bound: str
    left_out: str
    estimate: str
    unit: str
    measured_to_hub: bool


def outcome_shown(proposal: Proposal) -> OutcomeShown:
    """The totals of a proposal that was made."""
    facts = outcome_from(proposal.outcome)
    used = proposal.policy_used
    return OutcomeShown(
        facts,
        first_sentence(facts),
        bound_sentence(facts),
        _left_out(facts.n_left_out),
        estimate_shown(used),
        unit_name(used["travel"]["unit"]),
        used["travel"]["measure"] == "hub",
    )


def unit_name(unit: str) -> str:
    """The objective's unit in words."""
    return _("minutes") if unit == "minutes" else _("kilometres")


def first_sentence(facts: Outcome) -> str:
    """What came out, in plain words."""
    if not facts.n_clusters:
        return f"{_('No clusters came out.')} {_left_out(facts.n_left_out)}"
    parts = [_clusters(facts), _journeys(facts), bound_clause(facts)]
    return "; ".join(parts) + "."


def _clusters(facts: Outcome) -> str:
    n = facts.n_clusters
    low, high = min(facts.sizes), max(facts.sizes)
    if low == high:
        text = ngettext("One cluster of %(low)s schools", "%(n)s clusters of %(low)s schools", n)
    else:
        text = ngettext(
            "One cluster of %(low)s to %(high)s schools",
            "%(n)s clusters of %(low)s to %(high)s schools",
            n,
        )
    return text % {"n": number(n), "low": number(low), "high": number(high)}


def _journeys(facts: Outcome) -> str:
    return _("a teacher travels %(mean)s minutes on average; nobody more than %(worst)s") % {
        "mean": number(facts.mean_minutes),
        "worst": number(facts.worst_minutes),
    }


def bound_clause(facts: Outcome) -> str:
    """How much better any other arrangement could be."""
    if facts.proven:
        return _("no arrangement under these rules is better")
    if facts.gap_share > NO_USEFUL_BOUND:
        return _("no useful bound was found")
    return _("no arrangement under these rules could be more than %(gap)s better") % {
        "gap": percent(facts.gap_share, 1)
    }


def bound_sentence(facts: Outcome) -> str:
    """What the bound means; empty where no cluster came out."""
    if not facts.n_clusters:
        return ""
    if facts.proven:
        return _(
            "It is proven that no arrangement under these rules has a smaller total. "
            "Another can only be as good, or break a rule."
        )
    if facts.gap_share > NO_USEFUL_BOUND:
        return _(
            "No useful bound was found: it is not known how much better another arrangement could "
            "be. Give the work more time."
        )
    return _(
        "It is proven that no arrangement under these rules has a total below %(bound)s. "
        "This one has %(objective)s: it may be the best, and no other is more than %(gap)s better. "
        "It is at most %(above)s above the best that any arrangement could do."
    ) % {
        "bound": number(facts.bound, 1),
        "objective": number(facts.objective, 1),
        "gap": percent(facts.gap_share, 1),
        "above": percent(above_best(facts), 1),
    }


def above_best(facts: Outcome) -> float:
    """By how much, as a share of the best total possible, this one can be above it at most."""
    return (facts.objective - facts.bound) / facts.bound


def _left_out(n: int) -> str:
    return ngettext("One school is in no cluster.", "%(n)s schools are in no cluster.", n) % {
        "n": number(n)
    }


def gap_shown(facts: Outcome) -> str:
    """The gap as a share; a dash where it says nothing."""
    useful = facts.n_clusters and facts.gap_share <= NO_USEFUL_BOUND
    return percent(facts.gap_share, 1) if useful else "–"


def reasons_shown(places: Iterable[ProposedPlace]) -> list[tuple[ProposedPlace, str]]:
    """Each place without a cluster and why; the school's name stands in every sentence."""
    return [(place, _why_left_out(place)) for place in places]


def _why_left_out(place: ProposedPlace) -> str:
    message = read(place.reason.get("message"))
    if message is None:
        return str(place.school)
    names_it = "school" in message.params
    return said(message) if names_it else f"{place.school}: {said(message)}"


def sizes_shown(facts: Outcome) -> str:
    """The smallest and the largest size."""
    if not facts.sizes:
        return "–"
    low, high = min(facts.sizes), max(facts.sizes)
    if low == high:
        return number(low)
    return _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}


def proposal_rows(proposals: Iterable[Proposal]) -> list[dict[str, Any]]:
    """One row for each proposal of an exercise."""
    return [
        {"proposal": proposal, "facts": facts, "sizes": sizes_shown(facts) if facts else ""}
        for proposal in proposals
        for facts in [outcome_from(proposal.outcome) if proposal.outcome else None]
    ]


def clusters_with_places(
    clusters: Iterable[ProposedCluster], places: Iterable[ProposedPlace]
) -> list[tuple[ProposedCluster, list[ProposedPlace]]]:
    """Each cluster with its places."""
    by_cluster: dict[int | None, list[ProposedPlace]] = defaultdict(list)
    for place in places:
        by_cluster[place.cluster_id].append(place)
    return [(cluster, by_cluster[cluster.pk]) for cluster in clusters]


@dataclass(frozen=True)
class PartShown:
    """One term of the total."""

    name: str
    cost: float
    share: float


def part_name(key: str) -> str:
    """A term's name: that of the rule that prices it."""
    return str(NAMES[key])


def parts_shown(proposal: Proposal) -> list[PartShown]:
    """What the total is made of; terms without cost are left out, travel never."""
    facts = outcome_from(proposal.outcome)
    total = facts.objective or 1.0
    return [
        PartShown(part_name(key), cost, cost / total)
        for key, cost in facts.parts.items()
        if cost or key == "travel"
    ]


@dataclass(frozen=True)
class RuleCost:
    """A rule of the policy: whether it binds, what it costs, and where to change it."""

    words: str
    binds: bool
    saves: float | None
    n_schools: int
    address: str


# The library's names of rules to the field of the policy's page that sets them.
RULE_FIELDS = {
    "size": "size_low",
    "count": "count_low",
    "travel_limit": "limit_minutes",
    "contributing": "contributing",
    "contributing_fsm": "contributing_fsm",
    "same_authority": "same_authority",
    "same_medium": "same_medium",
    "pyramid": "pyramid",
    "pyramid_size": "pyramid_size_low",
}
# The library's names of rules to where the policy has them.
RULE_PLACES = {
    "size": ("clusters", "size"),
    "count": ("clusters", "count"),
    "travel_limit": ("travel", "limit_minutes"),
    "contributing": ("require", "contributing"),
    "contributing_fsm": ("require", "contributing_fsm"),
    "same_authority": ("require", "same_authority"),
    "same_medium": ("require", "same_medium"),
    "pyramid": ("require", "pyramid"),
    "pyramid_size": ("require", "pyramid_size"),
}
LOCK_RULES = frozenset({"together", "apart", "fixed"})


def rules_shown(proposal: Proposal) -> list[RuleCost]:
    """Every rule, those that bind first."""
    facts = outcome_from(proposal.outcome)
    shown = [_rule(proposal, rule) for rule in facts.rules]
    return sorted(shown, key=lambda rule: (not rule.binds, -(rule.saves or 0.0)))


def binding_shown(proposal: Proposal) -> list[RuleCost]:
    """The rules that bind, the dearest first."""
    return [rule for rule in rules_shown(proposal) if rule.binds]


def _rule(proposal: Proposal, rule: RuleFacts) -> RuleCost:
    return RuleCost(
        rule_words(proposal, rule.rule) or said(read(rule.message) or ""),
        rule.binds,
        rule.saves,
        len(rule.schools),
        rule_address(proposal, rule.rule),
    )


def rule_words(proposal: Proposal, rule: str) -> str:
    """The rule's name and value as the policy's page has them; empty for one of no page."""
    if rule in LOCK_RULES:
        return str(Lock.Kind(rule).label)
    if rule not in RULE_PLACES:
        return ""
    section, key = RULE_PLACES[rule]
    value = proposal.policy_used[section].get(key)
    return f"{NAMES[key]}: {value_shown(key, value)}"


def rule_address(proposal: Proposal, rule: str) -> str:
    """Where the rule can be relaxed: a field of the policy, the decisions, or nowhere."""
    if rule in LOCK_RULES:
        return reverse("locks", args=[proposal.formation_id])
    if rule in RULE_FIELDS:
        page = reverse("policy_change", args=[proposal.formation.programme_id])
        return f"{page}#id_{RULE_FIELDS[rule]}"
    return ""

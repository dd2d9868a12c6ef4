"""A proposal's totals in words: the first sentence, the clusters, the schools in none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.models import Proposal, ProposedCluster, ProposedPlace
from clusterwork.clusters.outcomes import Outcome, outcome_from
from clusterwork.clusters.sentences import read
from clusterwork.web.clusters.shown.bounds import bound_clause, bound_sentence
from clusterwork.web.clusters.shown.policies import estimate_shown
from clusterwork.web.formats import number, said


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


def _left_out(n: int) -> str:
    return ngettext("One school is in no cluster.", "%(n)s schools are in no cluster.", n) % {
        "n": number(n)
    }


def reasons_shown(places: Iterable[ProposedPlace]) -> list[tuple[ProposedPlace, str]]:
    """Each place without a cluster and why; the school's name stands in every sentence."""
    return [(place, _why_left_out(place)) for place in places]


def _why_left_out(place: ProposedPlace) -> str:
    message = read(place.reason.get("message"))
    if message is None:
        return str(place.school)
    names_it = "school" in message.params
    return said(message) if names_it else f"{place.school}: {said(message)}"


def sizes_shown(sizes: Sequence[int]) -> str:
    """The smallest and the largest size."""
    if not sizes:
        return "–"
    low, high = min(sizes), max(sizes)
    if low == high:
        return number(low)
    return _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}


def proposal_rows(proposals: Iterable[Proposal]) -> list[dict[str, Any]]:
    """One row for each proposal of an exercise."""
    return [
        {"proposal": proposal, "facts": facts, "sizes": sizes_shown(facts.sizes) if facts else ""}
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

"""A proposal, or the lack of one, as plain values for REPORT.json; English sentences."""

from __future__ import annotations

from collections.abc import Sequence

from clusterwork.formation.policy import Policy
from clusterwork.formation.proposal import Alternative, Cluster, Proposal, Reason, RuleAgainst

Plain = dict[str, object]


def report_of(proposal: Proposal) -> Plain:
    """Everything about a proposal; `infeasible` is empty unless every school is left out."""
    return {
        "objective": proposal.objective,
        "bound": proposal.bound,
        "gap_share": proposal.gap_share,
        "proven": proposal.proven,
        "sizes": list(proposal.sizes),
        "n_clusters": len(proposal.clusters),
        "worst_minutes": proposal.worst_minutes,
        "worst_pair_minutes": proposal.worst_pair_minutes,
        "mean_minutes": proposal.mean_minutes,
        "total_travel": proposal.total_travel,
        "unit": proposal.policy.unit,
        "measure": "hub" if proposal.policy.pyramid else proposal.policy.measure,
        "flow_kept_share": proposal.flow_kept_share,
        "need_points": _both(proposal.need_points),
        "pupils_percent": _both(proposal.pupils_percent),
        "support_steps": _both(proposal.support_steps),
        "moved": list(proposal.moved) if proposal.moved is not None else None,
        "links_cut": [
            {"from": a, "to": b, "weight": weight} for a, b, weight in proposal.links_cut
        ],
        "parts": dict(proposal.parts),
        "infeasible": _all_left_out(proposal),
        "left_out": [
            {"id": left.school, "rule": left.rule, "message": str(left.message)}
            for left in proposal.left_out
        ],
        "rules": [
            {
                "rule": state.rule,
                "binds": state.binds,
                "saves": state.saves,
                "schools": list(state.schools),
                "message": str(state.message),
            }
            for state in proposal.rules
        ],
        "clusters": [_cluster(cluster) for cluster in proposal.clusters],
        "schools": [_school(reason) for reason in proposal.reasons.values()],
        "notices": [str(notice) for notice in proposal.notices],
        "policy": proposal.policy.to_mapping(),
        "seconds": proposal.seconds,
        "seed": proposal.seed,
    }


def _both(spread: tuple[float, float] | None) -> list[float] | None:
    """Mean and worst, where known."""
    return list(spread) if spread else None


def _all_left_out(proposal: Proposal) -> list[Plain]:
    """Where no cluster came out: each school's rule with its sentence."""
    if proposal.clusters:
        return []
    return [
        {"rule": left.rule, "schools": [left.school], "message": str(left.message)}
        for left in proposal.left_out
    ]


def report_of_none(
    policy: Policy, against: Sequence[RuleAgainst], *, message: str, seconds: float, seed: int
) -> Plain:
    """The same keys where there is no proposal; `infeasible` lists the rules in conflict, or
    one entry with rule None where none was found in the time given."""
    entries: list[Plain] = [
        {"rule": entry.rule, "schools": list(entry.schools), "message": str(entry.message)}
        for entry in against
    ]
    return {
        "objective": None,
        "bound": None,
        "gap_share": None,
        "proven": bool(entries),
        "sizes": [],
        "n_clusters": 0,
        "worst_minutes": None,
        "mean_minutes": None,
        "flow_kept_share": None,
        "infeasible": entries or [{"rule": None, "schools": [], "message": message}],
        "message": message,
        "left_out": [],
        "rules": [],
        "clusters": [],
        "schools": [],
        "policy": policy.to_mapping(),
        "seconds": seconds,
        "seed": seed,
    }


def _cluster(cluster: Cluster) -> Plain:
    return {
        "cluster": cluster.label,
        "hub": cluster.hub,
        "schools": list(cluster.members),
        "size": len(cluster.members),
        "travel": cluster.travel,
        "mean_minutes": cluster.mean_minutes,
        "worst_minutes": cluster.worst_minutes,
        "worst_pair_minutes": cluster.worst_pair_minutes,
        "fsm_share": cluster.fsm_share,
        "flow_kept_share": cluster.flow_kept_share,
        "contributing": cluster.contributing,
        "mean_pupils": cluster.mean_pupils,
        "mean_support": cluster.mean_support,
    }


def _school(reason: Reason) -> Plain:
    other = reason.next_best
    return {
        "id": reason.school,
        "cluster": reason.cluster,
        "hub": reason.hub,
        "minutes": reason.minutes,
        "moved": reason.moved,
        "pupils_kept": reason.pupils_kept,
        "links_kept": [partner.id for partner in reason.links_kept],
        "links_cut": [partner.id for partner in reason.links_cut],
        "held_by": list(reason.held_by),
        "next_best": None if other is None else other.cluster,
        "cost_of_moving": None if other is None else other.cost,
        "moving": None if other is None else _alternative(other),
        "reason": str(reason.message),
    }


def _alternative(other: Alternative) -> Plain:
    return {
        "minutes": other.minutes,
        "travel": other.travel,
        "size_left": other.size_left,
        "size_joined": other.size_joined,
        "flow": other.flow,
        "links_cut": [
            {"id": partner.id, "name": partner.name, "weight": partner.weight}
            for partner in other.links_cut
        ],
        "swap_with": other.swap_with,
        "allowed": other.allowed,
        "against": [
            {"rule": entry.rule, "schools": list(entry.schools), "message": str(entry.message)}
            for entry in other.against
        ],
    }

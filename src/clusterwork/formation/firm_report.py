"""Alternatives to a proposal, who is firm in it, and other travel times, for REPORT.json."""

from __future__ import annotations

from collections.abc import Sequence

from clusterwork.formation.firmness import Agreement, Firmness
from clusterwork.formation.near_best import NearBest
from clusterwork.formation.robustness import Robustness
from clusterwork.kernel.messages import N_, Message

Plain = dict[str, object]


def firm_report(
    plans: Sequence[NearBest], within: float, found: Firmness, robust: Robustness
) -> Plain:
    """Plain values with English sentences; `within` is the share that the plans may cost more.

    `robust` has the plans as its alternatives, in their order.
    """
    return {
        "within": within,
        "plans": [_plan(plan, better) for plan, better in zip(plans, robust.better, strict=True)],
        "firm_share": found.firm_share,
        "firm": len(found.firm),
        "borderline": len(found.borderline),
        "schools": [_school(each, found.n_plans) for each in found.schools.values()],
        "robustness": _robust(robust),
    }


def _plan(plan: NearBest, better: float) -> Plain:
    return {
        "objective": plan.objective,
        "more": plan.more,
        "better_share": better,
        "clusters": {label: list(members) for label, members in plan.partition.items()},
    }


def _school(each: Agreement, n_plans: int) -> Plain:
    return {
        "id": each.school,
        "cluster": each.cluster,
        "firm": each.firm,
        "stays": each.stays,
        "elsewhere": [
            {"cluster": place.cluster, "plans": place.n_plans} for place in each.elsewhere
        ],
        "message": str(firm_message(each, n_plans)),
    }


def firm_message(each: Agreement, n_plans: int) -> Message:
    """Whether a school is firm, and where the other plans have it."""
    if not n_plans:
        return Message(N_("No other plan is nearly as good."))
    facts: dict[str, object] = {"stays": each.stays, "plans": n_plans}
    if each.firm:
        text = N_("Firm. Plans that keep most of its companions: %(stays)s of %(plans)s.")
        return Message(text, facts)
    places = ", ".join(f"{place.cluster or '–'} ({place.n_plans})" for place in each.elsewhere)
    text = N_(
        "Borderline. Plans that keep most of its companions: %(stays)s of %(plans)s. "
        "Elsewhere (plans): %(places)s."
    )
    return Message(text, {**facts, "places": places})


def _robust(robust: Robustness) -> Plain:
    return {
        "share": robust.share,
        "trials": robust.n,
        "first_share": robust.first_share,
        "worst_rank": robust.worst_rank,
        "broken_share": robust.broken_share,
        "risks": [
            {
                "cluster": risk.cluster,
                "rule": risk.rule,
                "share": risk.share,
                "schools": list(risk.schools),
            }
            for risk in robust.risks
        ],
        "message": str(robust_message(robust)),
    }


def robust_message(robust: Robustness) -> Message:
    """In how many trials no alternative was better, and in how many a rule was broken."""
    text = N_(
        "Trials with journeys up to %(share)s longer or shorter: %(n)s. "
        "No alternative is better in: %(first)s. A rule is broken in: %(broken)s."
    )
    facts = {
        "share": f"{100 * robust.share:.0f} %",
        "n": robust.n,
        "first": robust.ranks.count(1),
        "broken": round(robust.broken_share * robust.n),
    }
    return Message(text, facts)

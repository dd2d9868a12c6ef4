"""The figures of a whole plan as plain values for REPORT.json, with sentences."""

from __future__ import annotations

from collections.abc import Iterator

from clusterwork.formation.instance import Instance
from clusterwork.formation.names import rule_names
from clusterwork.formation.plan_level import PlanLevel, Today, WorstOff, plan_level
from clusterwork.formation.proposal import Proposal
from clusterwork.formation.report import report_of
from clusterwork.kernel.messages import N_, Message

Plain = dict[str, object]


def whole_report(instance: Instance, proposal: Proposal) -> Plain:
    """Everything about a proposal, with the figures of the whole plan under `level`."""
    level = level_report(plan_level(instance, proposal), proposal)
    return {**report_of(proposal), "level": level}


def level_report(level: PlanLevel, proposal: Proposal) -> Plain:
    """Keys `worst_off`, `above_best`, `today` (null without present clusters) and `summary`."""
    return {
        "worst_off": _worst_off(level.worst_off),
        "above_best": level.above_best,
        "today": _today(level.today) if level.today else None,
        "summary": [str(sentence) for sentence in level_sentences(level, proposal)],
    }


def _worst_off(found: WorstOff | None) -> Plain | None:
    if found is None:
        return None
    return {
        "schools": list(found.schools),
        "mean_minutes": found.mean_minutes,
        "longest_minutes": found.longest_minutes,
    }


def _today(today: Today) -> Plain:
    found = today.found
    return {
        "sizes": list(found.sizes),
        "n_clusters": len(found.clusters),
        "left_out": list(found.left_out),
        "same_schools": today.same_schools,
        "objective": found.objective,
        "parts": dict(found.parts),
        "total_travel": found.total_travel,
        "mean_minutes": found.mean_minutes,
        "worst_minutes": found.worst_minutes,
        "worst_pair_minutes": found.worst_pair_minutes,
        "worst_off": _worst_off(today.worst_off),
        "flow_kept_share": found.flow_kept_share,
        "need_points": _both(found.need_points),
        "pupils_percent": _both(found.pupils_percent),
        "support_steps": _both(found.support_steps),
        "links_cut": len(found.links_cut),
        "broken": dict(today.broken),
    }


def _both(spread: tuple[float, float] | None) -> list[float] | None:
    """Mean and worst, where known."""
    return list(spread) if spread else None


def level_sentences(level: PlanLevel, proposal: Proposal) -> Iterator[Message]:
    """All of it in words, the most telling first."""
    if not proposal.clusters:
        return
    yield from _best(level, proposal)
    if level.worst_off:
        yield _furthest(level.worst_off)
    yield from _needs(proposal)
    if level.today:
        yield from _against_today(level.today, proposal)


def _best(level: PlanLevel, proposal: Proposal) -> Iterator[Message]:
    if proposal.proven:
        yield Message(N_("No plan that keeps the rules is better."))
    elif level.above_best is not None:
        above = {"above": f"{100 * level.above_best:.1f} %"}
        yield Message(N_("Above the best that any plan could do by at most: %(above)s."), above)


def _furthest(found: WorstOff) -> Message:
    facts = {
        "n": len(found.schools),
        "mean": f"{found.mean_minutes:.0f}",
        "longest": f"{found.longest_minutes:.0f}",
    }
    text = N_(
        "The tenth of schools with the longest journeys. Schools: %(n)s. "
        "Minutes on average: %(mean)s. Longest: %(longest)s."
    )
    return Message(text, facts)


def _needs(proposal: Proposal) -> Iterator[Message]:
    """How far clusters are from everybody: the mean over schools, and the furthest cluster."""
    spreads = (
        (
            N_(
                "Free school meals, points between a cluster and all schools. "
                "On average: %(mean)s. At most: %(worst)s."
            ),
            proposal.need_points,
        ),
        (
            N_(
                "Pupils of a school, percent between a cluster and all schools. "
                "On average: %(mean)s. At most: %(worst)s."
            ),
            proposal.pupils_percent,
        ),
        (
            N_(
                "Support category, steps between a cluster and all schools. "
                "On average: %(mean)s. At most: %(worst)s."
            ),
            proposal.support_steps,
        ),
    )
    for text, spread in spreads:
        if spread:
            yield Message(text, {"mean": f"{spread[0]:.1f}", "worst": f"{spread[1]:.1f}"})


def _against_today(today: Today, proposal: Proposal) -> Iterator[Message]:
    found = today.found
    facts = {
        "n": len(found.clusters),
        "mean": f"{found.mean_minutes:.0f}",
        "mean_now": f"{proposal.mean_minutes:.0f}",
        "worst": f"{found.worst_minutes:.0f}",
        "worst_now": f"{proposal.worst_minutes:.0f}",
    }
    text = N_(
        "Present clusters: %(n)s. Minutes on average: %(mean)s → %(mean_now)s. "
        "Longest: %(worst)s → %(worst_now)s."
    )
    yield Message(text, facts)
    if found.left_out:
        n_left = {"n": len(found.left_out)}
        yield Message(N_("Schools in no cluster at present: %(n)s."), n_left)
    if proposal.moved is not None:
        yield Message(N_("Schools that leave theirs: %(n)s."), {"n": len(proposal.moved)})
    if today.broken:
        rules = {"rules": rule_names(today.broken)}
        yield Message(N_("Rules that present clusters break: %(rules)s."), rules)

"""The library's figures of a whole proposal in our words."""

from __future__ import annotations

from collections.abc import Mapping

from clusterwork import formation
from clusterwork.clusters import level as told
from clusterwork.clusters import sentences
from clusterwork.formation import plan_level
from clusterwork.formation.names import RULE_NAMES

Spread = tuple[float, float] | None


def level_of(
    instance: formation.Instance, found: formation.Proposal, ids: Mapping[str, int]
) -> told.Level:
    """What a proposal is as a whole, and the clusters of today beside it."""
    level = plan_level.plan_level(instance, found)
    return told.Level(
        _worst_off(level.worst_off, ids),
        _both(found.need_points),
        _both(found.pupils_percent),
        _both(found.support_steps),
        _today(level.today, ids) if level.today else None,
    )


def _worst_off(found: plan_level.WorstOff | None, ids: Mapping[str, int]) -> told.WorstOff | None:
    if found is None:
        return None
    schools = [ids[each] for each in found.schools]
    return told.WorstOff(schools, found.mean_minutes, found.longest_minutes)


def _today(today: plan_level.Today, ids: Mapping[str, int]) -> told.Today:
    found = today.found
    return told.Today(
        sizes=list(found.sizes),
        n_left_out=len(found.left_out),
        objective=found.objective if today.same_schools else None,
        mean_minutes=found.mean_minutes,
        worst_minutes=found.worst_minutes,
        worst_pair_minutes=found.worst_pair_minutes,
        worst_off=_worst_off(today.worst_off, ids),
        flow_kept_share=found.flow_kept_share,
        need_points=_both(found.need_points),
        pupils_percent=_both(found.pupils_percent),
        support_steps=_both(found.support_steps),
        n_links_cut=len(found.links_cut),
        broken=[_broken(rule, n) for rule, n in today.broken.items() if rule != "left_out"],
    )


def _broken(rule: str, n: int) -> told.Broken:
    return told.Broken(rule, n, sentences.written(RULE_NAMES[rule]) or {})


def _both(spread: Spread) -> list[float] | None:
    return list(spread) if spread else None

"""Closer looks at a division: exact alternatives, what decisions cost, which places are firm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clusterwork import formation
from clusterwork.clusters import closer, sentences
from clusterwork.clusters.formation_adapter.moving import Division, partition_of
from clusterwork.clusters.formation_adapter.question import Names, Question, instance_of
from clusterwork.formation.near_best import near_best

N_PLANS, WITHIN = 12, 0.01
ALTERNATIVE_S, SAVING_S = 4.0, 3.0
"""At most for each division; most are proved best sooner."""


def alternatives(question: Question, clusters: Division, school: int) -> list[closer.Elsewhere]:
    """For each of the clusters nearest to the school, nearest first. Takes up to 16 seconds."""
    names = Names(question.schools)
    instance = instance_of(question, names)
    found = formation.alternatives_for(
        instance,
        partition_of(clusters, names),
        names.of[school],
        seconds=ALTERNATIVE_S,
        seed=question.seed,
    )
    return [_elsewhere(each, names.ids) for each in found]


def savings(question: Question, clusters: Division) -> list[closer.Saving]:
    """For each decision whose schools are all placed. Takes up to six seconds each."""
    names = Names(question.schools)
    found = formation.lock_savings(
        instance_of(question, names),
        partition_of(clusters, names),
        seconds=SAVING_S,
        seed=question.seed,
    )
    return [_saving(each, names.ids) for each in found]


def firm(question: Question, clusters: Division, *, seconds: float) -> closer.Firm:
    """How firm the places are, by other plans that are at most 1 % worse."""
    names = Names(question.schools)
    instance, chosen = instance_of(question, names), partition_of(clusters, names)
    near = near_best(
        instance, chosen, within=WITHIN, n=N_PLANS, time_limit_s=seconds, seed=question.seed
    )
    others = [plan.partition for plan in near]
    firmness = formation.firmness(chosen, others)
    times = formation.robustness(instance, chosen, others, seed=question.seed)
    return closer.Firm(
        n_plans=firmness.n_plans,
        within=WITHIN,
        n_schools=len(firmness.schools),
        borderline=_borderline(firmness, names.ids),
        n_trials=times.n,
        spread=times.share,
        best_share=times.first_share,
        broken_share=times.broken_share,
        risks=[closer.Risk(int(each.cluster), each.rule, each.share) for each in times.risks],
    )


def _borderline(found: formation.Firmness, ids: Mapping[str, int]) -> list[closer.Borderline]:
    """The least firm first."""
    schools = sorted((found.schools[each] for each in found.borderline), key=lambda one: one.stays)
    return [
        closer.Borderline(
            ids[each.school],
            each.stays,
            [[_number(other.cluster), other.n_plans] for other in each.elsewhere],
        )
        for each in schools
    ]


def _elsewhere(found: formation.ExactAlternative, ids: Mapping[str, int]) -> closer.Elsewhere:
    own = found.resolved and next(
        each for each in found.resolved.changes.schools if each.school == found.school
    )
    return closer.Elsewhere(
        cluster=int(found.cluster),
        allowed=found.allowed,
        proved=found.proved,
        cost=found.cost,
        travel=found.travel,
        own=_moving(own, ids) if own else None,
        moves=[_moving(each, ids) for each in found.moves],
        sizes=[[int(label), n] for label, n in found.sizes],
        alone=_said([each.against for each in found.plainly]),
        against=_said(found.against),
    )


def _moving(change: formation.SchoolChange, ids: Mapping[str, int]) -> closer.Moving:
    return closer.Moving(
        ids[change.school],
        _number(change.before),
        _number(change.after),
        change.minutes_before,
        change.minutes_after,
    )


def _saving(found: formation.LockSaving, ids: Mapping[str, int]) -> closer.Saving:
    changed = found.resolved.changes.schools if found.resolved else ()
    return closer.Saving(
        found.rule,
        [ids[each] for each in found.schools],
        found.saving,
        found.proved,
        sum(each.before != each.after for each in changed),
    )


def _said(rules: Sequence[formation.RuleAgainst]) -> list[dict[str, Any]]:
    """Each sentence once."""
    said = [sentences.written(each.message) or {} for each in rules]
    return [one for at, one in enumerate(said) if one not in said[:at]]


def _number(label: str | None) -> int | None:
    return None if label is None else int(label)

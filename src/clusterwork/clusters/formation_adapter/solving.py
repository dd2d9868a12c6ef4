"""Asking the library for a proposal, and why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from clusterwork import formation
from clusterwork.clusters import outcomes, sentences
from clusterwork.clusters.formation_adapter.answers import Translator
from clusterwork.clusters.formation_adapter.levels import level_of
from clusterwork.clusters.formation_adapter.question import Names, Question, instance_of
from clusterwork.kernel.errors import Problem


class Impossible(Problem):
    """No partition keeps all the rules; `conflicts` are those that cannot hold together."""

    def __init__(self, problem: formation.CannotBeSatisfied, ids: Mapping[str, int]) -> None:
        super().__init__(problem.what, why=problem.why, next_step=problem.next_step)
        self.conflicts = [
            {
                "rule": conflict.rule,
                "schools": [ids[each] for each in conflict.schools],
                "message": sentences.written(conflict.message),
            }
            for conflict in problem.against
        ]

    def written(self) -> dict[str, Any]:
        """The problem as a proposal keeps it: rules with schools by id and a sentence each."""
        return {**sentences.problem_written(self), "conflicts": self.conflicts}


def solve(
    question: Question,
    *,
    progress: Callable[[dict[str, Any]], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> outcomes.Answer:
    """Asks the library and says its answer in our words; raises `Impossible` and its problems.

    `progress` is given `seconds`, `objective`, `bound` and `gap_share`, the second and the last
    None at first.
    """
    names = Names(question.schools)
    instance = instance_of(question, names)
    try:
        found = formation.propose(
            instance,
            time_limit_s=question.time_limit_s,
            seed=question.seed,
            progress=_told(progress) if progress else None,
            should_stop=should_stop,
        )
    except formation.CannotBeSatisfied as problem:
        raise Impossible(problem, names.ids) from problem
    level = level_of(instance, found, names.ids)
    return Translator(names.ids, found, question.ties, level).answer()


def _told(
    progress: Callable[[dict[str, Any]], None],
) -> Callable[[float, float | None, float, float | None], None]:
    def tell(seconds: float, objective: float | None, bound: float, gap: float | None) -> None:
        told = {"seconds": seconds, "objective": objective, "bound": bound, "gap_share": gap}
        progress(told)

    return tell

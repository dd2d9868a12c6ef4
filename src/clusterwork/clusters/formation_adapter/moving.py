"""Divisions made by hand: what a move changes, and the whole as an answer with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from clusterwork import formation
from clusterwork.clusters import consequences as told
from clusterwork.clusters import outcomes, sentences
from clusterwork.clusters.formation_adapter.answers import Translator
from clusterwork.clusters.formation_adapter.levels import level_of
from clusterwork.clusters.formation_adapter.question import Names, Question, instance_of

Division = Mapping[int, Sequence[int]]
"""Cluster number to the ids of its schools; schools that the question lacks are passed over."""


def see(question: Question, clusters: Division, moves: Iterable[told.Move]) -> told.Consequences:
    """What the moves, one after the other, would change for everybody concerned."""
    names = Names(question.schools)
    asked = [
        formation.Moved(names.of[move.school], None if move.to is None else str(move.to))
        for move in moves
        if move.school in names.of
    ]
    found = formation.consequences(
        instance_of(question, names), partition_of(clusters, names), asked
    )
    return Told(names.ids).consequences(found)


def arrange(question: Question, clusters: Division, *, bound: float) -> outcomes.Answer:
    """The division with all figures and reasons; clusters keep their numbers and have no name."""
    names = Names(question.schools)
    instance = instance_of(question, names)
    found = formation.arrange(instance, partition_of(clusters, names), bound=bound)
    level = level_of(instance, found, names.ids)
    translator = Translator(names.ids, found, question.ties, level)
    translator.number = {cluster.label: int(cluster.label) for cluster in found.clusters}
    answer = translator.answer()
    numbered = sorted(answer.clusters, key=lambda each: each.number)
    return replace(answer, clusters=[replace(each, name="") for each in numbered])


def partition_of(clusters: Division, names: Names) -> dict[str, list[str]]:
    """The division as the library knows it: numbers as labels, schools by name."""
    return {
        str(number): [names.of[pk] for pk in members if pk in names.of]
        for number, members in clusters.items()
    }


class Told:
    """The library's consequences in our words."""

    def __init__(self, ids: Mapping[str, int]) -> None:
        self.ids = ids

    def consequences(self, found: formation.Consequences) -> told.Consequences:
        cut = [self._pairs(each) for each in (found.before, found.after)]
        return told.Consequences(
            self._totals(found.before),
            self._totals(found.after),
            [self._cluster(each) for each in found.clusters],
            [self._school(each) for each in found.schools],
            [self._breach(each) for each in found.broken],
            [self._breach(each) for each in found.mended],
            [pair for pair in cut[1] if pair not in set(cut[0])],
            [pair for pair in cut[0] if pair not in set(cut[1])],
        )

    def _totals(self, found: formation.Evaluation) -> told.Totals:
        return told.Totals(
            found.objective,
            dict(found.parts),
            found.mean_minutes,
            found.worst_minutes,
            found.flow_kept_share,
            len(found.left_out),
            len(found.links_cut),
        )

    def _pairs(self, found: formation.Evaluation) -> list[tuple[int, int]]:
        return [(self.ids[a], self.ids[b]) for a, b, _weight in found.links_cut]

    def _cluster(self, change: formation.ClusterChange) -> told.ClusterChange:
        return told.ClusterChange(
            int(change.label), _figures(change.before), _figures(change.after)
        )

    def _school(self, change: formation.SchoolChange) -> told.SchoolChange:
        return told.SchoolChange(
            self.ids[change.school],
            _number(change.before),
            _number(change.after),
            change.minutes_before,
            change.minutes_after,
        )

    def _breach(self, breach: formation.Breach) -> told.Breach:
        against = breach.against
        return told.Breach(
            against.rule,
            _number(breach.cluster),
            [self.ids[each] for each in against.schools],
            sentences.written(against.message) or {},
        )


def _number(label: str | None) -> int | None:
    return None if label is None else int(label)


def _figures(cluster: formation.Cluster | None) -> told.Figures | None:
    if cluster is None:
        return None
    return told.Figures(
        len(cluster.members),
        cluster.mean_minutes,
        cluster.worst_minutes,
        cluster.worst_pair_minutes,
        cluster.fsm_share,
        cluster.flow_kept_share,
    )

"""The clusters around a move by hand arranged anew, with the move held."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NoReturn

from clusterwork import formation
from clusterwork.clusters import consequences as told
from clusterwork.clusters.formation_adapter.moving import Division, Told, partition_of
from clusterwork.clusters.formation_adapter.question import Names, Question, instance_of
from clusterwork.formation.changing import difference
from clusterwork.formation.wished import without_wish
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

SECONDS = 0.8
N_AROUND = 6


class NoArrangement(Problem):
    """No way was found to arrange the clusters around a move so that the rules are kept."""


class _Asked:
    """One move in a division, as the library knows both."""

    def __init__(self, question: Question, clusters: Division, move: told.Move) -> None:
        self.names = Names(question.schools)
        self.instance = instance_of(question, self.names)
        self.partition = partition_of(clusters, self.names)
        self.school, self.seed = self.names.of[move.school], question.seed
        self.to = None if move.to is None else str(move.to)


def rearrange(question: Question, clusters: Division, move: told.Move) -> told.Rearrangement:
    """The best that can be made of the clusters around the move, everything else as it is.

    Takes about a second. Raises `NoArrangement`.
    """
    asked = _Asked(question, clusters, move)
    if asked.to in asked.partition:
        found, proved = _into(asked, str(asked.to))
    else:
        found, proved = _out_of(asked)
    facts = Told(asked.names.ids).consequences(found)
    return told.Rearrangement(facts, _moves(facts, move), proved)


def _moves(facts: told.Consequences, asked: told.Move) -> list[told.Move]:
    """Everybody who changes cluster, the school that was asked about first."""
    moved = [each for each in facts.schools if each.is_moved]
    first = sorted(moved, key=lambda each: each.school != asked.school)
    return [told.Move(each.school, each.after) for each in first]


def _into(asked: _Asked, to: str) -> tuple[formation.Consequences, bool]:
    """Into a cluster that is there."""
    found = formation.alternative_in(
        asked.instance, asked.partition, asked.school, to, seconds=SECONDS, seed=asked.seed
    )
    if found.resolved is None:
        _refuse([each.message for each in found.against])
    return found.resolved.changes, found.proved


def _out_of(asked: _Asked) -> tuple[formation.Consequences, bool]:
    """Into none, or into a new cluster that takes in others around."""
    moved = formation.moved_partition(asked.partition, [formation.Moved(asked.school, asked.to)])
    before = formation.evaluate(asked.instance, asked.partition)
    own = next((each.members for each in before.clusters if asked.school in each.members), ())
    rest = [each for each in own if each != asked.school]
    if not rest and asked.to is None:
        return difference(asked.instance.policy, before, _as_it_is(asked, moved)), True
    try:
        found = formation.resolve_around(
            asked.instance,
            moved,
            centre=[asked.school] if asked.to else rest,
            pins=formation.Locks(apart=_apart(asked, before) if asked.to else ()),
            seconds=SECONDS,
            seed=asked.seed,
        )
    except formation.CannotBeSatisfied as problem:
        _refuse([each.message for each in without_wish(asked.instance, problem)])
    except formation.NotFoundInTime:
        _refuse([])
    after = _as_it_is(asked, found.partition)
    return difference(asked.instance.policy, before, after), found.proved


def _as_it_is(asked: _Asked, partition: formation.Partition) -> formation.Evaluation:
    return formation.evaluate(asked.instance, partition)


def _apart(asked: _Asked, before: formation.Evaluation) -> tuple[tuple[str, str], ...]:
    """The school and each hub around: so that its new cluster is none of theirs."""
    places = {each.id: (each.easting, each.northing) for each in asked.instance.schools}
    here = places[asked.school]
    hubs = sorted(
        (each.hub for each in before.clusters if each.hub != asked.school),
        key=lambda hub: (math.dist(places[hub], here), hub),
    )
    return tuple((asked.school, hub) for hub in hubs[:N_AROUND])


def _refuse(said: Sequence[Message]) -> NoReturn:
    why = Message(N_("None was found in the time."))
    once = [each for at, each in enumerate(said) if each not in said[:at]]
    if once:
        why = once[0]
        for each in once[1:]:
            why = Message("%(one)s %(two)s", {"one": why, "two": each})
    raise NoArrangement(
        Message(N_("No arrangement of the clusters around has this school there.")),
        why=why,
        next_step=Message(N_("Choose another cluster, or look at the move by itself.")),
    )

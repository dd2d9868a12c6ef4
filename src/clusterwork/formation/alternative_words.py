"""What another cluster would mean, in sentences for a headteacher; computes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from clusterwork.formation.instance import Instance
from clusterwork.formation.names import listed, rule_names
from clusterwork.formation.wording import joined, signed
from clusterwork.kernel.messages import N_, Message

if TYPE_CHECKING:
    from clusterwork.formation.alternatives import ExactAlternative

MOST_NAMES = 8


def alternative_message(instance: Instance, found: ExactAlternative) -> Message:
    """All sentences about one alternative."""
    return joined(_possible(instance, found) if found.allowed else _impossible(instance, found))


def _possible(instance: Instance, found: ExactAlternative) -> Iterator[Message]:
    yield Message(N_("Cluster: %(cluster)s."), {"cluster": found.cluster})
    if found.minutes is not None:
        minutes = {"minutes": signed(found.minutes, 0)}
        yield Message(N_("Minutes for this school: %(minutes)s."), minutes)
    travel = {"travel": signed(found.travel or 0.0)}
    if instance.policy.unit == "km":
        yield Message(N_("Kilometres in all: %(travel)s."), travel)
    else:
        yield Message(N_("Minutes in all: %(travel)s."), travel)
    cost = {"cost": signed(found.cost or 0.0, 2)}
    yield Message(N_("The whole plan's measure would change by: %(cost)s."), cost)
    yield from _plainly(found)
    yield _others(instance, found)
    sizes = "; ".join(f"{label}: {n}" for label, n in found.sizes)
    yield Message(N_("Schools in each cluster afterwards: %(sizes)s."), {"sizes": sizes})
    if not found.proved:
        yield Message(N_("There may be a better way: not all were tried."))


def _plainly(found: ExactAlternative) -> Iterator[Message]:
    if found.plainly:
        yield Message(N_("If this school moved by itself, it would be against the rules."))
    for breach in found.plainly:
        if breach.cluster is None:
            yield breach.against.message
        else:
            facts = {"cluster": breach.cluster, "rule": breach.against.message}
            yield Message(N_("Cluster: %(cluster)s. %(rule)s"), facts)


def _others(instance: Instance, found: ExactAlternative) -> Message:
    if not found.moves:
        return Message(N_("No other school moves."))
    names = {school.id: school.name for school in instance.schools}
    moves = [
        f"{names[one.school]} ({one.school}): {one.before or '–'} → {one.after or '–'}"
        for one in found.moves
    ]
    more = len(moves) - MOST_NAMES
    shown = "; ".join(moves[:MOST_NAMES]) + (f"; … (+{more})" if more > 0 else "")
    if found.plainly:
        return Message(N_("Schools that have to move too: %(schools)s."), {"schools": shown})
    return Message(N_("Schools that would best move too: %(schools)s."), {"schools": shown})


def _impossible(instance: Instance, found: ExactAlternative) -> Iterator[Message]:
    yield Message(N_("Cluster: %(cluster)s."), {"cluster": found.cluster})
    if not found.against and found.proved:
        yield Message(N_("No plan nearby can have this school there."))
        return
    if not found.against:
        yield Message(N_("No plan was found in the time that has this school there."))
        return
    rules = {"rules": rule_names(dict.fromkeys(entry.rule for entry in found.against))}
    yield Message(N_("No plan nearby can have this school there. Against it: %(rules)s."), rules)
    concerned = {school for entry in found.against for school in entry.schools}
    schools = [school for school in instance.schools if school.id in concerned]
    if 0 < len(schools) <= MOST_NAMES:
        yield Message(N_("Schools concerned: %(schools)s."), {"schools": listed(schools)})

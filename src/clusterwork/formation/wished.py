"""What stands against a wish, without the wish itself, which is held like a lock meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from clusterwork.formation.breaches import PAIR_SENTENCES
from clusterwork.formation.conflict import CannotBeSatisfied
from clusterwork.formation.instance import Instance, Locks, School
from clusterwork.formation.names import listed, rule_names
from clusterwork.formation.proposal import RuleAgainst
from clusterwork.kernel.messages import N_, Message

LOCKED = {
    "together": N_("Locked together. Schools: %(schools)s."),
    "apart": N_("Locked apart. Schools: %(schools)s."),
    "fixed": N_("Fixed where they are. Schools: %(schools)s."),
}


def without_wish(instance: Instance, problem: CannotBeSatisfied) -> tuple[RuleAgainst, ...]:
    """The conflict as rules of the policy and the instance's own locks; empty if there are none.

    No sentence speaks of a lock that is not the instance's.
    """
    rules = [entry for entry in problem.against if entry.rule not in LOCKED]
    if len(rules) < len(problem.against):
        rules = [RuleAgainst(e.rule, e.schools, _said(instance, e, rules)) for e in rules]
    return *rules, *_held(instance, _own(instance.locks, problem.locks))


def _said(instance: Instance, entry: RuleAgainst, rules: list[RuleAgainst]) -> Message:
    """The sentence without locks: about two schools, or that not all rules can be kept."""
    if len(entry.schools) == 2 and entry.rule in PAIR_SENTENCES:
        schools = listed(_schools(instance, entry.schools))
        return Message(PAIR_SENTENCES[entry.rule], {"schools": schools})
    names = rule_names(dict.fromkeys(each.rule for each in rules))
    return Message(N_("These rules cannot all be kept then: %(rules)s."), {"rules": names})


def _own(locks: Locks, taking_part: Locks) -> Locks:
    """Those of the locks that take part in the conflict."""
    return Locks(
        together=tuple(pair for pair in locks.together if pair in taking_part.together),
        apart=tuple(pair for pair in locks.apart if pair in taking_part.apart),
        fixed={i: at for i, at in locks.fixed.items() if i in taking_part.fixed},
    )


def _held(instance: Instance, locks: Locks) -> Iterator[RuleAgainst]:
    """An entry for each kind of lock."""
    named = {
        "together": dict.fromkeys(i for pair in locks.together for i in pair),
        "apart": dict.fromkeys(i for pair in locks.apart for i in pair),
        "fixed": dict.fromkeys(locks.fixed),
    }
    for rule, ids in named.items():
        if ids:
            facts = {"schools": listed(_schools(instance, tuple(ids)))}
            yield RuleAgainst(rule, tuple(ids), Message(LOCKED[rule], facts))


def _schools(instance: Instance, ids: tuple[str, ...]) -> list[School]:
    by_id = {school.id: school for school in instance.schools}
    return [by_id[each] for each in ids if each in by_id]

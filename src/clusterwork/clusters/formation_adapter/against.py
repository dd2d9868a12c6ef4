"""What stands against a wish, without the wish itself, which the library holds like a lock."""

from __future__ import annotations

from clusterwork import formation

WISHED = frozenset({"together", "apart"})


def against(
    found: formation.ExactAlternative, locks: formation.Locks
) -> list[formation.RuleAgainst]:
    """The rules in the way of an alternative; where only the wish is named, what the move by
    itself would break."""
    held = {frozenset(pair) for pair in (*locks.together, *locks.apart)}
    named = {frozenset(rule.schools) for rule in found.against if rule.rule in WISHED}
    wish = named - held
    real = [rule for rule in found.against if frozenset(rule.schools) not in wish]
    return real or [breach.against for breach in found.plainly]

"""What is said of value added; no sentence ranks a group or says what caused anything."""

from __future__ import annotations

from collections.abc import Callable

from clusterwork.evaluation.rules.value_added import Fixed, Level
from clusterwork.kernel.messages import N_, Message


def finding(level: Level) -> Message:
    """What the picture of a level shows, as its title."""
    words: dict[str, object] = {
        "level": level.name,
        "shown": level.n_shown,
        "hold": level.n_hold,
    }
    if level.n_shown == 0:
        return Message(N_("%(level)s: every group is hidden"), words)
    if level.variance <= 0.0:
        return Message(
            N_("%(level)s: no differences beyond what chance would make can be seen"), words
        )
    if level.n_hold == level.n_shown:
        return Message(
            N_("%(level)s: every interval holds the average of all"),
            words,
        )
    if level.n_hold == 0:
        return Message(N_("%(level)s: no interval holds the average of all"), words)
    return Message(N_("%(level)s: %(hold)s of %(shown)s intervals hold the average of all"), words)


def overlap_said(level: Level) -> Message | None:
    """How many pairs cannot be told apart; None where there is no pair."""
    if level.n_pairs == 0:
        return None
    return Message(
        N_(
            "Where the intervals of two groups overlap, these figures hardly tell them apart. Here "
            "%(overlap)s of %(pairs)s pairs overlap, so an order of groups would say little."
        )
        if 2 * level.n_overlap > level.n_pairs
        else N_(
            "Where the intervals of two groups overlap, these figures hardly tell them apart. Here "
            "%(overlap)s of %(pairs)s pairs overlap."
        ),
        {"overlap": level.n_overlap, "pairs": level.n_pairs},
    )


def fixed_said(fixed: Fixed, outcome: str, write: Callable[[float | None], str]) -> Message:
    """A fixed effect in words; `write` writes a number."""
    words = {
        "name": fixed.name,
        "outcome": outcome,
        "estimate": write(fixed.estimate),
        "low": write(fixed.low),
        "high": write(fixed.high),
    }
    if fixed.is_start:
        return Message(
            N_(
                "Pupils whose other columns are all 0, in a group like the average, reached about "
                "%(estimate)s on the outcome (95 %% interval %(low)s to %(high)s)."
            ),
            words,
        )
    return Message(
        N_(
            "%(name)s: pupils with one more of it, alike in the other columns, reached "
            "%(estimate)s more on the outcome (95 %% interval %(low)s to %(high)s)."
        )
        if fixed.estimate >= 0
        else N_(
            "%(name)s: pupils with one more of it, alike in the other columns, differed by "
            "%(estimate)s on the outcome (95 %% interval %(low)s to %(high)s)."
        ),
        words,
    )

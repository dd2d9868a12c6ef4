"""Schools and rules as people know them, for sentences; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clusterwork.formation.instance import School
from clusterwork.kernel.messages import N_, Message

RULE_NAMES: dict[str, Message] = {
    "size": Message(N_("size of a cluster")),
    "pyramid_size": Message(N_("size of a pyramid")),
    "count": Message(N_("number of clusters")),
    "travel_limit": Message(N_("travel limit")),
    "barriers": Message(N_("lines to go round")),
    "together": Message(N_("schools that must be together")),
    "apart": Message(N_("schools that must not be together")),
    "fixed": Message(N_("schools fixed where they are")),
    "contributing": Message(N_("a contributing school in each cluster")),
    "contributing_fsm": Message(N_("a contributing school with a similar intake")),
    "same_authority": Message(N_("one authority in each cluster")),
    "same_medium": Message(N_("one language of teaching in each cluster")),
    "pyramid": Message(N_("a secondary or all-through school in each pyramid")),
    "medium": Message(N_("one language of teaching in a pyramid")),
    "faith": Message(N_("one faith family in a pyramid")),
    "authority": Message(N_("pyramids within one authority")),
    "feeds": Message(N_("primaries with the secondary that they feed")),
    "phase": Message(N_("phases that belong in a pyramid")),
    "left_out": Message(N_("a cluster for each school")),
}


def listed(schools: Sequence[School], most: int = 8) -> str:
    """Names with ids, at most so many, then how many more there are in brackets."""
    shown = "; ".join(f"{school.name} ({school.id})" for school in schools[:most])
    more = len(schools) - most
    return f"{shown}; … (+{more})" if more > 0 else shown


def span(low: int, high: int) -> object:
    """Both ends of a range, or the one number where they are equal."""
    return low if low == high else Message(N_("%(low)s to %(high)s"), {"low": low, "high": high})


def rule_names(rules: Iterable[str]) -> Message:
    """Rules one after another, each translated with the sentence it stands in."""
    names = [RULE_NAMES[rule] for rule in rules]
    joined = names[0]
    for name in names[1:]:
        joined = Message(N_("%(one)s; %(other)s"), {"one": joined, "other": name})
    return joined

"""What is shown of value added: shares, effects with intervals, and small groups hidden.

Takes what `impact_adapter.value_added` made; knows no database. Words: `value_added_told`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusterwork.evaluation.rules.hiding import Key, hidden_among, hidden_groups
from clusterwork.kernel.messages import Message

INTERCEPT = "(Intercept)"


@dataclass(frozen=True)
class Group:
    """One group of a level: its effect in units of the outcome, drawn towards nothing, with the
    interval and the pupils behind it; None of all where it is hidden."""

    key: Key
    n: int | None
    estimate: float | None
    low: float | None
    high: float | None

    @property
    def is_hidden(self) -> bool:
        """Whether nothing is told of it."""
        return self.estimate is None


@dataclass(frozen=True)
class Level:
    """The groups of a level, and the share of what is left unexplained that lies between them.

    n_hold: shown groups whose interval holds the average. n_pairs: pairs of shown groups, of which
    n_overlap have intervals that overlap. slope_variance: of the slope, where it varies here.
    """

    name: str
    share: float
    variance: float
    slope_variance: float | None
    groups: tuple[Group, ...]
    n_hold: int
    n_pairs: int
    n_overlap: int

    @property
    def n_shown(self) -> int:
        """Groups of which something is told."""
        return sum(not group.is_hidden for group in self.groups)

    @property
    def n_hidden(self) -> int:
        """Groups of which nothing is told."""
        return len(self.groups) - self.n_shown


@dataclass(frozen=True)
class Fixed:
    """A fixed effect with its interval; None where the interval cannot be told."""

    name: str
    estimate: float
    low: float | None
    high: float | None

    @property
    def is_start(self) -> bool:
        """Whether it is what pupils reach whose other columns are all 0."""
        return self.name == INTERCEPT


@dataclass(frozen=True)
class ValueAdded:
    """All that a page shows of a result; `residual` is the variance between pupils of one group."""

    outcome: str
    slope: str
    n: int
    missing: int
    fixed: tuple[Fixed, ...]
    levels: tuple[Level, ...]
    residual: float
    residual_share: float
    marginal_r2: float
    conditional_r2: float
    notes: tuple[Message, ...]
    assumptions: tuple[Message, ...]
    sentences: tuple[Message, ...]
    data_hash: str
    smallest: int


def value_added_shown(found: Mapping[str, Any], smallest: int) -> ValueAdded:
    """What may be shown of a result where numbers below `smallest` are not."""
    hidden = _hidden(found, smallest)
    shares = found["intra_class_correlation"]
    return ValueAdded(
        outcome=found["outcome"],
        slope=found["model"]["slope"],
        n=found["n"],
        missing=found["missing"],
        fixed=tuple(
            Fixed(each["name"], each["estimate"], each["low"], each["high"])
            for each in found["fixed"]
        ),
        levels=tuple(_level(name, shares[name], found, hidden) for name in found["levels"]),
        residual=_variance(found, "residual", ""),
        residual_share=1.0 - sum(shares.values()),
        marginal_r2=found["marginal_r2"],
        conditional_r2=found["conditional_r2"],
        notes=_messages(found["notes"]),
        assumptions=_messages(found["assumptions"]),
        sentences=_messages(found["sentences"]),
        data_hash=found["data_hash"],
        smallest=smallest,
    )


def _hidden(found: Mapping[str, Any], smallest: int) -> frozenset[Key]:
    """The groups of the model's own levels of which nothing is shown.

    Decided on all levels that were uploaded, so that two results of one file never tell together
    what each of them hides; then once more on the levels of this one.
    """
    parts = [{tuple(key): n for key, n in part} for part in found["counts"]]
    whole = _added(parts)
    every, chosen = found["all_levels"], found["levels"]
    places = [every.index(name) for name in chosen]
    hidden = {
        tuple(key[place] for place in places if place < len(key))
        for key in hidden_among(parts, whole, smallest)
        if len(key) - 1 in places
    }
    counts: dict[Key, int] = {}
    for key, n in whole.items():
        near = tuple(key[place] for place in places)
        counts[near] = counts.get(near, 0) + n
    return hidden_groups(counts, smallest, already=hidden)


def _added(parts: Sequence[Mapping[Key, int]]) -> dict[Key, int]:
    whole: dict[Key, int] = {}
    for part in parts:
        for key, n in part.items():
            whole[key] = whole.get(key, 0) + n
    return whole


def _level(name: str, share: float, found: Mapping[str, Any], hidden: Collection[Key]) -> Level:
    groups = tuple(_group(each, hidden) for each in found["effects"][name])
    ends = [
        (each.low, each.high) for each in groups if each.low is not None and each.high is not None
    ]
    slope = found["model"]["slope"]
    is_lowest = name == found["levels"][-1]
    return Level(
        name=name,
        share=share,
        variance=_variance(found, name, INTERCEPT),
        slope_variance=_variance(found, name, slope) if slope and is_lowest else None,
        groups=groups,
        n_hold=sum(low <= 0.0 <= high for low, high in ends),
        n_pairs=len(ends) * (len(ends) - 1) // 2,
        n_overlap=_overlapping(ends),
    )


def _group(told: Mapping[str, Any], hidden: Collection[Key]) -> Group:
    key = tuple(told["key"])
    if key in hidden:
        return Group(key, None, None, None, None)
    return Group(key, told["n"], told["estimate"], told["low"], told["high"])


def _overlapping(ends: Sequence[tuple[float, float]]) -> int:
    """Pairs of intervals with a value in common."""
    lows = sorted(low for low, _high in ends)
    apart = sum(len(lows) - bisect_right(lows, high) for _low, high in ends)
    return len(ends) * (len(ends) - 1) // 2 - apart


def _variance(found: Mapping[str, Any], level: str, name: str) -> float:
    return float(
        next(
            each["value"]
            for each in found["variances"]
            if (each["level"], each["name"], each["name2"]) == (level, name, None)
        )
    )


def _messages(told: Sequence[Mapping[str, Any]]) -> tuple[Message, ...]:
    return tuple(Message(each["template"], each["params"]) for each in told)

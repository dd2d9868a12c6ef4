"""What matching says: who stands beside whom, who stands alone and why, how alike they are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from clusterwork.impact.matching.balance import Balance
from clusterwork.impact.matching.nearest import Pairs, Rule
from clusterwork.impact.matching.reading import Units
from clusterwork.impact.matching.scaling import Space
from clusterwork.impact.result import Diagnostic, Result, Table
from clusterwork.kernel.messages import N_, Message


@dataclass(frozen=True)
class Choices:
    """Every choice of a matching, as the method note names them."""

    treated: str
    unit: str
    covariates: tuple[str | tuple[str, ...], ...]
    exact: tuple[str, ...]
    k: int
    metric: str
    covariance: str
    caliper: float | None
    within: tuple[tuple[str, float], ...]
    replace: bool
    ties: str
    support: str
    missing: str
    cluster: str | None


@dataclass(frozen=True)
class Pair:
    """Two units; distance in standard deviations (propensity: of the logit); weights of a unit's
    pairs add up to one."""

    unit: str
    other: str
    distance: float
    weight: float


@dataclass(frozen=True)
class Alone:
    """A unit that takes part and has nobody beside it.

    reason: "missing", "support", "exact", "cluster", "caliper" or "taken"; said: the same in words.
    """

    unit: str
    reason: str
    said: Message


REASONS: Mapping[str, Message] = {
    "missing": Message(N_("A value that is needed is missing.")),
    "support": Message(N_("It lies outside the range of the others.")),
    "exact": Message(N_("No other unit has the same values in the columns that must be equal.")),
    "cluster": Message(N_("All such units are of its own cluster.")),
    "caliper": Message(N_("No other unit is near enough.")),
    "taken": Message(N_("All units that are near enough stand beside another.")),
}


@dataclass(frozen=True, eq=False)
class Inside:
    """What further analyses need of a matching; no part of what is shown."""

    units: Units
    space: Space
    rule: Rule
    pairs: Pairs


@dataclass(frozen=True)
class Matched(Result):
    """Those who take part beside the nearest of the others.

    n_treated, n_controls: units with all values (and those left out among the treated).
    weights: by control unit, the sum of its weights over all pairs; adds up to n_matched.
    fewer: units matched with fewer than k.
    """

    choices: Choices
    pairs: tuple[Pair, ...]
    alone: tuple[Alone, ...]
    weights: Mapping[str, float]
    balance: tuple[Balance, ...]
    n_treated: int
    n_controls: int
    n_matched: int
    fewer: tuple[str, ...]
    left_out: tuple[str, ...]
    constant: tuple[str, ...]
    notes: tuple[Message, ...]
    inside: Inside = field(repr=False, compare=False)

    def beside(self, unit: str) -> tuple[Pair, ...]:
        """The pairs of a unit, the nearest first."""
        mine = [pair for pair in self.pairs if pair.unit == unit]
        return tuple(sorted(mine, key=lambda pair: pair.distance))

    def sentences(self) -> Sequence[Message]:
        """How many were matched, and what speaks for and against."""
        count = Message(
            N_("%(matched)s of %(treated)s who take part stand beside %(others)s similar others."),
            {"matched": self.n_matched, "treated": self.n_treated, "others": len(self.weights)},
        )
        return (count, *(each.said for each in self.diagnostics), *self.notes)

    def to_dict(self) -> dict[str, object]:
        """Plain values with the keys of the command line's file."""
        return {
            "choices": asdict(self.choices),
            "n_treated": self.n_treated,
            "n_controls": self.n_controls,
            "n_matched": self.n_matched,
            "pairs": [asdict(pair) for pair in self.pairs],
            "unmatched": [
                {"unit": each.unit, "reason": each.reason, "said": str(each.said)}
                for each in self.alone
            ],
            "weights": dict(self.weights),
            "fewer": list(self.fewer),
            "left_out": list(self.left_out),
            "balance": [asdict(line) for line in self.balance],
            "diagnostics": [shown(each) for each in self.diagnostics],
            "constant": list(self.constant),
            "assumptions": [str(each) for each in self.assumptions],
            "notes": [str(note) for note in self.notes],
            "data_hash": self.data_hash,
        }

    def to_json(self) -> str:
        """The same as JSON; what is no number as null."""
        return json.dumps(finite(self.to_dict()), indent=1, ensure_ascii=False)


def reasons_table(alone: Sequence[Alone]) -> Table:
    """How many stand alone, by reason."""
    counts = Counter(each.reason for each in alone)
    return Table("unmatched", ("reason", "n"), tuple(sorted(counts.items())))


def shown(diagnostic: Diagnostic) -> dict[str, object]:
    """A diagnostic as plain values."""
    return {
        "name": diagnostic.name,
        "passed": diagnostic.passed,
        "said": str(diagnostic.said),
        "rows": diagnostic.table.to_dicts() if diagnostic.table else [],
    }


def finite(value: object) -> object:
    """The value with numbers that JSON has no word for as None."""
    if isinstance(value, dict):
        return {name: finite(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [finite(each) for each in value]
    if isinstance(value, float) and value - value != 0.0:
        return None
    return value

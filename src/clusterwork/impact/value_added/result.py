"""What a value-added model says; numbers only, words are in `saying`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from clusterwork.impact.result import Result
from clusterwork.kernel.messages import N_, Message

ASSUMPTIONS = (
    Message(
        N_(
            "Whatever sets pupils apart besides the covariates is spread over schools by chance: "
            "an effect is of the school and of what its pupils brought unseen."
        )
    ),
    Message(N_("Each pupil counts in one school, that of the day on which results are counted.")),
    Message(
        N_(
            "Effects of schools and what is left over of pupils are roughly normal, the latter as "
            "wide in one school as in another."
        )
    ),
)


@dataclass(frozen=True)
class Coefficient:
    """A fixed effect: units of the outcome per unit of the covariate; `df` by Satterthwaite."""

    name: str
    estimate: float
    se: float
    df: float


@dataclass(frozen=True)
class Variance:
    """A variance (`name2` None) or covariance of effects of a level, in squared units."""

    level: str
    name: str
    name2: str | None
    value: float


class Effect(NamedTuple):
    """A group's shrunken effect and its standard deviation given the data and the variances.

    `n` pupils; with a random slope also the slope's effect. A tuple, because there are many.
    """

    id: str
    estimate: float
    sd: float
    n: int
    slope: float | None = None
    slope_sd: float | None = None


@dataclass(frozen=True)
class ValueAddedFit(Result):
    """A linear mixed model fitted by REML.

    deviance: the REML criterion (-2 restricted log likelihood).
    groups: how many of each level. correlation: by level, the intra-class correlation, the share
        of the variance not explained by covariates that lies between groups of this level (with a
        slope: at its mean).
    marginal_r2, conditional_r2: the share of variance explained by the covariates, and by
        covariates and groups (Nakagawa and Schielzeth 2013, Methods Ecol. Evol. 4, equations 26
        and 30; for slopes Johnson 2014).
    dropped: covariates that are combinations of others. missing: rows left out.
    data_hash: of the statistics the fit was made from.
    """

    outcome: str
    levels: tuple[str, ...]
    fixed: tuple[Coefficient, ...]
    variances: tuple[Variance, ...]
    deviance: float
    n: int
    groups: Mapping[str, int]
    by_level: Mapping[str, tuple[Effect, ...]]
    correlation: Mapping[str, float]
    marginal_r2: float
    conditional_r2: float
    dropped: tuple[str, ...]
    missing: int
    notes: tuple[Message, ...]

    def sentences(self) -> Sequence[Message]:
        """How much of what covariates leave unexplained lies between groups; no group is named."""
        return [_share(level, share) for level, share in self.correlation.items()]

    def effects(self, level: str) -> tuple[Effect, ...]:
        """The groups of a level in the order of their keys; KeyError for no such level."""
        return self.by_level[level]

    def to_dict(self) -> dict[str, object]:
        """Plain values with the keys of the command line's file."""
        return {
            "outcome": self.outcome,
            "levels": list(self.levels),
            "fixed": [asdict(each) for each in self.fixed],
            "variances": [asdict(each) for each in self.variances],
            "deviance": self.deviance,
            "n": self.n,
            "groups": dict(self.groups),
            "effects": {
                level: [_without_nothing(each._asdict()) for each in effects]
                for level, effects in self.by_level.items()
            },
            "intra_class_correlation": dict(self.correlation),
            "marginal_r2": self.marginal_r2,
            "conditional_r2": self.conditional_r2,
            "dropped": list(self.dropped),
            "missing": self.missing,
            "data_hash": self.data_hash,
            "notes": [str(note) for note in self.notes],
        }

    def to_json(self) -> str:
        """The same as JSON; infinite degrees of freedom as null."""
        told = _finite(self.to_dict())
        parts = (
            f"{json.dumps(name)}: {json.dumps(part, ensure_ascii=False)}"
            for name, part in told.items()
        )
        return "{\n" + ",\n".join(parts) + "\n}"


def _share(level: str, share: float) -> Message:
    if share == 0.0:
        return Message(
            N_("At this level groups differ no more than chance would make them: %(level)s."),
            {"level": level},
        )
    return Message(
        N_(
            "Of what the starting points of pupils leave unexplained, %(share)s%% lies between "
            "groups of this level: %(level)s."
        ),
        {"share": f"{100 * share:.1f}", "level": level},
    )


def _without_nothing(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


def _finite(value: Any) -> Any:
    """The value with numbers that JSON has no word for as None."""
    if isinstance(value, dict):
        return {name: _finite(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    if isinstance(value, float) and value - value != 0.0:
        return None
    return value

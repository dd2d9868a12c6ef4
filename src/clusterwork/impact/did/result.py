"""What a comparison with staggered starts says; numbers only, words are in `saying`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from clusterwork.impact.did.averages import Kind
from clusterwork.impact.did.noting import ALPHA
from clusterwork.impact.did.panel import Floats, LeftOut
from clusterwork.impact.did.plainly import NotFound
from clusterwork.impact.did.uncertainty import Band, Wald, band_of
from clusterwork.impact.result import Estimate, Result
from clusterwork.impact.saying import Claim, Finding, Outcome
from clusterwork.kernel.messages import Message

DRAWS = 1999
SEED = 1


@dataclass(frozen=True)
class GroupTime(Estimate):
    """The effect on the units that start at `group`, at `time`, against the time `base`.

    after: whether the group had started by then; before the start it should be nothing.
    n_treated, n_control: units that were compared.
    """

    group: float = 0.0
    time: float = 0.0
    base: float = 0.0
    after: bool = True
    n_treated: int = 0
    n_control: int = 0


@dataclass(frozen=True)
class Part(Estimate):
    """An average's part. key: times since the start, the group's start, or the time."""

    key: float = 0.0


@dataclass(frozen=True)
class Average(Estimate):
    """An average of effects with its parts.

    influence: what each cluster adds to estimate less truth; by_influence: clusters x parts.
    Variances are the small-sample factor times the sums of squares.
    """

    by: tuple[Part, ...] = ()
    influence: Floats = field(default_factory=lambda: np.zeros(0), repr=False, compare=False)
    by_influence: Floats = field(
        default_factory=lambda: np.zeros((0, 0)), repr=False, compare=False
    )

    @property
    def interval(self) -> tuple[float | None, float | None]:
        """Low and high."""
        return self.low, self.high


@dataclass(frozen=True)
class EventStudy:
    """Effects by times since the start, as intervals for departures from parallel trends need.

    keys: J times since the start, without the base. base: the one that is zero by construction.
    covariance: J x J. n_before: how many of them lie before the start.
    """

    keys: tuple[float, ...]
    estimates: Floats = field(repr=False)
    covariance: Floats = field(repr=False)
    influence: Floats = field(repr=False)
    n_before: int = 0


@dataclass(frozen=True)
class DidFit(Result):
    """Group-time effects and their averages.

    att_gt: by group and time. simple, dynamic, group, calendar: averages. influence: clusters x
    effects of att_gt, rows named by `clusters`. treated_clusters: how many clusters have a unit
    that starts. factor: what squares of influence are multiplied with. pretrend: whether all
    effects before the start are zero; None where it cannot be told. not_found: comparisons that
    could not be made.
    """

    outcome: str
    control: str
    method: str
    base: str
    covariates: tuple[str, ...]
    att_gt: tuple[GroupTime, ...]
    simple: Average
    dynamic: Average
    group: Average
    calendar: Average
    pretrend: Wald | None
    influence: Floats = field(repr=False, compare=False)
    clusters: tuple[str, ...] = field(repr=False)
    treated_clusters: int
    n_units: int
    n_treated: int
    times: tuple[float, ...]
    factor: float
    level: float
    left_out: LeftOut
    not_found: tuple[NotFound, ...]
    notes: tuple[Message, ...]

    def sentences(self, finding: Finding | None = None) -> Sequence[Message]:
        """What the numbers bear, of the measure as it is or of a finding made with `finding`."""
        from clusterwork.impact.did.saying import sentences_of

        return sentences_of(self, finding or self.finding())

    def finding(self, outcome: Outcome = Outcome.AMOUNT) -> Finding:
        """The average over groups, a difference of changes, with what it can bear.

        An effect where effects before the start were tested and not found; a description where
        they could not be.
        """
        if self.pretrend is None:
            claim = Claim.DESCRIPTIVE
        else:
            claim = Claim.EFFECT if self.pretrend.p >= ALPHA else Claim.TRENDS_DIFFERED
        return Finding(self.group, outcome, claim, self.treated_clusters, change=True)

    def average(self, kind: Kind) -> Average:
        """One of the four averages."""
        kinds = {
            "simple": self.simple,
            "dynamic": self.dynamic,
            "group": self.group,
            "calendar": self.calendar,
        }
        return kinds[kind]

    def covariance(self, kind: Kind) -> Floats:
        """Of an average's parts, J x J in squared units of the outcome."""
        influence = self.average(kind).by_influence
        return np.asarray(influence.T @ influence * self.factor)

    def band(self, kind: Kind = "dynamic", *, draws: int = DRAWS, seed: int = SEED) -> Band:
        """Intervals that hold for all parts of an average at once."""
        average = self.average(kind)
        estimates = np.array([part.estimate for part in average.by])
        return band_of(
            estimates,
            average.by_influence,
            factor=self.factor,
            level=self.level,
            draws=draws,
            seed=seed,
        )

    def event_study(self) -> EventStudy:
        """Effects by times since the start with their covariance."""
        keys = tuple(part.key for part in self.dynamic.by)
        return EventStudy(
            keys,
            np.array([part.estimate for part in self.dynamic.by]),
            self.covariance("dynamic"),
            self.dynamic.by_influence,
            sum(key < 0 for key in keys),
        )

    def to_dict(self) -> dict[str, object]:
        """Plain values with the keys of the command line's file."""
        return {
            "outcome": self.outcome,
            "control": self.control,
            "method": self.method,
            "base": self.base,
            "covariates": list(self.covariates),
            "simple": _told(self.simple),
            "group": _with_parts(self.group),
            "calendar": _with_parts(self.calendar),
            "dynamic": {**_with_parts(self.dynamic), "band": _band(self.band())},
            "att_gt": [_effect(each) for each in self.att_gt],
            "pretrend": None if self.pretrend is None else vars(self.pretrend),
            "level": self.level,
            "small_sample_factor": self.factor,
            "clusters": len(self.clusters),
            "treated_clusters": self.treated_clusters,
            "units": self.n_units,
            "treated_units": self.n_treated,
            "times": [plain(time) for time in self.times],
            "left_out": vars(self.left_out) | {"collinear": list(self.left_out.collinear)},
            "not_found": [
                {"group": plain(each.group), "time": plain(each.time), "why": str(each.why)}
                for each in self.not_found
            ],
            "data_hash": self.data_hash,
            "assumptions": [str(each) for each in self.assumptions],
            "notes": [str(note) for note in self.notes],
        }

    def to_json(self) -> str:
        """The same as JSON."""
        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False)


def plain(value: float) -> int | float:
    """Whole numbers without a point."""
    return int(value) if float(value).is_integer() else float(value)


def _told(estimate: Estimate) -> dict[str, object]:
    return {
        "estimate": estimate.estimate,
        "se": estimate.se,
        "low": estimate.low,
        "high": estimate.high,
    }


def with_parts(whole: Estimate, parts: Sequence[Part]) -> dict[str, object]:
    """An estimate and its parts as plain values."""
    return {**_told(whole), "by": [{"key": plain(part.key), **_told(part)} for part in parts]}


def _with_parts(average: Average) -> dict[str, object]:
    return with_parts(average, average.by)


def _effect(effect: GroupTime) -> dict[str, object]:
    return {
        "group": plain(effect.group),
        "time": plain(effect.time),
        **_told(effect),
        "base": plain(effect.base),
        "after": effect.after,
        "n_treated": effect.n_treated,
        "n_control": effect.n_control,
    }


def _band(band: Band) -> Mapping[str, object]:
    return {
        "critical": band.critical,
        "low": list(band.low),
        "high": list(band.high),
        "draws": band.draws,
        "seed": band.seed,
    }

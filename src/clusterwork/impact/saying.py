"""What numbers may be said to show: the rules by which results become sentences.

A sentence gives size and interval together, names what the interval leaves open on both sides,
claims no cause for a comparison that cannot bear one, and says when it is too early. Sizes in
standard deviations are called small, moderate and large after Kraft (2020), Interpreting effect
sizes of education interventions, Educational Researcher 49(4), table 4 (0.05 and 0.20). Months
of progress after Higgins, Kokotsaki and Coe (2012), The Teaching and Learning Toolkit: technical
appendices, table 2.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clusterwork.impact.result import Estimate
from clusterwork.kernel.messages import N_, Message

SMALL, LARGE = 0.05, 0.20
MONTHS = (0.05, 0.10, 0.19, 0.27, 0.36, 0.45, 0.53, 0.62, 0.70, 0.79, 0.88, 0.96)
"""The least effect that stands for one month more than the one before."""


class Claim(StrEnum):
    """What the comparison can bear."""

    DESCRIPTIVE = "descriptive"
    """Groups stand beside each other; they differ in more than the cluster."""

    TRENDS_DIFFERED = "trends differed"
    """Cluster schools and the others already went apart before the start."""

    EFFECT = "effect"
    """A design whose assumptions were looked at and not contradicted."""


class Outcome(StrEnum):
    """What was compared."""

    PROGRESS = "progress"
    """Standard deviations of pupils' progress."""

    SCORE = "score"
    """Standard deviations of pupils' results."""

    SHARE = "share"
    """Percentage points of a rate."""

    AMOUNT = "amount"
    """Units of the measure itself."""


@dataclass(frozen=True)
class Finding:
    """A number, what it is of, and what its comparison can bear.

    treated_clusters: how many clusters did the work; with one there is never a p-value.
    rank: the cluster's place among `rank[1]` placebo runs, where that is all that can be said.
    too_early_before: the first day on which the plan's horizon lets anybody judge.
    """

    estimate: Estimate
    outcome: Outcome
    claim: Claim
    treated_clusters: int = 2
    rank: tuple[int, int] | None = None
    day: date | None = None
    too_early_before: date | None = None


Sentences = tuple[str, str]
"""For more and for less."""

WITH_INTERVAL: dict[Outcome, Sentences] = {
    Outcome.PROGRESS: (
        N_(
            "Pupils in cluster schools made %(size)s of a standard deviation more progress than "
            "pupils in similar schools (%(level)s%% interval %(low)s to %(high)s)."
        ),
        N_(
            "Pupils in cluster schools made %(size)s of a standard deviation less progress than "
            "pupils in similar schools (%(level)s%% interval %(low)s to %(high)s)."
        ),
    ),
    Outcome.SCORE: (
        N_(
            "Pupils in cluster schools did better than pupils in similar schools by %(size)s of "
            "a standard deviation (%(level)s%% interval %(low)s to %(high)s)."
        ),
        N_(
            "Pupils in cluster schools did less well than pupils in similar schools by %(size)s "
            "of a standard deviation (%(level)s%% interval %(low)s to %(high)s)."
        ),
    ),
    Outcome.SHARE: (
        N_(
            "In cluster schools the share was %(size)s percentage points higher than in similar "
            "schools (%(level)s%% interval %(low)s to %(high)s)."
        ),
        N_(
            "In cluster schools the share was %(size)s percentage points lower than in similar "
            "schools (%(level)s%% interval %(low)s to %(high)s)."
        ),
    ),
    Outcome.AMOUNT: (
        N_(
            "In cluster schools the figure was %(size)s higher than in similar schools "
            "(%(level)s%% interval %(low)s to %(high)s)."
        ),
        N_(
            "In cluster schools the figure was %(size)s lower than in similar schools "
            "(%(level)s%% interval %(low)s to %(high)s)."
        ),
    ),
}
ALONE: dict[Outcome, Sentences] = {
    Outcome.PROGRESS: (
        N_(
            "Pupils in cluster schools made %(size)s of a standard deviation more progress than "
            "pupils in similar schools; how sure that is cannot be told from so few clusters."
        ),
        N_(
            "Pupils in cluster schools made %(size)s of a standard deviation less progress than "
            "pupils in similar schools; how sure that is cannot be told from so few clusters."
        ),
    ),
    Outcome.SCORE: (
        N_(
            "Pupils in cluster schools did better than pupils in similar schools by %(size)s of "
            "a standard deviation; how sure that is cannot be told from so few clusters."
        ),
        N_(
            "Pupils in cluster schools did less well than pupils in similar schools by %(size)s "
            "of a standard deviation; how sure that is cannot be told from so few clusters."
        ),
    ),
    Outcome.SHARE: (
        N_(
            "In cluster schools the share was %(size)s percentage points higher than in similar "
            "schools; how sure that is cannot be told from so few clusters."
        ),
        N_(
            "In cluster schools the share was %(size)s percentage points lower than in similar "
            "schools; how sure that is cannot be told from so few clusters."
        ),
    ),
    Outcome.AMOUNT: (
        N_(
            "In cluster schools the figure was %(size)s higher than in similar schools; how sure "
            "that is cannot be told from so few clusters."
        ),
        N_(
            "In cluster schools the figure was %(size)s lower than in similar schools; how sure "
            "that is cannot be told from so few clusters."
        ),
    ),
}
OPEN_BOTH_WAYS = {
    (0, 0): N_("This is consistent with no effect, and leaves room for a small one at most."),
    (0, 1): N_("This is consistent with no effect and with a moderate one."),
    (0, 2): N_("This is consistent with no effect and with a large one."),
    (1, 0): N_("This is consistent with no effect and with a moderate loss."),
    (1, 1): N_("This is consistent with no effect, with a moderate loss and a moderate gain."),
    (1, 2): N_("This is consistent with no effect, with a moderate loss and a large gain."),
    (2, 0): N_("This is consistent with no effect and with a large loss."),
    (2, 1): N_("This is consistent with no effect, with a large loss and a moderate gain."),
    (2, 2): N_("This is consistent with no effect, with a large loss and a large gain."),
}
"""By how far the interval reaches below and above zero: small, moderate, large."""

GAIN = {
    (0, 0): N_("This is consistent with a small gain."),
    (0, 1): N_("This is consistent with a small gain and with a moderate one."),
    (0, 2): N_("This is consistent with a small gain and with a large one."),
    (1, 1): N_("This is consistent with a moderate gain."),
    (1, 2): N_("This is consistent with a moderate gain and with a large one."),
    (2, 2): N_("This is consistent with a large gain."),
}
LOSS = {
    (0, 0): N_("This is consistent with a small loss."),
    (0, 1): N_("This is consistent with a small loss and with a moderate one."),
    (0, 2): N_("This is consistent with a small loss and with a large one."),
    (1, 1): N_("This is consistent with a moderate loss."),
    (1, 2): N_("This is consistent with a moderate loss and with a large one."),
    (2, 2): N_("This is consistent with a large loss."),
}


def sentences(finding: Finding) -> tuple[Message, ...]:
    """The sentences in the order in which they are read; at least one."""
    if _too_early(finding):
        return (_wait(finding),)
    parts = (_size(finding), _consistency(finding), _placebo(finding), _caution(finding))
    return tuple(part for part in parts if part is not None)


def months(effect: float) -> int:
    """Months of progress of an effect in standard deviations, negative for a loss; 12 at most.

    Shown only beside the effect and its interval.
    """
    size = bisect_right(MONTHS, round(abs(effect), 2))
    return size if effect > 0 else -size


def number(value: float) -> str:
    """Two decimals with a true minus sign; never a negative zero."""
    shown = f"{abs(value):.2f}"
    return f"\u2212{shown}" if value < 0 and float(shown) > 0 else shown


def _too_early(finding: Finding) -> bool:
    known = finding.day is not None and finding.too_early_before is not None
    return known and finding.day < finding.too_early_before  # type: ignore[operator]


def _wait(finding: Finding) -> Message:
    return Message(
        N_(
            "It is too early to say: the plan expects results that can be judged from this day "
            "on: %(day)s"
        ),
        {"day": finding.too_early_before},
    )


def _size(finding: Finding) -> Message:
    """The size with its interval, or that none can be given."""
    told = finding.estimate
    less = told.estimate < 0
    size = number(abs(told.estimate))
    if told.low is None or told.high is None:
        return Message(ALONE[finding.outcome][less], {"size": size})
    return Message(
        WITH_INTERVAL[finding.outcome][less],
        {
            "size": size,
            "level": f"{100 * told.level:g}",
            "low": number(told.low),
            "high": number(told.high),
        },
    )


def _consistency(finding: Finding) -> Message | None:
    """What the interval leaves open; None without an interval."""
    low, high = finding.estimate.low, finding.estimate.high
    if low is None or high is None:
        return None
    if finding.outcome not in (Outcome.PROGRESS, Outcome.SCORE):
        return _in_units(low, high)
    below, above = _called(min(low, 0.0)), _called(max(high, 0.0))
    if low <= 0.0 <= high:
        return Message(OPEN_BOTH_WAYS[below, above])
    if low > 0.0:
        return Message(GAIN[_called(low), above])
    return Message(LOSS[_called(high), below])


def _in_units(low: float, high: float) -> Message:
    """For measures without a common scale: only what lies in the interval."""
    if low <= 0.0 <= high:
        return Message(
            N_("This is consistent with no difference and with any other in the interval.")
        )
    return Message(N_("This is consistent with any difference in the interval."))


def _called(effect: float) -> int:
    """0 small, 1 moderate, 2 large, by the size as shown."""
    size = round(abs(effect), 2)
    return 0 if size <= SMALL else 1 if size <= LARGE else 2


def _placebo(finding: Finding) -> Message | None:
    """The place among placebo runs, which is no p-value."""
    if finding.rank is None:
        return None
    return Message(
        N_(
            "Of %(runs)s clusters taken in turn as if they had started, the change of this one is "
            "number %(place)s by size."
        ),
        {"runs": finding.rank[1], "place": finding.rank[0]},
    )


def _caution(finding: Finding) -> Message | None:
    """What the comparison does not show."""
    if finding.claim is Claim.DESCRIPTIVE:
        return Message(
            N_("This sets schools beside each other; it does not show what made the difference.")
        )
    if finding.claim is Claim.TRENDS_DIFFERED:
        return Message(
            N_(
                "These schools had already been going apart before the cluster started, so the "
                "difference cannot be put down to the cluster."
            )
        )
    return None

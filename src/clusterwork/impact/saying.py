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

from clusterwork.impact.findings import Claim, Finding, Outcome
from clusterwork.impact.phrases import (
    ALONE,
    CHANGED,
    CHANGED_ALONE,
    GAIN,
    LOSS,
    OPEN_BOTH_WAYS,
    WITH_INTERVAL,
)
from clusterwork.impact.written import number, places_for
from clusterwork.kernel.messages import N_, Message

__all__ = [
    "Claim",
    "Finding",
    "Outcome",
    "in_months",
    "months",
    "number",
    "places",
    "sentences",
    "too_early",
]

SMALL, LARGE = 0.05, 0.20
LEAST_CLUSTERS = 2
MONTHS = (0.05, 0.10, 0.19, 0.27, 0.36, 0.45, 0.53, 0.62, 0.70, 0.79, 0.88, 0.96)
"""The least effect that stands for one month more than the one before."""


def sentences(finding: Finding) -> tuple[Message, ...]:
    """The sentences in the order in which they are read; at least one."""
    if too_early(finding):
        return (_wait(finding),)
    parts = (_size(finding), _consistency(finding), _placebo(finding), _caution(finding))
    return tuple(part for part in parts if part is not None)


def months(effect: float) -> int:
    """Months of progress of an effect in standard deviations, negative for a loss; 12 at most.

    Shown only beside the effect and its interval: `in_months` says all of them.
    """
    size = bisect_right(MONTHS, round(abs(effect), 2))
    return size if effect > 0 else -size


def in_months(finding: Finding) -> Message | None:
    """Months of progress in one sentence with the effect and its interval.

    None where there is no interval, where the measure is not pupils' progress, where it is too
    early, and where the schools had already been going apart.
    """
    ends = _ends(finding)
    fit = finding.outcome is Outcome.PROGRESS and finding.claim is not Claim.TRENDS_DIFFERED
    if ends is None or not fit or too_early(finding):
        return None
    told = finding.estimate
    return Message(
        N_(
            "In months of progress %(size)s of a standard deviation stands for %(months)s "
            "(%(level)s%% interval %(low)s to %(high)s, which stands for %(least)s to %(most)s)."
        ),
        {
            "size": number(told.estimate),
            "months": number(months(told.estimate), 0),
            "level": f"{100 * told.level:g}",
            "low": number(ends[0]),
            "high": number(ends[1]),
            "least": number(months(ends[0]), 0),
            "most": number(months(ends[1]), 0),
        },
    )


def places(finding: Finding) -> int:
    """Decimals of its numbers: two on a common scale, otherwise as many as the error bears."""
    if finding.outcome is not Outcome.AMOUNT:
        return 2
    told, ends = finding.estimate, _ends(finding)
    if ends is not None:
        return places_for((ends[1] - ends[0]) / 4.0)
    return places_for(abs(told.estimate) / 10.0)


def _ends(finding: Finding) -> tuple[float, float] | None:
    """The interval; None where there is none, or none is to be said of one cluster's change."""
    told = finding.estimate
    alone = finding.change and finding.treated_clusters < LEAST_CLUSTERS
    if alone or told.low is None or told.high is None:
        return None
    return told.low, told.high


def too_early(finding: Finding) -> bool:
    """Whether the plan's horizon lets nobody judge yet."""
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
    told, ends, shown = finding.estimate, _ends(finding), places(finding)
    less = told.estimate < 0
    size = number(abs(told.estimate), shown)
    if ends is None:
        alone = CHANGED_ALONE if finding.change else ALONE
        return Message(alone[finding.outcome][less], {"size": size})
    bounded = CHANGED if finding.change else WITH_INTERVAL
    return Message(
        bounded[finding.outcome][less],
        {
            "size": size,
            "level": f"{100 * told.level:g}",
            "low": number(ends[0], shown),
            "high": number(ends[1], shown),
        },
    )


def _consistency(finding: Finding) -> Message | None:
    """What the interval leaves open; None without an interval."""
    ends = _ends(finding)
    if ends is None:
        return None
    low, high = ends
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


BY_SIZE = N_(
    "Of %(runs)s clusters taken in turn as if they had started, the change of this one is "
    "number %(place)s by size."
)
BY_RATIO = N_(
    "Of %(runs)s clusters taken in turn as if they had started, each beside a mix of others, this "
    "one is number %(place)s by how many times as far it lies from its mix after the start as "
    "before. That is no place by size."
)


def _placebo(finding: Finding) -> Message | None:
    """The place among placebo runs, which is no p-value."""
    if finding.rank is None:
        return None
    said = BY_RATIO if finding.by_ratio else BY_SIZE
    return Message(said, {"runs": finding.rank[1], "place": finding.rank[0]})


def _caution(finding: Finding) -> Message | None:
    """What the comparison does not show, or on what terms it shows it."""
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
    if not finding.change:
        return None
    return Message(
        N_(
            "It is an effect only if, without the start, all of them would have changed alike; "
            "that cannot be seen."
        )
    )

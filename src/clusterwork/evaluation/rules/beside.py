"""A cluster beside those like it: their mean, the middle half of them, and what may be said."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clusterwork.evaluation.rules.pictures import FEW, Ends, Together, Told, Write, WriteYear
from clusterwork.kernel.messages import N_, Message

FEWEST = 4  # clusters, below which there is no middle half

NOT_WHY = Message(
    N_(
        "This sets schools beside each other; it does not show what made the difference between "
        "them."
    )
)


@dataclass(frozen=True, slots=True)
class Middle:
    """The mean of clusters in a year, the span of the middle half, and how many have a figure."""

    mean: float
    half: Ends | None
    n: int


def middle_of(values: Iterable[float | None]) -> Middle | None:
    """The mean of what is told, each cluster alike; None where nothing is.

    The middle half lies between the quartiles (Hyndman and Fan's seventh kind).
    """
    known = [value for value in values if value is not None]
    if not known:
        return None
    half = None
    if len(known) >= FEWEST:
        low, _median, high = statistics.quantiles(known, n=4, method="inclusive")
        half = Ends(low, high)
    return Middle(statistics.fmean(known), half, len(known))


def latest_told(line: Mapping[int, Told]) -> Told | None:
    """The figure of the last year that has a value."""
    told = [each for _year, each in sorted(line.items()) if each.value is not None]
    return told[-1] if told else None


def finding(
    line: Mapping[int, Told],
    beside: Mapping[int, Middle],
    together: Together | None,
    write: Write,
    write_year: WriteYear,
) -> Message | None:
    """What the last year says of us and of those beside us; None where no figure is told."""
    last = latest_told(line)
    if last is None or last.value is None:
        return None
    if together:
        return _of_years(together, write, write_year)
    middle = beside.get(last.year)
    words = {"year": write_year(last.year), "ours": write(last.value)}
    if middle is None:
        return Message(N_("%(ours)s in %(year)s"), words)
    words["others"] = write(middle.mean)
    if last.ends is None:
        return Message(N_("%(ours)s in %(year)s; mean of similar clusters: %(others)s"), words)
    if last.ends.holds(middle.mean):
        said = N_(
            "%(ours)s in %(year)s; mean of similar clusters: %(others)s, within the cluster’s "
            "interval"
        )
        return Message(said, words)
    said = N_(
        "%(ours)s in %(year)s; mean of similar clusters: %(others)s, outside the cluster’s interval"
    )
    return Message(said, words)


def _of_years(together: Together, write: Write, write_year: WriteYear) -> Message:
    return Message(
        N_("%(ours)s over the years %(first)s to %(last)s together (%(low)s to %(high)s)"),
        {
            "ours": write(together.value),
            "first": write_year(together.years[0]),
            "last": write_year(together.years[-1]),
            "low": write(together.ends.low),
            "high": write(together.ends.high),
        },
    )


def notes(
    line: Mapping[int, Told], together: Together | None, write: Write, is_share: bool
) -> Sequence[Message]:
    """What a reader has to know of the interval."""
    last = latest_told(line)
    if last is None:
        return ()
    if last.ends is None:
        return (Message(NOT_COUNTED if is_share and last.of is None else NO_SPREAD),)
    said = [Message(CHANCE)]
    if together:
        said.append(
            Message(
                N_(
                    "Few are counted in the last year: %(n)s. So three years stand together as one "
                    "figure of %(all)s."
                ),
                {"n": last.of, "all": together.of},
            )
        )
        if not together.alike:
            said.append(Message(UNLIKE))
    elif last.of is not None and last.of < FEW:
        said.append(
            Message(
                N_("Few are counted in the last year: %(n)s. Read its interval first."),
                {"n": last.of},
            )
        )
    return said


CHANCE = N_(
    "The interval (95%) says how far the figure could be from what the same schools would reach "
    "with other pupils. It allows for the chance of a small number, and for nothing else."
)
NO_SPREAD = N_(
    "No interval can be told: how far single pupils lie apart is not part of these figures. Small "
    "differences mean little where few are counted."
)
NOT_COUNTED = N_(
    "No interval can be told, because the number counted is not known. Small differences mean "
    "little where few are counted."
)
UNLIKE = N_("These years differ by more than chance: the figure is a mean of unlike years.")

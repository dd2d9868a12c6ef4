"""Effects where there can be none: before the start, and on outcomes that nobody worked on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from clusterwork.impact.diagnostics.refitting import Try, table_of, tried
from clusterwork.impact.result import Diagnostic, Estimate
from clusterwork.impact.written import significant
from clusterwork.kernel.messages import N_, Message

RATE = 0.05


def placebo_years(years: Sequence[int], refit: Callable[[int], Estimate]) -> Diagnostic:
    """The analysis as if the start had been in each of `years`, on data from before the real one.

    refit: takes the invented year; it has to leave out what came after the real start. See
    `placebo_outcomes` for what is told.
    """
    tries = [tried(str(year), partial(refit, year)) for year in years]
    return _told("placebo year", "year", tries)


def placebo_outcomes(outcomes: Sequence[str], refit: Callable[[str], Estimate]) -> Diagnostic:
    """The analysis with outcomes that the work cannot have changed.

    Table: a line each with estimate, error, interval, p, or why it was refused. passed: False where
    the smallest p times the number of p's is under 0.05 (Bonferroni); True where it is not and
    nothing was refused; None where no p is told. A pass is no proof: the sentence gives the largest
    effect that the intervals would not have excluded.
    """
    tries = [tried(name, partial(refit, name)) for name in outcomes]
    return _told("placebo outcome", "outcome", tries)


def _told(name: str, first: str, tries: Sequence[Try]) -> Diagnostic:
    passed = _passed(tries)
    return Diagnostic(name, _said(tries, passed), passed, table_of(name, first, tries))


def _passed(tries: Sequence[Try]) -> bool | None:
    told = [each.estimate.p for each in tries if each.estimate and each.estimate.p is not None]
    if told and min(told) * len(told) < RATE:
        return False
    return True if told and len(told) == len(tries) else None


def _said(tries: Sequence[Try], passed: bool | None) -> Message:
    reaches = [max(map(abs, each.interval)) for each in tries if each.interval]
    largest = {"largest": significant(max(reaches)) if reaches else "—", "n": len(tries)}
    if passed is False:
        return Message(
            N_(
                "An effect shows where there can be none. The comparison differs in more than what "
                "is studied: do not read its result as an effect."
            )
        )
    if passed:
        return Message(
            N_(
                "Where there can be no effect none is seen (%(n)s looked at). Effects up to "
                "%(largest)s would not have been excluded."
            ),
            largest,
        )
    return Message(
        N_("Where there can be no effect %(n)s were looked at; judge by the table."), largest
    )

"""Whether the result hangs on choices: every alternative that was declared beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from clusterwork.impact.diagnostics.refitting import Try, estimates_of, table_of, tried
from clusterwork.impact.result import Diagnostic, Estimate
from clusterwork.impact.written import significant
from clusterwork.kernel.messages import N_, Message

MAIN = "main"


def sensitivity(main: Estimate, alternatives: Mapping[str, Callable[[], Estimate]]) -> Diagnostic:
    """The main estimate beside those of all declared alternatives, none left out.

    alternatives: by name a function that runs it; a refusal is a line of the table, which begins
    with the main estimate. passed: whether the main interval holds every estimate, every
    alternative could be run, and all intervals say the same of zero; None without a main interval
    or without alternatives.
    """
    tries = [tried(name, run) for name, run in alternatives.items()]
    table = table_of("alternatives", "choice", [Try(MAIN, main), *tries])
    return Diagnostic("alternatives", _said(main, tries), _passed(main, tries), table)


def _passed(main: Estimate, tries: Sequence[Try]) -> bool | None:
    first = Try(MAIN, main)
    if first.interval is None or not tries:
        return None
    if len(estimates_of(tries)) < len(tries):
        return False
    zero = first.holds(0.0)
    return all(
        bool(first.holds(each.estimate.estimate)) and each.holds(0.0) in (zero, None)
        for each in tries
        if each.estimate is not None
    )


def _said(main: Estimate, tries: Sequence[Try]) -> Message:
    numbers = estimates_of(tries)
    if not numbers:
        return Message(
            N_("No alternative to the main choices could be run (%(n)s declared)."),
            {"n": len(tries)},
        )
    return Message(
        N_(
            "Main estimate: %(main)s. Under the other choices that were declared (%(run)s of %(n)s "
            "could be run) it lies between %(low)s and %(high)s."
        ),
        {
            "main": significant(main.estimate),
            "run": len(numbers),
            "n": len(tries),
            "low": significant(min(numbers)),
            "high": significant(max(numbers)),
        },
    )

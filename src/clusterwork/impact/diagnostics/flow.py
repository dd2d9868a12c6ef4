"""How many units went in, how many are left, and where the others were lost; by arm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from clusterwork.impact.result import Diagnostic, Table
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class NoFlow(Problem):
    """A flow has fewer than two steps, or no units at the first."""


@dataclass(frozen=True)
class Step:
    """A step with how many units of each arm are still there: e.g. "all", "chained", "matched"."""

    name: str
    treated: int
    control: int


def flow(steps: Sequence[Step]) -> Diagnostic:
    """Counts by arm from step to step, as in a CONSORT diagram (Schulz and others 2010, BMJ 340).

    Table: step, treated, control, treated_lost, control_lost; lost since the step before, negative
    where chaining to predecessors brings units back. passed: True where nobody is lost from first
    to last; otherwise the reader has to judge. Raises NoFlow.
    """
    if len(steps) < 2 or steps[0].treated < 1 or steps[0].control < 1:
        raise NoFlow(
            Message(N_("A flow needs two steps or more, and units of both arms at the first.")),
            next_step=Message(N_("Count the units before and after each thing that was done.")),
        )
    rows = [(steps[0].name, steps[0].treated, steps[0].control, 0, 0)]
    rows += [
        (now.name, now.treated, now.control, was.treated - now.treated, was.control - now.control)
        for was, now in pairwise(steps)
    ]
    columns = ("step", "treated", "control", "treated_lost", "control_lost")
    first, last = steps[0], steps[-1]
    whole = last.treated >= first.treated and last.control >= first.control
    table = Table("flow", columns, tuple(rows))
    return Diagnostic("flow", _said(first, last), True if whole else None, table)


def _said(first: Step, last: Step) -> Message:
    lost = 1.0 - last.treated / first.treated, 1.0 - last.control / first.control
    return Message(
        N_(
            "Of those who take part %(treated)s of %(treated_first)s are in the result, of the "
            "others %(control)s of %(control_first)s. The shares lost differ by %(apart)s "
            "percentage points."
        ),
        {
            "treated": last.treated,
            "treated_first": first.treated,
            "control": last.control,
            "control_first": first.control,
            "apart": f"{100 * abs(lost[0] - lost[1]):.1f}",
        },
    )

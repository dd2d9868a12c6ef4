"""What an ordinary two-way regression would have mixed: Goodman-Bacon's weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from clusterwork.impact.did.panel import Bools, Floats, Panel, different
from clusterwork.impact.did.reading import rows_of
from clusterwork.impact.did.shaping import panel_of
from clusterwork.impact.result import Diagnostic, Table
from clusterwork.impact.written import labelled
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class GapsInPanel(Problem):
    """No unit was seen at every time."""


@dataclass(frozen=True)
class Comparison:
    """One two-by-two within the regression.

    treated, control: starts; infinite for never. kind: "never", "later" (controls have not started
    yet) or "earlier" (controls had started already, which is the one to be wary of). weight: its
    share of the regression's coefficient. estimate: in units of the outcome.
    """

    treated: float
    control: float
    kind: str
    weight: float
    estimate: float


@dataclass(frozen=True)
class TwoWay:
    """A two-way regression's coefficient as a mean of comparisons; weights sum to one.

    dropped: units left out because they were not seen at every time.
    """

    coefficient: float
    comparisons: tuple[Comparison, ...]
    dropped: int

    @property
    def weight_on_treated(self) -> float:
        """The share of comparisons with controls that had started already."""
        return sum(each.weight for each in self.comparisons if each.kind == "earlier")

    def to_dict(self) -> dict[str, object]:
        """Plain values; a control that never starts as nothing."""
        names = ("treated", "control", "kind", "weight", "estimate")
        return {
            "coefficient": self.coefficient,
            "weight_on_treated": self.weight_on_treated,
            "comparisons": [dict(zip(names, _row(each), strict=True)) for each in self.comparisons],
            "dropped": self.dropped,
        }

    def diagnostic(self) -> Diagnostic:
        """As shown beside a result."""
        return Diagnostic(
            "two-way",
            Message(
                N_(
                    "An ordinary regression would give %(coefficient)s, with %(share)s %% of its "
                    "weight on comparisons with units that had started already."
                ),
                {
                    "coefficient": f"{self.coefficient:.4g}",
                    "share": f"{100 * self.weight_on_treated:.1f}",
                },
            ),
            None,
            Table(
                "two-way",
                ("treated", "control", "kind", "weight", "estimate"),
                tuple(_row(each) for each in self.comparisons),
            ),
        )


def two_way(
    frame: object, outcome: str, unit: str, time: str, start: str, cluster: str | None = None
) -> TwoWay:
    """The weights of Goodman-Bacon (2021, Journal of Econometrics 225), equation 10.

    Columns as in `fit_did`; the cluster changes nothing. Units not seen at every time are left
    out, because the decomposition is of a panel without gaps.
    Raises what `rows_of` and `panel_of` raise, and GapsInPanel.
    """
    rows = rows_of(
        frame, outcome=outcome, unit=unit, time=time, start=start, cluster=cluster or unit
    )
    return two_way_of(panel_of(rows, unbalanced="whole"))


def two_way_of(panel: Panel) -> TwoWay:
    """The same from a panel that has been read; its units with gaps are left out."""
    whole = np.asarray(panel.seen.all(axis=1))
    starts = _starts(panel, whole)
    if len(starts) < 2:
        raise GapsInPanel(
            Message(N_("Too few units were seen at every time.")),
            why=Message(N_("Weights of a regression are told for a panel without gaps.")),
            next_step=Message(N_("Leave out the times at which many units were not seen.")),
        )
    made = list(_comparisons(panel, whole, starts))
    scale = sum(weight for *_, weight, _ in made)
    comparisons = tuple(
        Comparison(treated, control, kind, weight / scale, estimate)
        for treated, control, kind, weight, estimate in made
    )
    coefficient = sum(each.weight * each.estimate for each in comparisons)
    dropped = panel.left_out.partly + int((~whole).sum())
    return TwoWay(coefficient, comparisons, dropped)


def _starts(panel: Panel, whole: Bools) -> Sequence[float]:
    return [float(start) for start in different(panel.start[whole])]


def _comparisons(
    panel: Panel, whole: Bools, starts: Sequence[float]
) -> Iterator[tuple[float, float, str, float, float]]:
    """Every pair of starts, both ways round; weights not yet scaled."""
    sizes = {start: float((panel.start[whole] == start).sum()) for start in starts}
    means = {start: panel.outcome[whole & (panel.start == start)].mean(axis=0) for start in starts}
    for early, late in combinations(starts, 2):
        both = sizes[early] + sizes[late]
        mix = sizes[early] / both * sizes[late] / both
        on, off = _share(panel, early), _share(panel, late)
        before, after = panel.times < late, panel.times >= early
        first = _change(means[early] - means[late], before & after, ~after)
        kind = "later" if np.isfinite(late) else "never"
        weight = both**2 * mix * (on - off) * (1.0 - on)
        yield early, late, kind, weight, first
        if np.isfinite(late):
            second = _change(means[late] - means[early], ~before, before & after)
            yield late, early, "earlier", both**2 * mix * off * (on - off), second


def _share(panel: Panel, start: float) -> float:
    """The share of times at which a group is treated."""
    return float((panel.times >= start).mean())


def _change(gap: Floats, after: Bools, before: Bools) -> float:
    return float(gap[after].mean() - gap[before].mean())


def _row(each: Comparison) -> tuple[object, ...]:
    control = labelled(each.control) if np.isfinite(each.control) else ""
    return labelled(each.treated), control, each.kind, each.weight, each.estimate

"""Takes the method whose error rate is right for as many clusters as there are, or none.

What counts is the smaller arm: with three treated clusters among forty the uncertainty comes from
the three. Errors by cluster lean on many clusters in both arms (MacKinnon and Webb 2017, J. Appl.
Econometrics 32; Conley and Taber 2011, Rev. Econ. Stat. 93).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.few.bootstrap import Wild, wild, wild_bootstrap
from clusterwork.impact.few.changes import MEAN_CHANGE, Changes, Contrast, changes_of, usable
from clusterwork.impact.few.influences import Influenced, influence, influences_of
from clusterwork.impact.few.methods import Method, assumptions_of, method_for, refused, why
from clusterwork.impact.few.panel import Panel, panel_of
from clusterwork.impact.few.randomising import randomisation, randomised
from clusterwork.impact.few.ranks import Ranked, ranked, without_each
from clusterwork.impact.few.showing import attainable, diagnostics_of, table_of_changes
from clusterwork.impact.result import Estimate, Result, Table
from clusterwork.impact.saying import Claim, Finding, Outcome, sentences, too_early
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Floats = NDArray[np.float64]


class ClustersDiffer(Problem):
    """The estimator's influences are of other clusters than the panel's."""


@dataclass(frozen=True)
class Chosen(Result):
    """A difference of changes with the uncertainty that so many clusters allow.

    estimate: in units of the outcome, of treated clusters over comparison clusters, each counting
    once; without a p where `method` is "placebo_rank". why: the choice of the method. refused: what
    is not told and why. rank: the odd cluster's place and among how many; by_ratio: whether it is
    by how many times as far it lies from its mix after the start as before, and not by size; ranks:
    all of them. measured, claim and counted (what counts as the change, None for the plain one):
    for the words.
    """

    outcome: str
    estimate: Estimate
    method: Method
    why: Message
    n_treated: int
    n_comparison: int
    refused: tuple[Message, ...]
    rank: tuple[int, int] | None
    ranks: Table | None
    measured: Outcome
    claim: Claim
    counted: Message | None = None
    by_ratio: bool = False

    def finding(self) -> Finding:
        """The estimate for the rules of `impact.saying`."""
        return Finding(
            self.estimate,
            self.measured,
            self.claim,
            treated_clusters=self.n_treated,
            rank=self.rank if self.n_treated == 1 else None,
            by_ratio=self.by_ratio,
            change=True,
        )

    def sentences(self, finding: Finding | None = None) -> tuple[Message, ...]:
        """Size, interval or rank, and what they leave open; of a finding made with `finding`."""
        found = finding or self.finding()
        said = sentences(found)
        if self.counted is None or too_early(found):
            return said
        return (said[0], self.counted, *said[1:])


def choose(
    data: object,
    *,
    outcome: str,
    cluster: str,
    time: str,
    start: str,
    weight: str | None = None,
    contrast: Contrast = MEAN_CHANGE,
    influenced: Influenced | None = None,
    level: float = 0.95,
    seed: int = 1,
    measured: Outcome = Outcome.AMOUNT,
    claim: Claim = Claim.DESCRIPTIVE,
) -> Chosen:
    """What clusters gained over those that did not start, with the method that fits.

    data: any frame; rows are pupils, schools or clusters in years. start: the first year with the
    programme, 0 or empty for never; a start after the last year is none yet. weight: pupils behind
    a row. contrast: how a series becomes one change, by default the mean after less the mean
    before (`few.TREND_GAP` for a trend drawn on). influenced: another estimator's result
    (`few.influenced_by` of a comparison with staggered starts), taken in place of the difference of
    changes where both arms have twelve clusters.

    Raises what `panel_of`, `usable` and `changes_of` raise, and ClustersDiffer.
    """
    panel = panel_of(data, outcome=outcome, cluster=cluster, time=time, start=start, weight=weight)
    return chosen(
        panel,
        contrast=contrast,
        influenced=influenced,
        level=level,
        seed=seed,
        measured=measured,
        claim=claim,
    )


def chosen(
    panel: Panel,
    *,
    contrast: Contrast = MEAN_CHANGE,
    influenced: Influenced | None = None,
    level: float = 0.95,
    seed: int = 1,
    measured: Outcome = Outcome.AMOUNT,
    claim: Claim = Claim.DESCRIPTIVE,
) -> Chosen:
    """The same of a panel of clusters."""
    ready = usable(panel)
    changes = changes_of(ready, contrast)
    n_treated = int(changes.treated.sum())
    n_comparison = len(changes.clusters) - n_treated
    method = method_for(n_treated, n_comparison)
    plain = contrast is MEAN_CHANGE
    odd = ranked(ready, changes, mixed=plain) if method is Method.PLACEBO_RANK else None
    draws = randomised(changes, seed=seed) if method is Method.RANDOMISATION else None
    found = odd.estimate if odd else estimated(changes, method, influenced, level, seed)
    shown = diagnostics_of(panel, ready, odd.left_out if odd else without_each(changes), odd)
    return Chosen(
        data_hash=panel.data_hash,
        assumptions=assumptions_of(method),
        diagnostics=shown + (attainable(draws, level) if draws else ()),
        tables=_tables(changes, odd),
        outcome=panel.outcome,
        estimate=found,
        method=method,
        why=why(method, n_treated, n_comparison),
        n_treated=n_treated,
        n_comparison=n_comparison,
        refused=refused(found, method, draws, influenced),
        rank=odd.rank if odd else None,
        ranks=odd.table if odd else None,
        measured=measured,
        claim=claim,
        counted=None if influenced and method is Method.INFLUENCE else contrast.said,
        by_ratio=odd is not None and odd.by_ratio,
    )


def _tables(changes: Changes, odd: Ranked | None) -> tuple[Table, ...]:
    """Changes by cluster; for one odd cluster all places and the weights of its mix."""
    ours = (table_of_changes(changes),)
    return ours if odd is None else (*ours, odd.table, *((odd.mix,) if odd.mix else ()))


def estimated(
    changes: Changes,
    method: Method,
    influenced: Influenced | None = None,
    level: float = 0.95,
    seed: int = 1,
) -> Estimate:
    """The difference by one of the three methods that know a p; raises ClustersDiffer."""
    if method is Method.RANDOMISATION:
        return randomisation(changes, level=level, seed=seed)
    if method is Method.WILD_BOOTSTRAP:
        design = _design(changes.treated)
        return wild_bootstrap(changes.values, design, changes.clusters, 1, level=level, seed=seed)
    if influenced is None:
        return influence(changes.estimate, influences_of(changes), changes.treated, level)
    return influence(influenced.estimate, _matched(influenced, changes), changes.treated, level)


def ready_wild(treated: NDArray[np.bool_], seed: int = 1) -> Wild:
    """The bootstrap of a difference of means of clusters, for many outcomes of one design."""
    return wild(_design(treated), range(len(treated)), 1, seed=seed)


def _design(treated: NDArray[np.bool_]) -> Floats:
    return np.column_stack([np.ones(len(treated)), treated.astype(float)])


def _matched(influenced: Influenced, changes: Changes) -> Floats:
    """The influences in the order of the panel's clusters; raises ClustersDiffer."""
    by_label = dict(zip(map(str, influenced.clusters), influenced.influence, strict=True))
    if set(by_label) != set(changes.clusters):
        raise ClustersDiffer(
            Message(N_("The estimator was run on other clusters than these.")),
            why=Message(N_("Errors are summed by the clusters in which the work started.")),
            next_step=Message(N_("Run it on the same rows, with the same column of clusters.")),
        )
    return np.array([float(by_label[label]) for label in changes.clusters])

"""Whether units like those who take part exist at all: the common support, and who falls out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clusterwork.impact.matching.propensity import Scores
from clusterwork.impact.matching.reading import Bools, Units
from clusterwork.impact.result import Diagnostic, Table
from clusterwork.kernel.messages import N_, Message


@dataclass(frozen=True, eq=False)
class Support:
    """by_range: N x m, whether the unit lies outside the range of the other group in a covariate.

    by_propensity: N, whether outside the other group's range of scores; None where the
    covariates separate the groups.
    """

    by_range: Bools
    by_propensity: Bools | None

    @property
    def outside(self) -> Bools:
        """N; outside by either."""
        out = np.asarray(self.by_range.any(axis=1))
        return out if self.by_propensity is None else np.asarray(out | self.by_propensity)


def support_of(units: Units, scores: Scores | None) -> Support:
    """Each unit against the range of the other group, covariate by covariate and by the score.

    The box of ranges contains the convex hull: whoever is outside the box is outside the hull
    (King and Zeng 2006, Political Analysis 14). By the score: Dehejia and Wahba 1999, JASA 94.
    """
    by_range = np.zeros(units.values.shape, dtype=bool)
    by_score = None if scores is None else np.zeros(len(units.ids), dtype=bool)
    for arm in (units.treated, ~units.treated):
        other = units.values[~arm]
        by_range[arm] = (units.values[arm] < other.min(axis=0)) | (
            units.values[arm] > other.max(axis=0)
        )
        if scores is not None and by_score is not None:
            logits = scores.logits
            by_score[arm] = (logits[arm] < logits[~arm].min()) | (logits[arm] > logits[~arm].max())
    return Support(by_range, by_score)


def support_diagnostic(units: Units, support: Support) -> Diagnostic:
    """Who of those who take part lies outside; passed where nobody does."""
    out = np.flatnonzero(support.outside & units.treated)
    rows = tuple((units.ids[row], *_why(units, support, int(row))) for row in out)
    table = Table("support", ("unit", "covariates", "propensity"), rows)
    params = {"n": len(out), "of": int(units.treated.sum())}
    said = (
        Message(
            N_(
                "Some who take part lie outside the range of all others: %(n)s of %(of)s. For them "
                "the comparison reaches beyond what was seen."
            ),
            params,
        )
        if len(out)
        else Message(N_("All who take part lie within the range of the others."))
    )
    return Diagnostic("support", said, not len(out), table)


def _why(units: Units, support: Support, row: int) -> tuple[str, bool | None]:
    names = [name for name, out in zip(units.names, support.by_range[row], strict=True) if out]
    score = support.by_propensity
    return ", ".join(names), None if score is None else bool(score[row])

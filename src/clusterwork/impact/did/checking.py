"""The two checks of a comparison together, for a file beside it."""

from __future__ import annotations

from clusterwork.impact.did.imputation import impute_panel
from clusterwork.impact.did.panel import Panel
from clusterwork.impact.did.regression import two_way_of
from clusterwork.kernel.errors import Problem


def checks_of(panel: Panel, *, level: float = 0.95) -> dict[str, object]:
    """What imputation gives and what a regression would mix; a reason where one cannot be told.

    Neither uses covariates; the regression's comparisons are without weights.
    """
    told: dict[str, object] = {}
    try:
        told["imputation"] = impute_panel(panel, level=level).to_dict()
    except Problem as problem:
        told["imputation"] = {"not_told": str(problem)}
    try:
        told["two_way"] = two_way_of(panel).to_dict()
    except Problem as problem:
        told["two_way"] = {"not_told": str(problem)}
    return told

"""Staggered starts: how the outcome changed after it, beside those that had not started.

What not every comparison needs is read when its name is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from clusterwork.impact.did.averages import Kind
from clusterwork.impact.did.fitting import (
    Method,
    NoSuchChoice,
    NothingToCompare,
    fit_did,
    fit_panel,
)
from clusterwork.impact.did.pairs import Base, Control, NobodyStarts, NobodyUntreated, OneCluster
from clusterwork.impact.did.panel import LeftOut, Panel
from clusterwork.impact.did.plainly import NotFound
from clusterwork.impact.did.reading import NoLabel, WeightsNotUsable, rows_of
from clusterwork.impact.did.result import Average, DidFit, EventStudy, GroupTime, Part
from clusterwork.impact.did.shaping import (
    ClusterChanges,
    LeavesTreatment,
    OneTime,
    SeenTwice,
    Unbalanced,
    panel_of,
)
from clusterwork.impact.did.uncertainty import Band, Wald
from clusterwork.impact.frames import InfiniteValues
from clusterwork.impact.refusing import OutcomeAllAlike, StartMoves

if TYPE_CHECKING:
    from clusterwork.impact.did.checking import checks_of
    from clusterwork.impact.did.imputation import (
        Imputed,
        NothingToImpute,
        impute_did,
        impute_panel,
    )
    from clusterwork.impact.did.regression import (
        Comparison,
        GapsInPanel,
        TwoWay,
        two_way,
        two_way_of,
    )

_PARTS = {
    "checking": ("checks_of",),
    "imputation": ("Imputed", "NothingToImpute", "impute_did", "impute_panel"),
    "regression": ("Comparison", "GapsInPanel", "TwoWay", "two_way", "two_way_of"),
}
_PART_OF = {name: part for part, names in _PARTS.items() for name in names}


def __getattr__(name: str) -> object:
    """The name from the part that holds it."""
    if name not in _PART_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PART_OF[name]}"), name)


__all__ = [
    "Average",
    "Band",
    "Base",
    "ClusterChanges",
    "Comparison",
    "Control",
    "DidFit",
    "EventStudy",
    "GapsInPanel",
    "GroupTime",
    "Imputed",
    "InfiniteValues",
    "Kind",
    "LeavesTreatment",
    "LeftOut",
    "Method",
    "NoLabel",
    "NoSuchChoice",
    "NobodyStarts",
    "NobodyUntreated",
    "NotFound",
    "NothingToCompare",
    "NothingToImpute",
    "OneCluster",
    "OneTime",
    "OutcomeAllAlike",
    "Panel",
    "Part",
    "SeenTwice",
    "StartMoves",
    "TwoWay",
    "Unbalanced",
    "Wald",
    "WeightsNotUsable",
    "checks_of",
    "fit_did",
    "fit_panel",
    "impute_did",
    "impute_panel",
    "panel_of",
    "rows_of",
    "two_way",
    "two_way_of",
]

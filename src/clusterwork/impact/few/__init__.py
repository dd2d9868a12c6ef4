"""Few clusters: what can be told of an effect where only some clusters took part."""

from __future__ import annotations

from clusterwork.impact.few.bootstrap import Wild, wild, wild_bootstrap
from clusterwork.impact.few.changes import MEAN_CHANGE, Changes, Contrast, changes_of, usable
from clusterwork.impact.few.influences import (
    Influenced,
    Influences,
    influence,
    influenced_by,
    influences_of,
)
from clusterwork.impact.few.interrupted import LEVEL_CHANGE, SLOPE_CHANGE, TREND_GAP
from clusterwork.impact.few.panel import Panel, panel_of
from clusterwork.impact.few.randomising import Randomised, randomisation, randomised
from clusterwork.impact.few.ranks import Ranked, ranked
from clusterwork.impact.few.refusing import (
    NegativeWeights,
    NoComparisonCluster,
    NothingBefore,
    NothingVaries,
    NoTreatedCluster,
    OneYearOnly,
    TooFewYearsForATrend,
    YearsDiffer,
    YearsNotWhole,
)
from clusterwork.impact.few.robust import Clustered, ColumnsCombine, clustered, cr2
from clusterwork.impact.few.synthetic_control import Synthetic, placebos, synthetic, weights_of
from clusterwork.impact.refusing import StartMoves

__all__ = [
    "LEVEL_CHANGE",
    "MEAN_CHANGE",
    "SLOPE_CHANGE",
    "TREND_GAP",
    "Changes",
    "Clustered",
    "ColumnsCombine",
    "Contrast",
    "Influenced",
    "Influences",
    "NegativeWeights",
    "NoComparisonCluster",
    "NoTreatedCluster",
    "NothingBefore",
    "NothingVaries",
    "OneYearOnly",
    "Panel",
    "Randomised",
    "Ranked",
    "StartMoves",
    "Synthetic",
    "TooFewYearsForATrend",
    "Wild",
    "YearsDiffer",
    "YearsNotWhole",
    "changes_of",
    "clustered",
    "cr2",
    "influence",
    "influenced_by",
    "influences_of",
    "panel_of",
    "placebos",
    "randomisation",
    "randomised",
    "ranked",
    "synthetic",
    "usable",
    "weights_of",
    "wild",
    "wild_bootstrap",
]

"""Honest about parallel trends: how much they may fail before a result does."""

from clusterwork.impact.honest.bounds import Honest, NotABend, WeightsDoNotFit, honest_smooth
from clusterwork.impact.honest.smoothness import folded_quantile, shortest_interval
from clusterwork.impact.honest.study import (
    EventStudy,
    NotACovariance,
    YearsNotInARow,
    event_study,
)
from clusterwork.impact.honest.trends import Pretrends, Slope, as_diagnostic, pretrends

__all__ = [
    "EventStudy",
    "Honest",
    "NotABend",
    "NotACovariance",
    "Pretrends",
    "Slope",
    "WeightsDoNotFit",
    "YearsNotInARow",
    "as_diagnostic",
    "event_study",
    "folded_quantile",
    "honest_smooth",
    "pretrends",
    "shortest_interval",
]

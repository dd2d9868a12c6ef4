"""Facts of the room."""

from clusterwork.evaluation.models.analysis import (
    AlikeBy,
    Alternative,
    Analysis,
    Comparison,
    Registration,
    Where,
)
from clusterwork.evaluation.models.run import FrozenTable, Run
from clusterwork.evaluation.models.study import Study, StudyPerson

__all__ = [
    "AlikeBy",
    "Alternative",
    "Analysis",
    "Comparison",
    "FrozenTable",
    "Registration",
    "Run",
    "Study",
    "StudyPerson",
    "Where",
]

"""Facts of the room."""

from clusterwork.evaluation.models.analysis import (
    AlikeBy,
    Alternative,
    Analysis,
    Comparison,
    Registration,
    Where,
)
from clusterwork.evaluation.models.cells import CellFit, CellSet
from clusterwork.evaluation.models.run import FrozenTable, Run
from clusterwork.evaluation.models.study import Study, StudyPerson

__all__ = [
    "AlikeBy",
    "Alternative",
    "Analysis",
    "CellFit",
    "CellSet",
    "Comparison",
    "FrozenTable",
    "Registration",
    "Run",
    "Study",
    "StudyPerson",
    "Where",
]

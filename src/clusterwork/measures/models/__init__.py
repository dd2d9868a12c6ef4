"""The room's facts, a file a noun."""

from clusterwork.measures.models.figure import SUBJECTS, Figure, FigureComment, Origin
from clusterwork.measures.models.measure import (
    ALL,
    Breakdown,
    CodeKind,
    Counted,
    Covers,
    Direction,
    FigureCode,
    Measure,
    Unit,
    Way,
)
from clusterwork.measures.models.release import Release
from clusterwork.measures.models.told import Told
from clusterwork.measures.models.upload import StagedFigure, Upload

__all__ = [
    "ALL",
    "SUBJECTS",
    "Breakdown",
    "CodeKind",
    "Counted",
    "Covers",
    "Direction",
    "Figure",
    "FigureCode",
    "FigureComment",
    "Measure",
    "Origin",
    "Release",
    "StagedFigure",
    "Told",
    "Unit",
    "Upload",
    "Way",
]

"""Before looking: what a study could find with the clusters there are."""

from clusterwork.impact.power.designs import (
    LARGEST,
    Design,
    NotADesign,
    PanelDesign,
    standard_error,
)
from clusterwork.impact.power.detecting import Detectable, detectable
from clusterwork.impact.power.testing import (
    Trial,
    fitting_test,
    least_effect,
    multiplier,
    power_of,
    satterthwaite,
)

__all__ = [
    "LARGEST",
    "Design",
    "Detectable",
    "NotADesign",
    "PanelDesign",
    "Trial",
    "detectable",
    "fitting_test",
    "least_effect",
    "multiplier",
    "power_of",
    "satterthwaite",
    "standard_error",
]

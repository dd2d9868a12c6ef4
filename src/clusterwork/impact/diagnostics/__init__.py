"""What must be shown beside a result: who was lost, what changed, what it hangs on."""

from __future__ import annotations

from clusterwork.impact.diagnostics.alternatives import sensitivity
from clusterwork.impact.diagnostics.composition import composition_change
from clusterwork.impact.diagnostics.flow import Step, flow
from clusterwork.impact.diagnostics.leaving import leave_one_cluster_out
from clusterwork.impact.diagnostics.placebo import placebo_outcomes, placebo_years

__all__ = [
    "Step",
    "composition_change",
    "flow",
    "leave_one_cluster_out",
    "placebo_outcomes",
    "placebo_years",
    "sensitivity",
]

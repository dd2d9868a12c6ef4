"""The same formation for each group of schools by itself, on this machine or on an engine."""

from clusterwork.formation.groups.counts import (
    CountCannotBeShared,
    PyramidsAreNotShared,
    share_count,
)
from clusterwork.formation.groups.forming import OUTCOMES, Formed, Place, form_group
from clusterwork.formation.groups.local import form_groups, grouped
from clusterwork.formation.groups.parts import LocksAcross, NoGroup, part_of
from clusterwork.formation.groups.totals import Total, total_of

__all__ = [
    "OUTCOMES",
    "CountCannotBeShared",
    "Formed",
    "LocksAcross",
    "NoGroup",
    "Place",
    "PyramidsAreNotShared",
    "Total",
    "form_group",
    "form_groups",
    "grouped",
    "part_of",
    "share_count",
    "total_of",
]

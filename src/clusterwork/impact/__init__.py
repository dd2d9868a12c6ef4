"""Whether it helped, with honest uncertainty. Pure: no Django, no database, no web.

The main verbs can be asked for here; each part is read when its name is first used, so that who
wants an interval does not wait for optimisers.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clusterwork.impact.did import DidFit, fit_did, impute_did, two_way
    from clusterwork.impact.honest import event_study, honest_smooth, pretrends
    from clusterwork.impact.matching import att, match, mirrored, pooled, similar
    from clusterwork.impact.power import detectable
    from clusterwork.impact.value_added import ValueAddedFit, cells_of, fit_cells, fit_value_added

_PARTS = {
    "did": ("DidFit", "fit_did", "impute_did", "two_way"),
    "honest": ("event_study", "honest_smooth", "pretrends"),
    "matching": ("att", "match", "mirrored", "pooled", "similar"),
    "power": ("detectable",),
    "value_added": ("ValueAddedFit", "cells_of", "fit_cells", "fit_value_added"),
}
_PART_OF = {name: part for part, names in _PARTS.items() for name in names}


def __getattr__(name: str) -> object:
    """The name from the part that holds it."""
    if name not in _PART_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PART_OF[name]}"), name)


__all__ = [
    "DidFit",
    "ValueAddedFit",
    "att",
    "cells_of",
    "detectable",
    "event_study",
    "fit_cells",
    "fit_did",
    "fit_value_added",
    "honest_smooth",
    "impute_did",
    "match",
    "mirrored",
    "pooled",
    "pretrends",
    "similar",
    "two_way",
]

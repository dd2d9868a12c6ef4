"""Figures of two divisions of the same schools side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from clusterwork.web.clusters.shown.proposals import sizes_shown
from clusterwork.web.formats import number


@dataclass(frozen=True)
class Row:
    """One figure of both; `change` is empty where it has no sense or nothing changes."""

    name: str
    first: str
    second: str
    change: str = ""


class Figures(Protocol):
    """What every division has."""

    @property
    def sizes(self) -> Sequence[int]: ...

    @property
    def n_clusters(self) -> int: ...

    @property
    def n_left_out(self) -> int: ...

    @property
    def mean_minutes(self) -> float: ...

    @property
    def worst_minutes(self) -> float: ...

    @property
    def worst_pair_minutes(self) -> float: ...


def common(one: Figures, two: Figures) -> list[Row]:
    """Clusters, schools in none, and journeys."""
    return [
        Row(_("Clusters"), number(one.n_clusters), number(two.n_clusters)),
        Row(_("Schools in a cluster"), sizes_shown(one.sizes), sizes_shown(two.sizes)),
        Row(_("Schools in none"), number(one.n_left_out), number(two.n_left_out)),
        figure(_("Minutes on average"), one.mean_minutes, two.mean_minutes),
        figure(_("Longest journey in minutes"), one.worst_minutes, two.worst_minutes),
        figure(
            _("Longest journey between two members in minutes"),
            one.worst_pair_minutes,
            two.worst_pair_minutes,
        ),
    ]


def figure(name: str, one: float, two: float) -> Row:
    """Two numbers and what lies between them, which is left out where it rounds to nothing."""
    change = two - one
    shown = "" if abs(change) < 0.05 else f"{'+' if change > 0 else '−'}{number(abs(change), 1)}"
    return Row(name, number(one, 1), number(two, 1), shown)

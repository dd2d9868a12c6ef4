"""Clusters arranged anew around a move, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clusterwork.clusters.consequences import Rearrangement
from clusterwork.clusters.models import Proposal
from clusterwork.registry.models import School
from clusterwork.web.clusters.moving.forms.moving import as_typed
from clusterwork.web.clusters.moving.shown.moves import SeenShown, seen_shown


@dataclass(frozen=True)
class RearrangedShown:
    """What the page says about clusters arranged anew around a move."""

    seen: SeenShown
    proved: str
    typed: str


def rearranged_shown(
    proposal: Proposal, found: Rearrangement, schools: Mapping[int, School]
) -> RearrangedShown:
    """The arrangement in words, and its moves as the form sends them back."""
    first = schools[found.moves[0].school]
    proved = (
        _("It is proven that no arrangement of these clusters with this school there is better.")
        if found.proved
        else _("There may be a better one: not every arrangement was tried.")
    )
    seen = seen_shown(proposal, found.consequences, first, schools)
    return RearrangedShown(seen, proved, as_typed(found.moves))

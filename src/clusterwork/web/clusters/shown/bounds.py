"""How far from the best possible a proposal can be, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterwork.clusters.outcomes import Outcome
from clusterwork.web.formats import number, percent

NO_USEFUL_BOUND = 0.99
"""A gap above this share says nothing."""


def bound_clause(facts: Outcome) -> str:
    """How much better any other arrangement could be."""
    if facts.proven:
        return _("no arrangement under these rules is better")
    if facts.gap_share > NO_USEFUL_BOUND:
        return _("no useful bound was found")
    return _("no arrangement under these rules could be more than %(gap)s better") % {
        "gap": percent(facts.gap_share, 1)
    }


def bound_sentence(facts: Outcome) -> str:
    """What the bound means; empty where no cluster came out."""
    if not facts.n_clusters:
        return ""
    if facts.proven:
        return _(
            "It is proven that no arrangement under these rules has a smaller total. "
            "Another can only be as good, or break a rule."
        )
    if facts.gap_share > NO_USEFUL_BOUND:
        return _(
            "No useful bound was found: it is not known how much better another arrangement could "
            "be. Give the work more time."
        )
    return _(
        "It is proven that no arrangement under these rules has a total below %(bound)s. "
        "This one has %(objective)s: it may be the best, and no other is more than %(gap)s better. "
        "It is at most %(above)s above the best that any arrangement could do."
    ) % {
        "bound": number(facts.bound, 1),
        "objective": number(facts.objective, 1),
        "gap": percent(facts.gap_share, 1),
        "above": percent(above_best(facts), 1),
    }


def above_best(facts: Outcome) -> float:
    """By how much, as a share of the best total possible, this one can be above it at most."""
    return (facts.objective - facts.bound) / facts.bound


def gap_shown(facts: Outcome) -> str:
    """The gap as a share; a dash where it says nothing."""
    useful = facts.n_clusters and facts.gap_share <= NO_USEFUL_BOUND
    return percent(facts.gap_share, 1) if useful else "–"

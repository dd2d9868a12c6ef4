"""What one closer look finds, as its row keeps it; writes nothing."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from clusterwork.clusters.closer import listed
from clusterwork.clusters.formation_adapter import alternatives, firm, savings
from clusterwork.clusters.models import Look
from clusterwork.clusters.rules.moves import divided
from clusterwork.clusters.selectors.moving import Ground
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

SHARE, LEAST_S, MOST_S = 0.5, 10.0, 60.0


class SchoolGone(Problem):
    """The school cannot be placed any more."""


def found_by(look: Look, ground: Ground) -> dict[str, Any]:
    """The answer by its kind. Raises `SchoolGone` and the library's problems."""
    clusters = divided(ground.assignment)
    if look.kind == Look.Kind.FIRMNESS:
        return asdict(firm(ground.question, clusters, seconds=seconds_for(look)))
    if look.kind == Look.Kind.LOCKS:
        return listed(savings(ground.question, clusters))
    if look.school_id is None or ground.assignment.get(look.school_id) is None:
        raise SchoolGone(
            Message(N_("This school cannot be placed any more.")),
            why=Message(N_("It does not take part, has closed, or has no position.")),
            next_step=Message(N_("Choose another school.")),
        )
    return listed(alternatives(ground.question, clusters, look.school_id))


def seconds_for(look: Look) -> float:
    """Half of what the proposal itself may take, within reason; the most where somebody asked."""
    if look.asked_by_id is not None:
        return MOST_S
    return min(MOST_S, max(LEAST_S, SHARE * look.proposal.time_limit_s))

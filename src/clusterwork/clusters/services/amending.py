"""What becomes of a proposal that another one amends; inside the other's transaction."""

from __future__ import annotations

import datetime as dt

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, Decision
from clusterwork.clusters.states import decision as states
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after


class AmendedAlready(Problem):
    """Another amended proposal is open, or was agreed in its place."""


def check_may_be_amended(cluster: Cluster, pk: int | None) -> Decision | None:
    """The proposal under lock that is to be amended; nothing where none is asked for.

    Raises `NotThere`, `AmendedAlready`, `MoveNotAllowed`.
    """
    if pk is None:
        return None
    found = cluster.decisions.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such decision in this cluster.")))
    other = found.amendments.filter(state__in=(states.OPEN, states.AGREED)).first()
    if other is not None:
        raise AmendedAlready(
            Message(N_("There is an amended proposal already: %(title)s."), {"title": other.title}),
            next_step=Message(N_("Vote on that one, or amend it.")),
        )
    state_after("amend", found.state, states.MOVES, states.NAMES)
    return found


def replace_at_once(person: Person, decision: Decision, day: dt.date) -> None:
    """An open or refused proposal gives way at once; an agreed one stays in force for now."""
    if decision.state != states.AGREED:
        _replaced(person, decision, day if decision.state == states.OPEN else decision.decided_on)


def replace_agreed_before(person: Person, decision: Decision) -> None:
    """What this newly agreed decision amends, however far back, gives way to it."""
    before = decision.amends_id
    while before is not None:
        earlier = Decision.objects.select_for_update(of=("self",)).get(pk=before)
        if earlier.state == states.AGREED:
            _replaced(person, earlier, earlier.decided_on)
        before = earlier.amends_id


def _replaced(person: Person, decision: Decision, on: dt.date | None) -> None:
    decision.state = state_after("amend", decision.state, states.MOVES, states.NAMES)
    decision.decided_on = on
    decision.save(update_fields=("state", "decided_on"))
    record(
        actor=person,
        verb="decision.amend",
        subject=decision,
        summary=Message(
            N_("Replaced by an amended proposal: %(title)s."), {"title": decision.title}
        ),
    )

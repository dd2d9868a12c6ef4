"""Putting ranked priorities to the cluster's vote, and taking over what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Decision
from clusterwork.clusters.permissions.deciding import leads
from clusterwork.clusters.services.deciding import close_decision, propose_decision
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after
from clusterwork.plans.models import Candidate, Choosing
from clusterwork.plans.permissions.choosing import (
    choosing_to_lead,
    schools_to_choose_for,
)
from clusterwork.plans.selectors.choosing import candidates_of, chosen_in
from clusterwork.plans.services.choosing import (
    LinkFor,
    check_not_before_the_vote,
    locked_choosing,
    note_choosing,
)
from clusterwork.plans.states import needs as states
from clusterwork.registry.models import School


class NothingPut(Problem):
    """A vote on no priority, or on one that was withdrawn."""


class NotPutYet(Problem):
    """Taking over a decision that nobody asked for, or that was not agreed."""


@transaction.atomic
def put_to_vote(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    candidates: Sequence[int],
    title: str,
    text: str = "",
    vote_by: dt.date | None = None,
    link_for: LinkFor,
) -> Choosing:
    """A proposal to choose these priorities, in this order; the cluster votes by its rule.

    `link_for` makes the address of the decision. Raises `NotThere`, `NotAllowed`,
    `MoveNotAllowed`, `BeforeTheVote`, `NothingPut`, and what `propose_decision` does.
    """
    choosing_to_lead(person, pk, day)
    choosing = locked_choosing(pk)
    check_not_before_the_vote(choosing)
    state_after("decide", choosing.state, states.CHOOSING_MOVES, states.CHOOSING_NAMES)
    put = _put(choosing, candidates)
    choosing.decision = propose_decision(
        person=person,
        day=day,
        cluster_pk=choosing.cluster_id,
        title=title,
        text=_wording(put, text),
        link_for=link_for,
        about=Decision.About.PRIORITIES,
        school=_proposing_school(person, choosing, day),
        vote_by=vote_by,
    )
    choosing.save(update_fields=("decision",))
    words = {"n": len(put)}
    note_choosing(person, choosing, "choosing.put", N_("Put priorities to the vote: %(n)s."), words)
    return choosing


@transaction.atomic
def settle_choosing(*, person: Person, day: dt.date, pk: int, link_for: LinkFor) -> Choosing:
    """Closes the vote if it is open; what was agreed is chosen, and ready for the plan.

    Not agreed, the choice goes on: the schools can rank, or other priorities be put.
    Raises `NotThere`, `NotAllowed`, `NotPutYet`, and what `close_decision` does.
    """
    choosing_to_lead(person, pk, day)
    choosing = locked_choosing(pk)
    decision = choosing.decision
    if decision is None or choosing.state != states.RANKING:
        raise NotPutYet(
            Message(N_("There is no vote to take over.")),
            next_step=Message(N_("Put priorities to the vote first.")),
        )
    if decision.state == Decision.State.OPEN:
        decision = close_decision(person=person, day=day, pk=decision.pk, link_for=link_for)
        choosing.decision = decision
    if decision.state == Decision.State.AGREED:
        _choose(person, choosing)
    return choosing


def _choose(person: Person, choosing: Choosing) -> None:
    chosen = [each.pk for each in chosen_in(choosing)]
    Candidate.objects.filter(pk__in=chosen).update(chosen=True)
    choosing.state = state_after(
        "decide", choosing.state, states.CHOOSING_MOVES, states.CHOOSING_NAMES
    )
    choosing.save(update_fields=("state",))
    words = {"n": len(chosen)}
    note_choosing(person, choosing, "choosing.decide", N_("Chose priorities: %(n)s."), words)


def _put(choosing: Choosing, wanted: Sequence[int]) -> list[Candidate]:
    stand = {each.pk: each for each in candidates_of(choosing)}
    if not wanted or set(wanted) - set(stand):
        raise NothingPut(
            Message(N_("It is not clear on which priorities the schools should vote.")),
            why=Message(N_("None was chosen, or one of them has been withdrawn.")),
            next_step=Message(N_("Choose at least one of those that stand.")),
        )
    put = [stand[pk] for pk in dict.fromkeys(wanted)]
    Candidate.objects.filter(choosing=choosing).update(put_place=None)
    for place, each in enumerate(put, 1):
        each.put_place = place
    Candidate.objects.bulk_update(put, ["put_place"])
    return put


def _wording(put: Sequence[Candidate], text: str) -> str:
    listed = "\n".join(f"{each.put_place}. {each.title}" for each in put)
    return f"{listed}\n\n{text.strip()}".strip()


def _proposing_school(person: Person, choosing: Choosing, day: dt.date) -> School | None:
    if leads(person, choosing.cluster, day):
        return None
    return schools_to_choose_for(person, choosing.cluster, day).first()

"""Sending a school's statement to its clusters, and taking it back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Decision
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after
from clusterwork.plans.models import Choosing, NeedsStatement
from clusterwork.plans.permissions.needs import school_to_send_needs_of
from clusterwork.plans.services.needs import (
    NothingSaid,
    check_year,
    draft_of,
    locked_statement,
    record_needs,
)
from clusterwork.plans.states import needs as states


class ChosenOnIt(Problem):
    """A cluster has decided its priorities since the statement was sent."""


@transaction.atomic
def send_statement(
    *, person: Person, now: dt.datetime, school_pk: int, year: int, nothing_to_add: bool = False
) -> NeedsStatement:
    """The school's clusters see it from now on. With `nothing_to_add` it may be without a line.

    Raises `NotThere`, `NotAllowed`, `NotThisYear`, `SentAlready`, `NothingSaid`.
    """
    day = timezone.localdate(now)
    school = school_to_send_needs_of(person, school_pk, day)
    statement = draft_of(person, school, year, day)
    _check_something_said(statement, nothing_to_add)
    statement.state = state_after(
        "send", statement.state, states.STATEMENT_MOVES, states.STATEMENT_NAMES
    )
    statement.nothing_to_add = not statement.needs.exists()
    statement.sent_by, statement.sent_at = person, now
    statement.save()
    record_needs(person, statement, "needs.send", N_("Sent what the school needs: %(school)s."))
    return statement


@transaction.atomic
def take_back_statement(
    *, person: Person, day: dt.date, school_pk: int, year: int
) -> NeedsStatement:
    """It is the school's alone again, until a cluster of it has decided its priorities.

    Raises `NotThere`, `NotAllowed`, `NotThisYear`, `MoveNotAllowed`, `ChosenOnIt`.
    """
    school = school_to_send_needs_of(person, school_pk, day)
    check_year(year, day)
    statement = locked_statement(school, year)
    if statement is None:
        raise NotThere(Message(N_("There is nothing to take back.")))
    after = state_after(
        "take back", statement.state, states.STATEMENT_MOVES, states.STATEMENT_NAMES
    )
    _check_not_chosen_on(statement, day)
    statement.state, statement.sent_by, statement.sent_at = after, None, None
    statement.nothing_to_add = False
    statement.save()
    record_needs(person, statement, "needs.take_back", N_("Took its statement back: %(school)s."))
    return statement


def _check_something_said(statement: NeedsStatement, nothing_to_add: bool) -> None:
    if not nothing_to_add and not statement.needs.exists():
        raise NothingSaid(
            Message(N_("There is no line in the statement yet.")),
            next_step=Message(N_("Write one, or say that you have nothing to add.")),
        )


def _check_not_chosen_on(statement: NeedsStatement, day: dt.date) -> None:
    clusters = memberships_on(day).filter(school=statement.school).values("cluster")
    decided = Q(state=states.DECIDED) | Q(decision__state=Decision.State.AGREED)
    since = timezone.localdate(statement.sent_at) if statement.sent_at else day
    rows = Choosing.objects.filter(decided, cluster__in=clusters, decision__decided_on__gte=since)
    found = rows.select_related("cluster").first()
    if found:
        raise ChosenOnIt(
            Message(N_("The statement cannot be taken back any more.")),
            why=Message(
                N_("Priorities were decided on what schools said. Cluster: %(cluster)s."),
                {"cluster": str(found.cluster)},
            ),
            next_step=Message(N_("Write what is new into the statement of the next school year.")),
        )

"""For which schools somebody answers: their head, and those whom she named."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.accounts.permissions import may_prepare_for, may_send_for
from clusterwork.accounts.selectors.delegations import delegations_to, headed_by
from clusterwork.kernel.errors import NotAllowed
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School


def schools_to_send_for(person: Person, day: dt.date) -> QuerySet[School]:
    """The schools that `person` answers for: those headed, and those named to send for."""
    named = delegations_to(person, day).filter(may_send=True)
    return School.objects.filter(
        Q(pk__in=headed_by(person, day)) | Q(pk__in=named.values("school_id"))
    )


def schools_to_prepare_for(person: Person, day: dt.date) -> QuerySet[School]:
    """The schools that `person` heads or is named for in any way."""
    named = delegations_to(person, day)
    return School.objects.filter(
        Q(pk__in=headed_by(person, day)) | Q(pk__in=named.values("school_id"))
    )


def check_may_send_for(person: Person, school: School, day: dt.date) -> None:
    """Raises `NotAllowed` for anybody but the head and those named to send for her."""
    if not may_send_for(person, school, day):
        raise NotAllowed(
            Message(N_("You cannot answer for this school: %(school)s."), {"school": str(school)}),
            next_step=Message(
                N_("Its headteacher can, and whoever she has named to send for her. Ask her.")
            ),
        )


def check_may_prepare_for(person: Person, school: School, day: dt.date) -> None:
    """Raises `NotAllowed` for anybody but the head and those named for her."""
    if not may_prepare_for(person, school, day):
        raise NotAllowed(
            Message(N_("You cannot do this for the school: %(school)s."), {"school": str(school)}),
            next_step=Message(N_("Its headteacher can, and whoever she has named. Ask her.")),
        )

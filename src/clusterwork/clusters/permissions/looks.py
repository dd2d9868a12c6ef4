"""Who sees how a closer look goes; loading it is passing the permission."""

from __future__ import annotations

import datetime as dt

from clusterwork.accounts.models import Person
from clusterwork.accounts.permissions import may_prepare_for
from clusterwork.clusters.models import Look, Round
from clusterwork.clusters.permissions.programmes import check_may_run
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message


def look_for(person: Person, pk: int, day: dt.date) -> Look:
    """The look for officers of the programme, or for the school whose place was put to it.

    Raises `NotThere`, `NotAllowed`.
    """
    chain = "proposal__formation__programme__organisation"
    look = Look.objects.select_related("school", chain).filter(pk=pk).first()
    if look is None:
        raise NotThere(Message(N_("This is not there any more, because the proposal has changed.")))
    if not _is_own(person, look, day):
        check_may_run(person, look.proposal.formation.programme.organisation, day)
    return look


def _is_own(person: Person, look: Look, day: dt.date) -> bool:
    if look.school is None or not may_prepare_for(person, look.school, day):
        return False
    return Round.objects.filter(proposal=look.proposal_id).exists()

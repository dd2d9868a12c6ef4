"""The day on which a member signed the memorandum of its cluster."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Membership
from clusterwork.clusters.services.memberships import membership_to_change, stay_of
from clusterwork.clusters.services.statuses import check_has_come
from clusterwork.kernel.messages import N_, Message


@transaction.atomic
def sign_memorandum(
    *, person: Person, day: dt.date, membership_pk: int, on: dt.date | None
) -> Membership:
    """The membership with the day on which the member signed, in every part of its stay.

    None takes the day out again. Raises `NotThere`, `NotAllowed`, `NotYet`.
    """
    row = membership_to_change(person, membership_pk, day)
    if on:
        check_has_come(on, day)
    before = row.memorandum_signed_on
    stay = [each.pk for each in stay_of(row)]
    Membership.objects.filter(pk__in=stay).update(memorandum_signed_on=on)
    row.memorandum_signed_on = on
    member = str(row.school or row.partner)
    summary = (
        Message(N_("Signed the memorandum: %(member)s. On: %(on)s."), {"member": member, "on": on})
        if on
        else Message(N_("Took out the day of the memorandum: %(member)s."), {"member": member})
    )
    record(
        actor=person,
        verb="membership.memorandum",
        subject=row.cluster,
        summary=summary,
        details={"membership": row.pk, "before": str(before or ""), "after": str(on or "")},
    )
    return row

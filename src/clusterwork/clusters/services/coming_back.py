"""A school that declined takes part again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import ChosenSchool
from clusterwork.clusters.permissions import formation_for
from clusterwork.clusters.services.unconfirmed import locked_formation
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message


@transaction.atomic
def bring_back(*, person: Person, day: dt.date, pk: int, school_pk: int) -> ChosenSchool:
    """The next proposal places the school again.

    Raises `NotThere`, `NotAllowed`, `ConfirmedAlready`.
    """
    formation_for(person, pk, day)
    formation = locked_formation(pk)
    gone = formation.chosen.select_related("school").filter(declined_at__isnull=False)
    chosen = gone.filter(school=school_pk).first()
    if chosen is None:
        raise NotThere(
            Message(N_("This school takes part, or was never chosen.")),
            next_step=Message(N_("Open the list of schools again to see how it stands now.")),
        )
    chosen.declined_at = None
    chosen.save(update_fields=["declined_at"])
    record(
        actor=person,
        verb="formation.bring_back",
        subject=formation,
        summary=Message(N_("Takes part again: %(school)s."), {"school": str(chosen.school)}),
        details={"schools": [chosen.school_id]},
    )
    return chosen

"""Who extends the catalogue: programme officers, for their organisation and those below it."""

from __future__ import annotations

import datetime as dt

from clusterwork.accounts.models import Person
from clusterwork.clusters.permissions.programmes import organisations_for
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Measure
from clusterwork.registry.models import Organisation


def organisation_to_extend(person: Person, pk: int, day: dt.date) -> Organisation:
    """The organisation whose catalogue the person extends; or `NotAllowed`."""
    found = organisations_for(person, day).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(
            Message(N_("You cannot change the measures of this organisation.")),
            next_step=Message(N_("Its programme officers can. Ask one of them.")),
        )
    return found


def measure_to_change(person: Person, pk: int, day: dt.date) -> Measure:
    """A measure that an organisation of the person's added; or `NotThere`, or `NotAllowed`."""
    found = Measure.objects.select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such measure.")))
    if found.organisation_id is None:
        raise NotAllowed(
            Message(N_("You cannot change this measure.")),
            why=Message(N_("It ships with the system, and others compare by it.")),
            next_step=Message(N_("Add a measure of your own that differs from it.")),
        )
    organisation_to_extend(person, found.organisation_id, day)
    return found

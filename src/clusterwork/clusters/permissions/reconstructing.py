"""Who reads why each school is where it is: officers all of it, inspectors without wishes."""

from __future__ import annotations

import datetime as dt

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.selectors import organisations_where
from clusterwork.clusters.models import Formation
from clusterwork.clusters.permissions.programmes import formation_for, organisations_for
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.selectors.organisations import with_ancestors


def formation_to_reconstruct(person: Person, pk: int, day: dt.date) -> tuple[Formation, bool]:
    """The exercise, and whether the reader also sees what schools said to the officers only.

    Raises `NotThere`, `NotAllowed`.
    """
    chain = Formation.objects.select_related("programme__organisation")
    found = chain.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such exercise.")))
    organisation = found.programme.organisation
    runs = organisations_for(person, day).filter(pk=organisation.pk).exists()
    inspects = organisations_where(person, Role.Kind.INSPECTOR, day)
    if not runs and inspects.filter(pk__in=with_ancestors(organisation)).exists():
        return found, False
    return formation_for(person, pk, day), True

"""Who may bring clusters in, and into which organisations."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Arrival
from clusterwork.clusters.permissions.programmes import organisations_for
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Organisation


def organisations_to_fill(
    person: Person, organisation: Organisation, day: dt.date
) -> list[Organisation]:
    """All that `person` is officer of, this one first; raises `NotAllowed` where it is not."""
    mine = list(organisations_for(person, day).order_by("name"))
    if organisation not in mine:
        raise NotAllowed(
            Message(N_("You cannot bring clusters in for this organisation.")),
            why=Message(N_("Organisation: %(organisation)s."), {"organisation": str(organisation)}),
            next_step=Message(N_("Its programme officers can. Ask one of them.")),
        )
    return [organisation, *(each for each in mine if each != organisation)]


def arrivals_for(person: Person, day: dt.date) -> QuerySet[Arrival]:
    """The spreadsheets of the organisations that `person` is officer of, the latest first."""
    found = Arrival.objects.filter(organisation__in=organisations_for(person, day))
    return found.select_related("run", "organisation").order_by("-pk")


def arrival_for(person: Person, pk: int, day: dt.date) -> Arrival:
    """The spreadsheet for officers of its organisation, or `NotThere`, or `NotAllowed`."""
    found = Arrival.objects.select_related("run", "organisation").filter(pk=pk).first()
    if found is None:
        raise NotThere(
            Message(N_("There is no such file.")),
            next_step=Message(N_("Look for it in the list of files.")),
        )
    if found.organisation is None or not arrivals_for(person, day).filter(pk=pk).exists():
        raise NotAllowed(
            Message(N_("You cannot open this file.")),
            why=Message(
                N_("It brings clusters in for this organisation: %(organisation)s."),
                {"organisation": str(found.organisation or "–")},
            ),
            next_step=Message(N_("Its programme officers can open it. Ask one of them.")),
        )
    return found


def arrival_to_decide(person: Person, pk: int, day: dt.date) -> Arrival:
    """As `arrival_for`: every officer of the organisation may confirm it or put it aside."""
    return arrival_for(person, pk, day)

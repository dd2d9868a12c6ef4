"""Who brings files of figures in, for which organisation, and of which schools."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from clusterwork.accounts.models import Person
from clusterwork.accounts.permissions.register import authorities_kept_by
from clusterwork.clusters.permissions.programmes import organisations_for
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Upload
from clusterwork.registry.models import Organisation


def organisation_to_fill(person: Person, pk: int, day: dt.date) -> Organisation:
    """The organisation for its officers; raises `NotAllowed`."""
    found = organisations_for(person, day).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(
            Message(N_("You cannot bring figures in for this organisation.")),
            next_step=Message(N_("Its programme officers can. Ask one of them.")),
        )
    return found


def authorities_to_fill(person: Person, day: dt.date) -> frozenset[int]:
    """The ids of the authorities whose schools' figures the person may bring in."""
    return frozenset(authorities_kept_by(person, day).values_list("pk", flat=True))


def uploads_for(person: Person, day: dt.date) -> QuerySet[Upload]:
    """The files of the organisations that the person is officer of, the latest first."""
    found = Upload.objects.filter(organisation__in=organisations_for(person, day))
    return found.select_related("run", "organisation", "by").order_by("-pk")


def upload_for(person: Person, pk: int, day: dt.date) -> Upload:
    """The file for officers of its organisation, or `NotThere`, or `NotAllowed`."""
    found = Upload.objects.select_related("run", "organisation", "by").filter(pk=pk).first()
    if found is None:
        raise NotThere(
            Message(N_("There is no such file.")),
            next_step=Message(N_("Look for it in the list of files.")),
        )
    if not uploads_for(person, day).filter(pk=pk).exists():
        raise NotAllowed(
            Message(N_("You cannot open this file.")),
            why=Message(
                N_("It brings figures in for this organisation: %(organisation)s."),
                {"organisation": str(found.organisation or "–")},
            ),
            next_step=Message(N_("Its programme officers can open it. Ask one of them.")),
        )
    return found


def upload_to_decide(person: Person, pk: int, day: dt.date) -> Upload:
    """As `upload_for`: every officer of the organisation may confirm it or put it aside."""
    return upload_for(person, pk, day)

"""Who may change what the register holds: officers, each in the authorities that they serve."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.selectors.roles import organisations_where
from clusterwork.kernel.errors import NotAllowed
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Authority
from clusterwork.registry.selectors.organisations import all_below


def authorities_kept_by(person: Person, day: dt.date) -> QuerySet[Authority]:
    """The authorities whose schools `person` may change by hand on `day`.

    They are those of the organisations in which they are programme officer, and of all that
    belong to these.
    """
    served = organisations_where(person, Role.Kind.PROGRAMME_OFFICER, day)
    through = Authority.organisations.through.objects.filter(organisation_id__in=all_below(served))
    return Authority.objects.filter(pk__in=through.values("authority_id"))


def may_keep(person: Person, authority: Authority, day: dt.date) -> bool:
    """Whether `person` may change schools of `authority` by hand."""
    return authorities_kept_by(person, day).filter(pk=authority.pk).exists()


def check_may_keep(person: Person, authority: Authority, day: dt.date) -> None:
    """Raises `NotAllowed`, naming who can."""
    if not may_keep(person, authority, day):
        raise NotAllowed(
            Message(N_("You cannot change the schools of this authority.")),
            why=Message(N_("Authority: %(authority)s."), {"authority": str(authority)}),
            next_step=Message(
                N_("Programme officers of its organisations can. Ask one of them to do it.")
            ),
        )


def fellow_officers(person: Person, day: dt.date) -> set[int]:
    """The ids of all who are or were officers where `person` is one on `day`."""
    mine = organisations_where(person, Role.Kind.PROGRAMME_OFFICER, day)
    held = Role.objects.filter(kind=Role.Kind.PROGRAMME_OFFICER, organisation__in=mine)
    return set(held.values_list("person_id", flat=True))


def may_decide_import(person: Person, uploader_id: int | None, day: dt.date) -> bool:
    """Whether `person` may confirm, put aside or stop what the uploader brought.

    The uploader may, and any officer of an organisation in which the uploader is or was one;
    what nobody in particular brought is any officer's.
    """
    if uploader_id in (None, person.pk):
        return True
    return uploader_id in fellow_officers(person, day)


def check_may_decide_import(
    person: Person, uploader_id: int | None, name: str, day: dt.date
) -> None:
    """Raises `NotAllowed`, naming who can; `name` is the uploader's."""
    if not may_decide_import(person, uploader_id, day):
        raise NotAllowed(
            Message(N_("You cannot decide about this file.")),
            why=Message(N_("Uploaded by: %(name)s."), {"name": name}),
            next_step=Message(
                N_("Ask that person, or a programme officer of the same organisation.")
            ),
        )

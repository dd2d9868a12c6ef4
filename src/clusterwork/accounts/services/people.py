"""Makes people and changes what they say of themselves."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.people import person_by_email
from clusterwork.audit.services import Actor, record
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class PersonExists(Problem):
    """Somebody is already known by this e-mail address."""


class NameMissing(Problem):
    """A person without a name."""


@transaction.atomic
def make_person(
    *, email: str, name: str, language: str, password: str | None, by: Actor | None
) -> Person:
    """A new person, whose address counts as checked: they came by it, or an operator vouches.

    Without a password they sign in by a work account. Raises `PersonExists`, `NameMissing`.
    """
    if person_by_email(email):
        raise PersonExists(
            Message(N_("Somebody is already known by this e-mail address.")),
            next_step=Message(N_("Sign in with it, or ask for a new password.")),
        )
    person = Person.objects.create_user(
        email, password, name=_checked_name(name), language=language
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    record_made(person, by=by or person)
    return person


def record_made(person: Person, *, by: Actor) -> None:
    """That `person` is new here; also for those whom a work account brings."""
    record(
        actor=by,
        verb="accounts.make_person",
        subject=person,
        summary=Message(N_("Came in: %(name)s"), {"name": person.name}),
    )


@transaction.atomic
def change_details(*, person: Person, name: str, language: str) -> Person:
    """The person's own name and the language that the system writes to them in."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    before = {"name": locked.name, "language": locked.language}
    locked.name, locked.language = _checked_name(name), language
    locked.save(update_fields=("name", "language"))
    record(
        actor=person,
        verb="accounts.change_details",
        subject=locked,
        summary=Message(N_("Changed name or language: %(name)s"), {"name": locked.name}),
        details={"before": before, "after": {"name": locked.name, "language": language}},
    )
    return locked


def _checked_name(name: str) -> str:
    shown = " ".join(name.split())[:150]
    if not shown:
        raise NameMissing(Message(N_("Write a name, so that others know who you are.")))
    return shown

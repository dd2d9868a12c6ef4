"""Adds people from outside the pages: the first officer, the people of the demonstration."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.permissions.people import Place
from clusterwork.accounts.selectors.people import person_by_email
from clusterwork.accounts.services.people import make_person
from clusterwork.accounts.services.roles import grant_role
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Organisation, School


class PersonUnclear(Problem):
    """An address, password, language or kind of role that cannot be used."""


class NoSuchPlace(NotThere):
    """No organisation or school of that name or number, or several."""


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    kind: str,
    organisation: str = "",
    school: str = "",
    language: str = "en-gb",
    password: str | None = None,
) -> Role:
    """A person with a role from today. Somebody known by the address keeps name and password.

    Raises `PersonUnclear`, `NoSuchPlace`, `NameMissing`, `RoleDoesNotStandHere`, `HoldsItAlready`.
    """
    _check(email, kind, language, password)
    place = place_named(organisation, school)
    person = person_by_email(email) or make_person(
        email=email, name=name, language=language, password=password, by=None
    )
    return grant_role(to=person, kind=kind, place=place, start_on=timezone.localdate(), by=None)


def place_named(organisation: str, school: str) -> Place:
    """The one organisation of this name (either language), or school of this number."""
    found: list[Place]
    if school:
        by_number = Q(welsh_number=school) | (Q(urn=int(school)) if school.isdigit() else Q())
        found = list(School.objects.filter(by_number)[:2])
    else:
        by_name = Q(name__iexact=organisation) | Q(name_cy__iexact=organisation)
        found = list(Organisation.objects.filter(by_name)[:2])
    if len(found) != 1:
        raise NoSuchPlace(
            Message(
                N_("There is no single organisation or school like this: %(what)s"),
                {"what": school or organisation},
            )
        )
    return found[0]


def _check(email: str, kind: str, language: str, password: str | None) -> None:
    if kind not in Role.Kind.values:
        kinds = ", ".join(Role.Kind.values)
        raise PersonUnclear(
            Message(N_("These are the kinds of role: %(kinds)s."), {"kinds": kinds})
        )
    if language not in Person.Language.values:
        raise PersonUnclear(Message(N_("The language is en-gb or cy.")))
    try:
        validate_email(email.strip())
        if password is not None:
            validate_password(password)
    except ValidationError as error:
        raise PersonUnclear(Message("%(why)s", {"why": " ".join(error.messages)})) from None

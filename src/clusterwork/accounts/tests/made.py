"""One authority with its organisation, a school, and people with roles; for tests."""

from __future__ import annotations

import datetime as dt

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.services.people import make_person
from clusterwork.registry.models import (
    Authority,
    Country,
    Organisation,
    OrganisationKind,
    Phase,
    School,
)

LONG_AGO = dt.date(2020, 1, 1)
WORD = "three words apart"


def organisation(name: str = "Wolderland", code: str = "991") -> Organisation:
    authority = Authority.objects.create(code=code, name=name, country=Country.ENGLAND)
    made = Organisation.objects.create(kind=OrganisationKind.AUTHORITY, name=name)
    made.authorities.add(authority)
    return made


def school(of: Organisation, urn: int = 900_001, name: str = "Village Primary School") -> School:
    return School.objects.create(
        urn=urn, name=name, authority=of.authorities.get(), phase=Phase.PRIMARY
    )


def person(
    name: str = "Nia Rees", *, language: str = "en-gb", password: str | None = WORD
) -> Person:
    email = f"{name.split()[0].lower()}@example.org"
    return make_person(email=email, name=name, language=language, password=password, by=None)


def role(
    who: Person, kind: str, where: Organisation | School, *, start_on: dt.date = LONG_AGO
) -> Role:
    place = {"organisation": where} if isinstance(where, Organisation) else {"school": where}
    return Role.objects.create(person=who, kind=kind, start_on=start_on, **place)

"""The people of a journey: an organisation with an officer, and whoever else the story needs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.hashers import make_password

from clusterwork.accounts.models import Person, Role
from clusterwork.registry.models import Organisation, OrganisationKind
from tests.journeys.visitor import PASSWORD

LONG_AGO = dt.date(2020, 1, 1)


def an_organisation(name: str, *, kind: str = OrganisationKind.AUTHORITY, **facts: Any):
    return Organisation.objects.create(kind=kind, name=name, **facts)


def a_person(email: str, name: str, kind: str, **where: Any) -> Person:
    """Someone with one role, in an organisation or a school."""
    person = Person.objects.create(
        email=email, name=name, password=make_password(PASSWORD, hasher="scrypt")
    )
    Role.objects.create(person=person, kind=kind, start_on=LONG_AGO, **where)
    return person

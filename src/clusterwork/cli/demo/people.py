"""The demonstration's people: one of each kind who has something to do so far."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import make_password
from django.db.models import F

from clusterwork.accounts.models import Person, Role
from clusterwork.registry.models import Country, Organisation, Phase, School, Status

PASSWORD = "clusters of schools"  # noqa: S105 - the demonstration tells it to everyone


@dataclass(frozen=True)
class Shown:
    """A person and what to say of them."""

    person: Person
    told: str


def ensure_people(organisation: Organisation, day: dt.date) -> list[Shown]:
    """The officer first; made when absent, and left as they are when there."""
    domain = domain_of(organisation)
    in_wales = organisation.authorities.filter(country=Country.WALES).exists()
    language = Person.Language.WELSH if in_wales else Person.Language.ENGLISH
    start = day - dt.timedelta(days=365)
    shown = []
    for kind, local in IN_ORGANISATION.items():
        person = ensure_person(f"{local}@{domain}", NAMES[kind])
        ensure_role(person, kind, start, organisation=organisation)
        shown.append(Shown(person, f"{kind.label} of {organisation.name}"))
    if school := smallest_primary(organisation):
        for kind, local in IN_SCHOOL.items():
            person = ensure_person(f"{local}@{domain}", NAMES[kind], language)
            ensure_role(person, kind, start, school=school)
            shown.append(Shown(person, f"{kind.label} of {school.name}"))
    return shown


NAMES = {
    Role.Kind.PROGRAMME_OFFICER: "Olwen Officer",
    Role.Kind.FINANCE_LEAD: "Frank Finance",
    Role.Kind.LINK_ADVISER: "Ada Adviser",
    Role.Kind.HEADTEACHER: "Heather Head",
    Role.Kind.CHAIR_OF_GOVERNORS: "Gwyn Governor",
}
IN_ORGANISATION = {
    Role.Kind.PROGRAMME_OFFICER: "officer",
    Role.Kind.FINANCE_LEAD: "finance",
    Role.Kind.LINK_ADVISER: "adviser",
}
IN_SCHOOL = {Role.Kind.HEADTEACHER: "head", Role.Kind.CHAIR_OF_GOVERNORS: "governor"}


def domain_of(organisation: Organisation) -> str:
    """A domain that leads nowhere (RFC 2606), different for each organisation."""
    codes = [authority.code for authority in organisation.authorities.order_by("code")]
    return "-".join(dict.fromkeys([codes[0], codes[-1]])) + ".example"


def ensure_person(email: str, name: str, language: str = Person.Language.ENGLISH) -> Person:
    """The person with this address."""
    known = Person.objects.filter(email=email).first()
    return known or Person.objects.create(
        email=email, password=hashed_password(), name=name, language=language
    )


@cache
def hashed_password() -> str:
    """Hashed once for all, which takes a fifth of a second: everybody knows it anyway."""
    return make_password(PASSWORD)


def ensure_role(
    person: Person,
    kind: str,
    start_on: dt.date,
    *,
    organisation: Organisation | None = None,
    school: School | None = None,
) -> None:
    """The role, unless the person has had it before."""
    Role.objects.get_or_create(
        person=person,
        kind=kind,
        organisation=organisation,
        school=school,
        defaults={"start_on": start_on},
    )


def smallest_primary(organisation: Organisation) -> School | None:
    """The open primary with the fewest places, whose head and chair of governors are shown."""
    return (
        School.objects.filter(
            authority__in=organisation.authorities.all(), phase=Phase.PRIMARY, status=Status.OPEN
        )
        .order_by(F("capacity").asc(nulls_last=True), "pk")
        .first()
    )

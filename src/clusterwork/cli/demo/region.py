"""Fills the database for a demonstration: a register, an organisation, its people, a programme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.db.models import Count
from django.utils import timezone

from clusterwork.cli.demo.clusters import ensure_clusters
from clusterwork.cli.demo.people import PASSWORD, ensure_people
from clusterwork.cli.demo.programme import ensure_programme
from clusterwork.cli.demo.register import load_file, load_lookalike
from clusterwork.cli.demo.story import ensure_story
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Authority, Country, Organisation, OrganisationKind
from clusterwork.registry.services.new_organisations import authorities_of

MOST_AUTHORITIES = 10


class WhichAuthority(Problem):
    """The register holds more authorities than one organisation would look after."""

    def __init__(self, n_authorities: int) -> None:
        super().__init__(
            Message(N_("Authorities in this register: %(n)s."), {"n": n_authorities}),
            next_step=Message(
                N_("Name the code of one or more of them, for example AUTHORITY=925.")
            ),
        )


def fill(schools: Path | None, codes: Sequence[str]) -> Iterator[str]:
    """Does what is not done yet and yields the lines to tell, the sign-ins last."""
    today = timezone.localdate()
    loaded = load_file(schools, today) if schools else load_lookalike(today)
    yield loaded.told
    wanted = wanted_authorities(loaded.codes, codes)
    organisation = ensure_organisation(wanted, invented=schools is None)
    people = ensure_people(organisation, today)
    ensure_programme(organisation, people[0].person, today)
    if not schools:
        known = [each.person for each in people]
        n = ensure_clusters(organisation, known, today)
        yield f"Clusters that are there already: {n}."
        people += ensure_story(organisation, known, today)
    yield f"Sign-ins for {organisation.name}; the password of each is: {PASSWORD}"
    for each in people:
        yield f"  {each.person.email:<28} {each.told}"


def wanted_authorities(loaded: Sequence[str], codes: Sequence[str]) -> list[Authority]:
    """Those named, or all that were loaded. Raises `WhichAuthority`, `NoSuchAuthority`."""
    found = authorities_of(codes or loaded)
    if len(found) > MOST_AUTHORITIES:
        raise WhichAuthority(len(found))
    return found


def ensure_organisation(
    authorities: Sequence[Authority], *, invented: bool = False
) -> Organisation:
    """The authority's own organisation, or a consortium of several; Welsh is shown where it is
    spoken, and in the invented county."""
    welsh = invented or any(authority.country == Country.WALES for authority in authorities)
    if len(authorities) == 1:
        return ensure_authority(authorities[0], invented=invented)
    codes = [authority.code for authority in authorities]
    same = (
        Organisation.objects.filter(kind=OrganisationKind.CONSORTIUM)
        .annotate(n=Count("authorities"))
        .filter(n=len(codes))
    )
    for organisation in same:
        if {each.code for each in organisation.authorities.all()} == set(codes):
            return organisation
    region = Organisation.objects.create(
        kind=OrganisationKind.CONSORTIUM,
        name="Consortium: " + ", ".join(authority.name for authority in authorities),
        name_cy="Consortiwm: " + ", ".join(each.name_cy or each.name for each in authorities),
        is_welsh=welsh,
        colour="#00703c",
    )
    region.authorities.set(authorities)
    for authority in authorities:
        Organisation.objects.filter(pk=ensure_authority(authority).pk).update(parent=region)
    return region


def ensure_authority(authority: Authority, *, invented: bool = False) -> Organisation:
    """The organisation of one authority."""
    organisation, made = Organisation.objects.get_or_create(
        kind=OrganisationKind.AUTHORITY,
        name=authority.name,
        defaults={
            "name_cy": authority.name_cy,
            "is_welsh": invented or authority.country == Country.WALES,
            "colour": "#1d70b8",
        },
    )
    if made:
        organisation.authorities.add(authority)
    return organisation


def september(day: dt.date) -> dt.date:
    """The start of the school year that `day` falls in."""
    return dt.date(day.year - (day.month < 9), 9, 1)

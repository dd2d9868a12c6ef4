"""A region of schools for a journey: the real register of South East Wales, or an invented one."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

from clusterwork.lookalike import build_region, write_county
from clusterwork.registry.models import Authority, Organisation, OrganisationKind, Phase, School
from clusterwork.registry.services.imports import import_register
from tests.journeys.people import an_organisation
from tests.journeys.real_data import DATA

REGISTER = "wales_sewales_schools.csv.gz"


def a_region(folder: Path) -> Organisation:
    """The consortium of the region, its schools loaded."""
    real = DATA / REGISTER
    file = real if real.exists() else invented(folder)
    import_register(file, source="wales", by=None, today=timezone.localdate())
    region = an_organisation(
        "Education Achievement Service",
        kind=OrganisationKind.CONSORTIUM,
        name_cy="Gwasanaeth Cyflawni Addysg",
        is_welsh=True,
    )
    region.authorities.set(Authority.objects.all())
    return region


def invented(folder: Path) -> Path:
    """The register of an invented region, in the same columns."""
    write_county(build_region(seed=1), folder)
    return folder / "schools.csv"


def pyramids(n: int, size: int) -> list[list[School]]:
    """`n` secondaries, each first of a list with the `size` nearest primaries not yet taken."""
    hubs = School.objects.filter(phase=Phase.SECONDARY, easting__isnull=False).order_by("pk")
    primaries = set(School.objects.filter(phase=Phase.PRIMARY, easting__isnull=False))
    found = []
    for hub in hubs[:n]:
        nearest = sorted(primaries, key=lambda each: (apart(hub, each), each.pk))[:size]
        primaries -= set(nearest)
        found.append([hub, *nearest])
    return found


def apart(one: School, other: School) -> int:
    """The square of the metres between two schools that have a place."""
    east = (one.easting or 0) - (other.easting or 0)
    north = (one.northing or 0) - (other.northing or 0)
    return east * east + north * north

"""Which schools fit what somebody asks for: words, authority, phase, status, distance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, FloatField, QuerySet
from django.db.models.expressions import RawSQL

from clusterwork.registry.models import Authority, School
from clusterwork.registry.rules.names import fold

# The same expressions as in the indexes `school_words` and `school_place`.
WORDS = "registry_words(search_text) @@ %s::tsquery"
DISTANCE = "point(easting, northing) <-> point(%s, %s)"
WITHIN = "point(easting, northing) <@ circle(point(%s, %s), %s)"
_GRID = re.compile(r"^\s*(\d{1,6})\s*[,; ]\s*(\d{1,7})\s*$")


@dataclass(frozen=True)
class Place:
    """A point on the British National Grid in metres, and how it was found."""

    easting: int
    northing: int
    name: str = ""


def find_schools(
    *,
    words: str = "",
    authority: Authority | None = None,
    phase: str = "",
    status: str = "",
    near: Place | None = None,
    within_m: float | None = None,
) -> QuerySet[School]:
    """Schools that fit everything asked for; each word may be the start of a longer one.

    With `near`, rows carry `distance_m` (straight line, metres) and those without a position
    are left out. The order is that of the model; callers choose another.
    """
    found = School.objects.select_related("authority")
    if authority is not None:
        found = found.filter(authority=authority)
    if phase:
        found = found.filter(phase=phase)
    if status:
        found = found.filter(status=status)
    if asked := fold(words).split():
        found = found.filter(_raw(WORDS, " & ".join(f"{word}:*" for word in asked)))
    return _around(found, near, within_m) if near else found


def _around(found: QuerySet[School], near: Place, within_m: float | None) -> QuerySet[School]:
    found = found.filter(easting__isnull=False).annotate(distance_m=_distance(near))
    if within_m is None:
        return found
    return found.filter(_raw(WITHIN, near.easting, near.northing, within_m))


def _raw(condition: str, *values: Any) -> Any:
    """A condition that Django has no words for; the values are passed beside it."""
    return RawSQL(condition, values, output_field=BooleanField())  # noqa: S611


def _distance(near: Place) -> Any:
    """Metres in a straight line, in the words by which the index finds the nearest first."""
    values = (near.easting, near.northing)
    return RawSQL(DISTANCE, values, output_field=FloatField())  # noqa: S611


def place_of(text: str) -> Place | None:
    """Where a text points to: easting and northing, or a school's postcode or official number."""
    if grid := _GRID.match(text):
        return Place(int(grid[1]), int(grid[2]))
    asked = fold(text).split()
    if not asked:
        return None
    whole = School.objects.filter(_raw(WORDS, "".join(asked)), easting__isnull=False)
    found = whole.order_by("status", "id").first()
    return Place(found.easting or 0, found.northing or 0, str(found)) if found else None

"""The facts of a school as its page shows them on a day, and who sees its grades."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Role
from clusterwork.registry.models import (
    Assessment,
    Authority,
    Census,
    Change,
    Organisation,
    School,
    Status,
)
from clusterwork.registry.selectors.as_at import OF_SCHOOL, earlier_values
from clusterwork.registry.selectors.organisations import with_descendants
from clusterwork.web.navigation import Viewer
from clusterwork.web.registry.wording import field_words, value_words

# What the page lists of a school, in its order; the address stands in one line of its own.
LISTED = (
    "phase", "type_name", "religious_character", "diocese", "medium", "gender",
    "opened_on", "closed_on", "capacity", "urn", "welsh_number", "la_estab",
)  # fmt: skip
FIGURES = (
    "pupils", "boys", "girls", "fsm_share", "fsm_protected_share", "sen_support_share",
    "ehcp_share", "eal_share",
)  # fmt: skip
SEES_GRADES = frozenset({Role.Kind.PROGRAMME_OFFICER, Role.Kind.LINK_ADVISER})


@dataclass(frozen=True)
class Fact:
    """One fact in words; empty where the register does not know it."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Turn:
    """A fact that became another."""

    label: str
    before: str
    after: str
    as_at: dt.date


def facts_on(school: School, day: dt.date, *, is_past: bool) -> dict[str, Fact]:
    """Every listed fact, with the authority, name and ages, as it stood on the day."""
    earlier = earlier_values(school, on=day) if is_past else {}
    names = (*LISTED, "name", "status", "low_age", "high_age", "postcode", "street", "town")
    found = {name: _fact(school, name, earlier) for name in names}
    if earlier.get("status", school.status) == Status.OPEN:
        found["closed_on"] = replace(found["closed_on"], label=_("Closes"))
    found["authority"] = Fact(
        "authority", field_words("authority"), _authority(school, earlier.get("authority"))
    )
    return found


def _fact(school: School, name: str, earlier: dict[str, str]) -> Fact:
    value = earlier.get(name, _text(getattr(school, name)))
    return Fact(name, field_words(name), value_words(name, value))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _authority(school: School, earlier_code: str | None) -> str:
    if earlier_code is None:
        return str(school.authority)
    return str(Authority.objects.filter(code=earlier_code).first() or earlier_code)


def turns_of(school: School, day: dt.date) -> list[Turn]:
    """How status, phase, type and the like have changed until the day, latest first."""
    changes = Change.objects.filter(school=school, as_at__lte=day, field__in=(*OF_SCHOOL,)).exclude(
        field__in=("easting", "northing", "latitude", "longitude")
    )
    return [
        Turn(
            field_words(change.field),
            value_words(change.field, change.old, beside=change.new),
            value_words(change.field, change.new, beside=change.old),
            change.as_at,
        )
        for change in changes.order_by("-as_at", "field")[:50]
    ]


def censuses_until(school: School, day: dt.date) -> list[Census]:
    """The school's censuses of the years that had begun by the day."""
    return list(Census.objects.filter(school=school, year__lte=day.year).order_by("year"))


def known_figures(censuses: Iterable[Census]) -> list[tuple[str, str]]:
    """The figures that at least one of the censuses has: field and heading."""
    rows = list(censuses)
    return [
        (name, capfirst(str(Census._meta.get_field(name).verbose_name)))  # type: ignore[union-attr]
        for name in FIGURES
        if any(getattr(row, name) is not None for row in rows)
    ]


def may_see_grades(viewer: Viewer, school: School) -> bool:
    """People of this very school, and officers and advisers where their organisation, or one
    that belongs to it, has the school's authority."""
    if any(role.school_id == school.pk for role in viewer.roles):
        return True
    served = [role.organisation for role in viewer.roles if role.kind in SEES_GRADES]
    below = with_descendants(each for each in served if each)
    return Organisation.objects.filter(pk__in=below, authorities=school.authority_id).exists()


def grades_until(school: School, day: dt.date) -> QuerySet[Assessment]:
    """Inspection and support-category facts up to the day, latest first."""
    return (
        Assessment.objects.filter(school=school, on__lte=day)
        .select_related("scale", "grade")
        .order_by("-on", "scale__name")
    )

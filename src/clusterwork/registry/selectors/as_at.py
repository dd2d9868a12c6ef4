"""What the register holds about a school as at an earlier day, from its list of changes."""

from __future__ import annotations

from datetime import date

from clusterwork.registry.models import Change, School

OF_SCHOOL = frozenset(field.name for field in School._meta.concrete_fields)


def earlier_values(school: School, *, on: date) -> dict[str, str]:
    """The fields that have changed since `on`, each with its value as at that day, as text.

    Codes stay codes (`primary`), days are ISO days; a field that is absent is as it is today.
    """
    changes = (
        Change.objects.filter(school=school, as_at__gt=on, field__in=OF_SCHOOL)
        .order_by("-as_at", "-id")
        .values_list("field", "old")
    )
    return dict(changes)


def known_since(school: School) -> date | None:
    """The day as at which the register first held the school; None where no list says so."""
    days = Change.objects.filter(school=school).order_by("as_at").values_list("as_at", flat=True)
    return days.first()

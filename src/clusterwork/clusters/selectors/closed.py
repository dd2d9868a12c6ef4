"""Closed schools that somebody names by number, and what came after each; changes nothing."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from clusterwork.registry.models import LinkKind, School, SchoolLink, Status


def closed_numbers(numbers: Iterable[str]) -> dict[str, str]:
    """URN or Welsh number of each closed school to its successor's name and number.

    Empty where the register links no successor. Two queries at most.
    """
    asked = set(numbers)
    rows = School.objects.filter(
        Q(urn__in=[int(number) for number in asked]) | Q(welsh_number__in=asked),
        status=Status.CLOSED,
    ).values_list("urn", "welsh_number")
    there = {str(one) for row in rows for one in row if one} & asked
    return dict.fromkeys(there, "") | _successors(there)


def _successors(numbers: set[str]) -> dict[str, str]:
    """Number to what the official list says came after it, the latest link counting."""
    if not numbers:
        return {}
    links = SchoolLink.objects.filter(number__in=numbers, kind=LinkKind.SUCCESSOR)
    found = links.order_by("on", "pk").values_list("number", "other_name", "other_number")
    return {number: f"{name} ({other})" for number, name, other in found}

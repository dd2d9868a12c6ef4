"""Schools named in a pasted or uploaded list, by number or by name."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from clusterwork.clusters.selectors.closed import closed_numbers
from clusterwork.registry.models import School, Status
from clusterwork.registry.rules.names import fold, sort_key

NUMBER = re.compile(r"\d{3}/?\d{4}|\d{5,7}")


@dataclass(frozen=True)
class Listed:
    """What became of each line: the schools found, and the lines that name none or several.

    `closed` has lines whose number is a closed school's, with its successor (empty: none known).
    """

    school_ids: tuple[int, ...]
    unmatched: tuple[str, ...]
    ambiguous: tuple[tuple[str, int], ...]
    closed: tuple[tuple[str, str], ...] = ()

    @property
    def rest(self) -> list[str]:
        """Every line that was not taken."""
        not_one = (line for line, _ in (*self.closed, *self.ambiguous))
        return [*self.unmatched, *not_one]


def schools_listed(text: str, authority_ids: Iterable[int]) -> Listed:
    """Finds one school a line: the first number on it, else its first cell as a full name.

    Of several schools with one name, the only one in the authorities is meant; otherwise the
    line is ambiguous, with how many there are.
    """
    lines = [
        line for line in (raw.strip() for raw in text.replace("\x00", "").splitlines()) if line
    ]
    found_in = {line: match.group() for line in lines if (match := NUMBER.search(line))}
    numbers = {line: number.replace("/", "") for line, number in found_in.items()}
    by_number = _by_number(numbers.values())
    shut = closed_numbers(set(numbers.values()) - set(by_number))
    by_name = _by_name(_name_in(line) for line in lines)
    near = set(authority_ids)
    found: dict[int, None] = {}
    unmatched, ambiguous, closed = [], [], []
    for line in lines:
        number = numbers.get(line, "")
        if number in shut:
            closed.append((line, shut[number]))
            continue
        ids = by_number.get(number) or by_name[_name_in(line)]
        ids = _the_only_near_one(ids, near)
        if len(ids) == 1:
            found[ids[0][0]] = None
        elif ids:
            ambiguous.append((line, len(ids)))
        else:
            unmatched.append(line)
    return Listed(tuple(found), tuple(unmatched), tuple(ambiguous), tuple(closed))


Found = list[tuple[int, int]]


def _name_in(line: str) -> str:
    """The first cell that is not a number, as a sort key."""
    separator = "\t" if "\t" in line else ","
    try:
        cells = next(csv.reader([line], delimiter=separator), [line])
    except csv.Error:  # a cell longer than any name
        return ""
    return next((sort_key(cell) for cell in cells if fold(cell) and not NUMBER.fullmatch(cell)), "")


def _the_only_near_one(found: Found, near: set[int]) -> Found:
    close = [each for each in found if each[1] in near]
    return close if len(close) == 1 else found


def _by_number(numbers: Iterable[str]) -> dict[str, Found]:
    """Number without a stroke to the (school, authority) ids that carry it, none of them closed."""
    plain = set(numbers)
    slashed = {f"{number[:3]}/{number[3:]}" for number in plain if len(number) == 7}
    urns = [int(number) for number in plain]
    carrying = Q(urn__in=urns) | Q(welsh_number__in=plain) | Q(la_estab__in=slashed | plain)
    rows = (
        School.objects.filter(carrying)
        .exclude(status=Status.CLOSED)
        .values_list("urn", "welsh_number", "la_estab", "pk", "authority_id", "status")
    )
    found: dict[str, Found] = defaultdict(list)
    for urn, welsh, la_estab, pk, authority, status in rows:
        keys = {str(urn or ""), welsh or ""}
        if status == Status.OPEN:
            keys.add(la_estab.replace("/", ""))
        for key in keys & plain:
            found[key].append((pk, authority))
    return found


def _by_name(names: Iterable[str]) -> dict[str, Found]:
    """Sort key to the (school, authority) ids of the open schools of that name."""
    wanted = {name for name in names if name}
    rows = School.objects.filter(status=Status.OPEN, sort_key__in=wanted)
    found: dict[str, Found] = defaultdict(list)
    for key, pk, authority in rows.values_list("sort_key", "pk", "authority_id"):
        found[key].append((pk, authority))
    return found

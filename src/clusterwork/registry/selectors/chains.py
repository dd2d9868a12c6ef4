"""The same school over time: those that came before it and after it, by the official links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from clusterwork.registry.models import LinkKind, School, SchoolLink
from clusterwork.registry.rules.chains import edges_back, reached_from, turned, walk

CHAINED = (LinkKind.PREDECESSOR, LinkKind.SUCCESSOR)
# Every number reached from the first. UNION drops what is there already, which ends the cycles
# in the official list.
REACHED = """
WITH RECURSIVE reached(number) AS (
    SELECT {start}::varchar
    UNION
    SELECT step.{to} FROM reached, LATERAL (
        SELECT number AS later, other_number AS earlier FROM registry_schoollink
        WHERE kind = 'predecessor' AND {pred} = reached.number
        UNION ALL
        SELECT other_number, number FROM registry_schoollink
        WHERE kind = 'successor' AND {succ} = reached.number
    ) step
)
SELECT number FROM reached
"""
BACK = REACHED.format(start="%s", to="earlier", pred="number", succ="other_number")
FORTH = REACHED.format(start="%s", to="later", pred="other_number", succ="number")


@dataclass(frozen=True, slots=True)
class Identity:
    """One number that a school has had.

    `steps` counts links: 0 the school itself, negative before it, positive after it. `school` is
    None where the register does not hold it. `link_type` and `on` are of the link that joins it
    to the next one on the way to the school itself, and say what it is to that one; `on` is None
    where the day is not known.
    """

    number: str
    name: str
    school: School | None
    steps: int
    link_type: str = ""
    on: date | None = None


def same_school_over_time(school: School) -> tuple[Identity, ...]:
    """The school, all before it and all after it, earliest first. Four queries at most."""
    numbers = _reached(school.number) if school.number else []
    links = list(_links_among(numbers)) if len(numbers) > 1 else []
    back = edges_back((link.number, link.other_number, link.kind) for link in links)
    forth = turned(back)
    steps = {number: -n for number, n in walk(school.number, back).items()}
    for number, n in walk(school.number, forth).items():
        if abs(steps.get(number, n + 1)) > n:
            steps[number] = n
    ways = reached_from(school.number, back), reached_from(school.number, forth)
    nearer = {number: ways[n > 0][number] for number, n in steps.items()}
    steps[school.number] = 0
    return _identities(school, steps, links, nearer)


def predecessor_chain(school: School) -> tuple[Identity, ...]:
    """The schools that came before, nearest first."""
    found = [identity for identity in same_school_over_time(school) if identity.steps < 0]
    return tuple(reversed(found))


def earlier_numbers(numbers: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each number those before it, nearest first. One query, however many are asked for."""
    links = SchoolLink.objects.filter(kind__in=CHAINED)
    edges = edges_back(links.values_list("number", "other_number", "kind"))
    return {number: tuple(walk(number, edges)) for number in numbers}


def _reached(number: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"({BACK}) UNION ({FORTH})", [number, number])
        return [row[0] for row in cursor.fetchall()]


def _links_among(numbers: list[str]) -> Iterable[SchoolLink]:
    links = SchoolLink.objects.filter(kind__in=CHAINED)
    return links.filter(number__in=numbers, other_number__in=numbers).order_by("on", "id")


def _identities(
    school: School, steps: dict[str, int], links: list[SchoolLink], nearer: dict[str, str]
) -> tuple[Identity, ...]:
    schools = _schools(steps) if len(steps) > 1 else {}
    schools[school.number] = school
    told = {link.other_number: link for link in links if link.other_number in steps}
    found = []
    for number, n in steps.items():
        link_type, on = _joined(links, nearer[number], number, n) if n else ("", None)
        held = schools.get(number)
        name = _name(held, told.get(number))
        found.append(Identity(number, name, held, n, link_type, on))
    return tuple(sorted(found, key=lambda identity: (identity.steps, identity.number)))


def _joined(links: list[SchoolLink], near: str, far: str, n: int) -> tuple[str, date | None]:
    """What `far` is to `near`, and since when; most links are told from both sides."""
    kind, turned_kind = CHAINED if n < 0 else CHAINED[::-1]
    by_ends = [((link.number, link.other_number, link.kind), link) for link in links]
    here = [link for ends, link in by_ends if ends == (near, far, kind)]
    there = [link for ends, link in by_ends if ends == (far, near, turned_kind)]
    on = next((link.on for link in here + there if link.on), None)
    return (here[0].link_type if here else kind.title()), on


def _schools(numbers: Iterable[str]) -> dict[str, School]:
    asked = list(numbers)
    rows = School.objects.filter(
        Q(urn__in=[int(n) for n in asked if n.isdigit()]) | Q(welsh_number__in=asked)
    )
    return {row.number: row for row in rows}


def _name(school: School | None, link: SchoolLink | None) -> str:
    if school:
        return school.shown_name
    return link.other_name if link else ""

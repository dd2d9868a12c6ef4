"""What the register holds of the schools that a file names, read in batches of a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from clusterwork.registry.imports.records import SchoolRecord, Value
from clusterwork.registry.models import Affiliation, Assessment, Census, School
from clusterwork.registry.rules.steps import Held, HeldGrade, HeldGroup

FIELDS = (
    "urn", "welsh_number", "la_estab", "name", "name_cy", "phase", "phase_name", "type_name",
    "type_group", "status", "status_name", "opened_on", "closed_on", "religious_character",
    "diocese", "medium", "gender", "low_age", "high_age", "capacity", "street", "locality",
    "town", "county", "postcode", "easting", "northing",
)  # fmt: skip
FIGURES = (
    "pupils", "boys", "girls", "fsm_share", "fsm_protected_share", "sen_support_share",
    "ehcp_share", "eal_share",
)  # fmt: skip
# The types of grouping that the columns of a register file name; "" where a file was the first.
IN_COLUMN = frozenset(["", "multi-academy trust", "single-academy trust", "federation"])
Values = dict[str, Value]


def held_for(records: Sequence[SchoolRecord]) -> list[Held | None]:
    """For each record the school that it means, or None where the register has it not yet."""
    found = _School(records)
    ids = [school_id for record in records if (school_id := found.id_for(record))]
    censuses = _censuses(ids, {year for record in records for year in record.censuses})
    grades, groups = _grades(ids), groups_now(ids)
    return [
        None
        if (school_id := found.id_for(record)) is None
        else Held(
            school_id,
            found.values[school_id],
            censuses.get(school_id, {}),
            grades.get(school_id, {}),
            groups.get(school_id, ()),
        )
        for record in records
    ]


def _one_of(column: str, values: Iterable[Value]) -> Any:
    """A condition that sends thousands of values as one list instead of one place each."""
    return RawSQL(f"{column} = ANY(%s)", [list(values)], output_field=BooleanField())  # noqa: S611


class _School:
    """Schools by each of their numbers."""

    def __init__(self, records: Sequence[SchoolRecord]) -> None:
        numbers = {
            field: {value for record in records if (value := record.values.get(field))}
            for field in ("urn", "welsh_number")
        }
        welsh = {number for record in records if (number := welsh_number_of(record))}
        unnumbered = {
            record.values["la_estab"]
            for record in records
            if not record.values.get("urn") and not record.values.get("welsh_number")
        }
        rows = School.objects.filter(
            Q(_one_of("registry_school.urn", numbers["urn"]))
            | Q(_one_of("welsh_number", numbers["welsh_number"] | welsh))
            | Q(_one_of("la_estab", unnumbered), urn=None, welsh_number=None, by_hand=False)
        ).values("id", "authority__code", *FIELDS)
        self.values: dict[int, Values] = {}
        self._by: dict[tuple[str, Value], int] = {}
        for row in rows:
            self._keep(dict(row))

    def _keep(self, row: Values) -> None:
        school_id = int(str(row.pop("id")))
        row["authority"] = row.pop("authority__code")
        self.values[school_id] = row
        for field in ("urn", "welsh_number"):
            if row[field]:
                self._by[field, row[field]] = school_id
        if not row["urn"] and not row["welsh_number"]:
            self._by["la_estab", row["la_estab"]] = school_id

    def id_for(self, record: SchoolRecord) -> int | None:
        """By URN, else by Welsh number, else by authority and establishment."""
        for field in ("urn", "welsh_number"):
            number = record.values.get(field)
            if number and (found := self._by.get((field, number))):
                return found
        if welsh := welsh_number_of(record):
            found = self._by.get(("welsh_number", welsh))
            return found if found and not self.values[found]["urn"] else None
        if record.values.get("urn") or record.values.get("welsh_number"):
            return None
        return self._by.get(("la_estab", record.values.get("la_estab")))


def welsh_number_of(record: SchoolRecord) -> str | None:
    """The Welsh number of an open Welsh school in the register of England, which lists it too."""
    if record.authority.country != "W" or record.values.get("status") != "open":
        return None
    number = str(record.values.get("la_estab") or "").replace("/", "")
    return number if len(number) == 7 else None


def held_absent(codes: Collection[str], *, number: str, present: Iterable[Value]) -> list[Held]:
    """Open schools with a number of this kind in the authorities that the file does not name."""
    rows = (
        School.objects.filter(authority__code__in=codes, status="open", by_hand=False)
        .filter(**{f"{number}__isnull": False})
        .exclude(**{number: ""} if number == "la_estab" else {"pk": None})
        .values("id", "authority__code", *FIELDS)
    )
    named = set(present)
    absent = [row for row in rows if row[number] not in named]
    groups = groups_now([row["id"] for row in absent])
    return [
        Held(row["id"], {name: row[name] for name in FIELDS}, groups=groups.get(row["id"], ()))
        for row in absent
    ]


def groups_now(ids: Collection[int]) -> Mapping[int, tuple[HeldGroup, ...]]:
    """The groupings that an official source names and that are not ended, by school."""
    rows = Affiliation.objects.filter(
        _one_of("registry_affiliation.school_id", ids), end_on=None, partnership__source="official"
    ).values_list(
        "school_id",
        "id",
        "partnership__kind",
        "partnership__name",
        "partnership__identifier",
        "partnership__kind_name",
    )
    found: dict[int, list[HeldGroup]] = defaultdict(list)
    for school_id, pk, kind, name, identifier, kind_name in rows:
        group = HeldGroup(pk, kind, name, identifier, kind_name.casefold() in IN_COLUMN)
        found[school_id].append(group)
    return {school_id: tuple(groups) for school_id, groups in found.items()}


def _censuses(ids: Collection[int], years: Collection[int]) -> dict[int, dict[int, Values]]:
    found: dict[int, dict[int, Values]] = defaultdict(dict)
    rows = Census.objects.filter(_one_of("school_id", ids), year__in=years)
    for row in rows.values("school_id", "year", "source", *FIGURES):
        found[row["school_id"]][row["year"]] = dict(row)
    return found


def _grades(ids: Collection[int]) -> dict[int, dict[tuple[str, date], HeldGrade]]:
    found: dict[int, dict[tuple[str, date], HeldGrade]] = defaultdict(dict)
    rows = Assessment.objects.filter(_one_of("school_id", ids)).values_list(
        "school_id", "scale__code", "on", "grade__code", "grade__label", "source"
    )
    for school_id, scale, on, code, label, source in rows:
        found[school_id][scale, on] = HeldGrade(code, label, source)
    return found

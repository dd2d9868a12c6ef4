"""Which school a row means: by one of its numbers, else by its name, with the near misses told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from clusterwork.clusters.imports.records import Record
from clusterwork.clusters.rules.arriving.held import KnownSchool
from clusterwork.clusters.rules.arriving.plans import refused
from clusterwork.clusters.rules.near_names import NearNames
from clusterwork.kernel.messages import N_
from clusterwork.registry.rules.names import fold

MOST_NAMED = 5


class Schools:
    """The schools that rows may mean: all that are named by number, and an organisation's by name.

    `near` holds those of the organisation's authorities; `beyond` others that a number names.
    """

    def __init__(self, near: Iterable[KnownSchool], beyond: Iterable[KnownSchool] = ()) -> None:
        mine = list(near)
        self._by_number: dict[str, list[KnownSchool]] = defaultdict(list)
        for school in (*mine, *beyond):
            for number in school.numbers:
                if school not in self._by_number[plain(number)]:
                    self._by_number[plain(number)].append(school)
        self._by_name: dict[str, list[KnownSchool]] = defaultdict(list)
        for school in mine:
            for name in {fold(name) for name in school.names}:
                self._by_name[name].append(school)
        self._near = NearNames(
            (fold(name), school) for school in mine for name in school.names if name
        )

    def meant_by(self, record: Record, day: date | None) -> KnownSchool:
        """The school of the row; raises `RowRefused`. `day` is the first day it is asked for."""
        if record.number:
            return self._with_number(record, day)
        return self._with_name(record, day)

    def _with_number(self, record: Record, day: date | None) -> KnownSchool:
        found = _of_the_day(self._by_number.get(plain(record.number), ()), day)
        if len(found) > 1:
            raise self._several("school_number", record.number, found)
        if not found:
            raise self._unknown_number(record)
        named = self._by_name.get(fold(record.school), []) if record.school else []
        if len(named) == 1 and named[0].id != found[0].id:
            raise refused(
                "school_number",
                record.number,
                N_("The number is of another school than the name: %(found)s."),
                N_("Correct the number or the name. The school of this name: %(named)s."),
                found=found[0].label,
                named=named[0].label,
            )
        return found[0]

    def _unknown_number(self, record: Record) -> Exception:
        near = self._by_name.get(fold(record.school)) or self._near.nearest(fold(record.school))
        if near:
            return refused(
                "school_number",
                record.number,
                N_("The register holds no school of this number."),
                N_("Correct the number. Nearest by name: %(near)s."),
                near=_listed(near),
            )
        return refused(
            "school_number",
            record.number,
            N_("The register holds no school of this number."),
            N_("Correct the number, or bring the school into the register first."),
        )

    def _with_name(self, record: Record, day: date | None) -> KnownSchool:
        named = self._by_name.get(fold(record.school), [])
        found = _of_the_day(named, day)
        if len(found) == 1:
            return found[0]
        if found:
            raise self._several("school", record.school, found)
        near = self._near.nearest(fold(record.school))
        if not near:
            raise refused(
                "school",
                record.school,
                N_("No school of the organisation's authorities has this name or one like it."),
                N_("Write the school's number beside it."),
            )
        raise refused(
            "school",
            record.school,
            N_("No school of the organisation's authorities has this name."),
            N_("Write the name or number of the one that is meant. Nearest: %(near)s."),
            near=_listed(near),
        )

    def _several(self, column: str, value: str, found: Sequence[KnownSchool]) -> Exception:
        return refused(
            column,
            value,
            N_("More than one school fits: %(found)s."),
            N_("Write the number of the one that is meant."),
            found=_listed(found),
        )


def _of_the_day(found: Sequence[KnownSchool], day: date | None) -> Sequence[KnownSchool]:
    """Of several those that were open on the day; of one that one, open or closed."""
    if len(found) < 2:
        return found
    return [school for school in found if school.is_open_on(day)] or found


def _listed(schools: Sequence[KnownSchool]) -> str:
    more = "; …" if len(schools) > MOST_NAMED else ""
    return "; ".join(school.label for school in schools[:MOST_NAMED]) + more


def plain(number: str) -> str:
    """A number without what people put between its digits."""
    return "".join(number.replace("/", "").replace("-", "").split())

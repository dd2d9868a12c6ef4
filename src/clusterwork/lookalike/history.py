"""When schools opened, what they were before, and which have closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from clusterwork.lookalike.model import County, Link, School
from clusterwork.lookalike.pupils import Pupils
from clusterwork.lookalike.stock import ACADEMIES

N_CONVERSIONS, N_REBROKERED, N_MERGERS = 12, 2, 3
FIRST_ACADEMIES = 2011


def date_openings(rng: np.random.Generator, county: County) -> None:
    """Opening days of academies and free schools; older schools leave the day unrecorded.

    All but the last few opened before the first census, so the few need predecessors.
    """
    academies = [s for s in county.schools if s.kind_group in (ACADEMIES, "Free Schools")]
    mainstream = [s for s in academies if s.is_mainstream and s.kind_group == ACADEMIES]
    chosen = rng.choice(len(mainstream), N_CONVERSIONS, replace=False)
    recent = {mainstream[index].urn for index in chosen}
    first = county.years[0]
    for school in academies:
        late = school.urn in recent
        years = (first, county.last_year) if late else (FIRST_ACADEMIES, first - 1)
        month = int(rng.choice([9, 9, 9, 1, 2, 4, 7, 11]))
        school.opened_on = date(int(rng.integers(*years)), month, 1)
        school.why_opened = "Academy Converter" if "converter" in school.kind else "New Provision"


def add_closed_schools(rng: np.random.Generator, county: County, pupils: Pupils) -> None:
    """Closes the villages' schools; adds what recent academies and merged schools were before."""
    _close(rng, county)
    _convert(county)
    _merge(rng, county, pupils)
    smallest = min(
        (s for s in county.open_schools if s.phase == "Primary" and not s.opened_on),
        key=lambda school: school.size,
    )
    smallest.status = "Open, but proposed to close"


def urn_on(county: County, urn: int, day: date) -> int | None:
    """The number under which that school ran on a day; None before or after all its forms.

    Follows single predecessors only: a merged school has two.
    """
    by_urn = {school.urn: school for school in county.schools}
    before = {link.urn: link.other_urn for link in county.links if link.kind == "Predecessor"}
    return next(
        (urn for urn in _chain(urn, before) if _runs_on(by_urn[urn], day)),
        None,
    )


def _chain(urn: int, before: dict[int, int]) -> list[int]:
    chain = [urn]
    while chain[-1] in before:
        chain.append(before[chain[-1]])
    return chain


def _runs_on(school: School, day: date) -> bool:
    opened = school.opened_on is None or school.opened_on <= day
    return opened and (school.closed_on is None or day <= school.closed_on)


def _close(rng: np.random.Generator, county: County) -> None:
    closing = [school for school in county.schools if school.status == "closing"]
    for school, years_ago in zip(closing, rng.permutation([1, 2, 3]), strict=True):
        school.status, school.why_closed = "Closed", "Closure"
        school.closed_on = date(county.last_year - int(years_ago), 8, 31)


def _convert(county: County) -> None:
    """The latest academies get the school that they were; some were academies before that."""
    converted = sorted(
        (s for s in county.open_schools if s.kind_group == ACADEMIES and s.opened_on),
        key=lambda school: (school.opened_on, school.urn),
    )[-N_CONVERSIONS:]
    for rank, school in enumerate(converted):
        school.why_opened = "Academy Converter"
        if rank >= N_REBROKERED:
            _precede(county, school, _maintained_kind(school))
            continue
        middle = _precede(county, school, "Academy sponsor led", ACADEMIES)
        middle.why_closed, middle.name = "Fresh Start", school.name
        assert middle.closed_on is not None  # noqa: S101 - for the type checker; set just above
        middle.opened_on = date(middle.closed_on.year - 5, 9, 1)
        _precede(county, middle, _maintained_kind(school))


def _maintained_kind(school: School) -> str:
    if school.faith == "Roman Catholic":
        return "Voluntary aided school"
    return (
        "Voluntary controlled school" if school.faith.startswith("Church") else "Community school"
    )


def _precede(
    county: County, school: School, kind: str, group: str = "Local authority maintained schools"
) -> School:
    """A predecessor that closed the day before; linked both ways."""
    assert school.opened_on is not None  # noqa: S101 - for the type checker; callers pass dated ones
    earlier = replace(
        school, urn=_next_urn(county), kind=kind, kind_group=group, trust_uid=None,
        name=school.name.replace("Voluntary Academy", "School").replace("Academy", "School"),
        federation_uid=None, opened_on=None, why_opened="", status="Closed",
        closed_on=school.opened_on - timedelta(days=1),
        why_closed="Academy Converter" if "converter" in school.kind else "For Academy",
    )  # fmt: skip
    county.schools.append(earlier)
    _link(county, school, earlier, "", school.opened_on)
    return earlier


def _merge(rng: np.random.Generator, county: County, pupils: Pupils) -> None:
    """Some town primaries were an infant and a junior school until before the first census."""
    towns = [
        s for s in pupils.schools
        if s.kind == "Community school" and s.first_year == 0 and s.last_year == 6
        and s.place.kind != "village" and s.name.endswith(" Primary School")
    ]  # fmt: skip
    for index in sorted(rng.choice(len(towns), N_MERGERS, replace=False).tolist()):
        school = towns[index]
        school.opened_on = date(county.years[0] - int(rng.integers(2, 8)), 9, 1)
        school.why_opened = "Result of Amalgamation"
        for stage, low, high in (("Infant", 4, 7), ("Junior", 7, 11)):
            part = replace(
                school, urn=_next_urn(county), name=school.name.replace("Primary", stage),
                number=school.number + (400 if low == 4 else 500), low_age=low, high_age=high,
                opened_on=None, why_opened="", status="Closed", federation_uid=None,
                closed_on=school.opened_on - timedelta(days=1),
                why_closed="Result of Amalgamation/Merger",
            )  # fmt: skip
            county.schools.append(part)
            _link(county, school, part, " - merged", school.opened_on)


def _next_urn(county: County) -> int:
    return max(school.urn for school in county.schools) + 1


def _link(county: County, school: School, earlier: School, how: str, on: date) -> None:
    county.links.append(Link(school.urn, earlier.urn, f"Predecessor{how}", on))
    county.links.append(Link(earlier.urn, school.urn, f"Successor{how}", on))

"""The plain facts of an invented county; knows not how they are made or written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


@dataclass(slots=True)
class Authority:
    """A local authority; `boundary` is one ring of (easting, northing) in metres."""

    code: str
    gss: str
    name: str
    name_cy: str
    country: str
    boundary: tuple[tuple[float, float], ...]


@dataclass(slots=True)
class Place:
    """A settlement: city, town, market or village; `spread_m` is the radius of its schools."""

    name: str
    name_cy: str
    kind: str
    easting: float
    northing: float
    spread_m: float
    authority_code: str = ""
    district: str = ""
    postcode_district: str = ""
    post_town: str = ""


@dataclass(slots=True)
class School:
    """A school, open or closed. Ages are the official ones: 4 to 11 is reception to year 6.

    `quality` is a hidden standing (mean 0, deviation 1) behind inspections and support.
    `size` is the number of pupils aimed at in the last census.
    """

    urn: int
    number: int
    name: str
    name_cy: str
    phase: str
    kind: str
    kind_group: str
    low_age: int
    high_age: int
    faith: str
    place: Place
    street: str
    postcode: str
    easting: int
    northing: int
    size: float
    medium: str = ""
    diocese: str = ""
    capacity: int = 0
    quality: float = 0.0
    opened_on: date | None = None
    closed_on: date | None = None
    why_opened: str = ""
    why_closed: str = ""
    status: str = "Open"
    trust_uid: int | None = None
    federation_uid: int | None = None

    @property
    def first_year(self) -> int:
        """The lowest curriculum year taught, reception being 0."""
        return max(0, self.low_age - 4)

    @property
    def last_year(self) -> int:
        """The highest curriculum year taught."""
        return self.high_age - 5

    @property
    def is_mainstream(self) -> bool:
        """Whether pupils come by age and leave by age: not nursery, special or referral unit."""
        return self.phase not in ("Nursery", "Not applicable")


class Link(NamedTuple):
    """One official link, seen from `urn`; each stands with its mirror image."""

    urn: int
    other_urn: int
    kind: str
    on: date


@dataclass(slots=True)
class Group:
    """A trust or federation; `kind_code` and `kind` in the register's words."""

    uid: int
    kind_code: str
    kind: str
    name: str
    opened_on: date
    closed_on: date | None = None
    town: str = ""


class GroupLink(NamedTuple):
    """One school's place in one trust or federation."""

    uid: int
    urn: int
    joined_on: date


class Partner(NamedTuple):
    """One school in one partnership that no register holds: cluster, alliance, shared services."""

    partnership: str
    kind: str
    urn: int
    part: str
    since: date


class Census(NamedTuple):
    """One school in one January; `n_leavers` are the pupils of its last year, if below year 11."""

    urn: int
    year: int
    n_pupils: int
    n_girls: int
    n_sen_plan: int
    n_sen_support: int
    n_eal: int
    n_fsm: int
    n_fsm_ever: int
    n_leavers: int


class Inspection(NamedTuple):
    """One graded inspection in the words of its time."""

    urn: int
    grade: str
    on: date


class SupportCategory(NamedTuple):
    """How much support the authority gives a school: 1 (least) to 5, or a colour in Wales."""

    urn: int
    category: str
    on: date


class Flow(NamedTuple):
    """Pupils who left one school in July and joined another in September of `year`."""

    from_urn: int
    to_urn: int
    year: int
    n_pupils: int


@dataclass(slots=True)
class County:
    """An invented county (or region of authorities) with everything known of its schools."""

    name: str
    country: str
    seed: int
    last_year: int
    authorities: list[Authority]
    places: list[Place]
    schools: list[School]
    links: list[Link] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    group_links: list[GroupLink] = field(default_factory=list)
    partners: list[Partner] = field(default_factory=list)
    census: list[Census] = field(default_factory=list)
    inspections: list[Inspection] = field(default_factory=list)
    support_categories: list[SupportCategory] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)

    @property
    def years(self) -> range:
        """The census years, oldest first."""
        return range(self.last_year - 4, self.last_year + 1)

    @property
    def open_schools(self) -> list[School]:
        """Schools that are not closed at the end of September of the last year."""
        return [school for school in self.schools if school.closed_on is None]

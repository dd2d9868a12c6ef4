"""What is to be formed: schools, their travel, flows, partnerships, locks and present clusters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clusterwork.formation.barriers import Barrier
from clusterwork.formation.policy import Policy


@dataclass(frozen=True, slots=True)
class School:
    """One school. `easting` and `northing` in metres; `fsm_share` 0 to 1; None: not known.

    `phase` is the register's own word. `strong` says that it can contribute to others.
    `authority`, `medium` and `faith` matter where pyramids, one authority or one language are
    asked for, and may be empty: no faith and faith not known are the same here. `support` is the
    number of its support category, the same way round for all schools.
    """

    id: str
    name: str
    easting: float
    northing: float
    phase: str = ""
    pupils: float | None = None
    fsm_share: float | None = None
    strong: bool = False
    authority: str = ""
    medium: str = ""
    faith: str = ""
    support: float | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """So many pupils a year move on from one school to another."""

    from_id: str
    to_id: str
    pupils: float


@dataclass(frozen=True, slots=True)
class Link:
    """A partnership that two schools have now; `weight` says how much it matters."""

    from_id: str
    to_id: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Locks:
    """What people have decided already.

    `together` and `apart`: pairs of school ids. `fixed`: school id to the place where it
    stays: the label of a present cluster, or the id of the school that is its hub.
    """

    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Instance:
    """One question to `propose`.

    `minutes` maps (from id, to id) to minutes from a routing engine; pairs that it lacks are
    taken from the other direction, else estimated from the straight line. `current` maps a
    school id to the label of its cluster of today. `barriers` are lines in metres that estimated
    ways cannot cross, only go round by an end; given minutes are left as they are. `new_names` are
    given to clusters that keep no present label, in this order; without them they are 1, 2, …
    """

    schools: tuple[School, ...]
    policy: Policy = field(default_factory=Policy)
    minutes: Mapping[tuple[str, str], float] | None = None
    flows: tuple[Flow, ...] = ()
    links: tuple[Link, ...] = ()
    locks: Locks = field(default_factory=Locks)
    current: Mapping[str, str] = field(default_factory=dict)
    barriers: tuple[Barrier, ...] = ()
    new_names: tuple[str, ...] = ()

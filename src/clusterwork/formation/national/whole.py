"""Everything about all schools that needs no matrix, and models of some of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clusterwork.formation.instance import Flow, Instance, Link, School
from clusterwork.formation.locked import Ints, Locked, groups_of, locked
from clusterwork.formation.model import Model, build_model, count_range
from clusterwork.formation.needs import Needs, needs_of
from clusterwork.formation.phases import medium_family
from clusterwork.formation.policy import Policy, Range

Floats = NDArray[np.float64]
Members = tuple[int, ...]


@dataclass(frozen=True)
class Whole:
    """n schools, numbered 0 to n - 1 as in the instance.

    places: (n, 2) easting and northing in metres. group: (n,) number of the unit that schools
    locked together form; units: their members.
    """

    instance: Instance

    @property
    def policy(self) -> Policy:
        """The instance's policy."""
        return self.instance.policy

    @property
    def schools(self) -> tuple[School, ...]:
        """All schools."""
        return self.instance.schools

    @property
    def n(self) -> int:
        """How many schools there are."""
        return len(self.instance.schools)

    @cached_property
    def index(self) -> dict[str, int]:
        """School id to number."""
        return {school.id: i for i, school in enumerate(self.schools)}

    @cached_property
    def places(self) -> Floats:
        """(n, 2) metres."""
        return np.array([(s.easting, s.northing) for s in self.schools], dtype=float).reshape(-1, 2)

    @cached_property
    def needs(self) -> Needs:
        """What everybody needs."""
        return needs_of(self.schools)

    @cached_property
    def locked(self) -> Locked:
        """Locks as numbers."""
        return locked(self.instance, self.index)

    @cached_property
    def _groups(self) -> tuple[Ints, tuple[Members, ...]]:
        return groups_of(self.n, self.locked.pairs)

    @property
    def unit_of(self) -> Ints:
        """(n,) the number of each school's unit."""
        return self._groups[0]

    @property
    def units(self) -> tuple[Members, ...]:
        """Schools that locks hold together, each such set once."""
        return self._groups[1]

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the present clusters."""
        return self.locked.labels

    @property
    def fixed(self) -> Ints:
        """(n,) number of the label where a school is fixed, -1 for none."""
        return self.locked.fixed

    @cached_property
    def home(self) -> Ints:
        """(n,) number of each school's present label, -1 for none."""
        number = {label: k for k, label in enumerate(self.labels)}
        current = self.instance.current
        return np.array([number.get(current.get(s.id, ""), -1) for s in self.schools], dtype=int)

    @property
    def count(self) -> Range:
        """The fewest and the most clusters."""
        return count_range(self.policy, self.n, self.n)

    @property
    def low(self) -> int:
        """The fewest schools of a cluster."""
        return self.policy.allowed_size[0]

    @property
    def high(self) -> int:
        """The most schools of a cluster."""
        return self.policy.allowed_size[1]

    @property
    def count_low(self) -> int:
        """The fewest clusters."""
        return self.count[0]

    @property
    def count_high(self) -> int:
        """The most clusters."""
        return self.count[1]

    @property
    def may_leave_out(self) -> bool:
        """Whether schools may be in no cluster."""
        return self.policy.leaves_out

    @cached_property
    def strong(self) -> NDArray[np.bool_]:
        """(n,) who can contribute."""
        return np.array([school.strong for school in self.schools], dtype=bool)

    @cached_property
    def hubs(self) -> NDArray[np.bool_]:
        """(n,) who may be a hub."""
        forced = self.locked.forced_hub
        return np.asarray((forced < 0) | (forced == np.arange(self.n)))

    @cached_property
    def authority(self) -> Ints:
        """(n,) a number for each authority, -1 for none."""
        return _numbered([school.authority.strip() for school in self.schools])

    @cached_property
    def medium(self) -> Ints:
        """(n,) a number for each language of teaching, -1 for none."""
        return _numbered([medium_family(school.medium) for school in self.schools])

    @cached_property
    def flows(self) -> sparse.csr_matrix:
        """(n, n) symmetric: pupils who move on between two schools."""
        return self._pairs([(f.from_id, f.to_id, f.pupils) for f in self.instance.flows])

    @cached_property
    def links(self) -> sparse.csr_matrix:
        """(n, n) symmetric: weights of the partnerships."""
        there = [(k.from_id, k.to_id, k.weight) for k in self.instance.links if k.weight > 0]
        return self._pairs(there)

    @cached_property
    def gain(self) -> sparse.csr_matrix:
        """(n, n) symmetric: what keeping two schools together is worth."""
        weights = self.policy.weights
        return sparse.csr_matrix(self.flows * weights.flow + self.links * weights.links)

    @cached_property
    def gain_total(self) -> float:
        """The cost of cutting every flow and partnership."""
        return float(self.gain.sum()) / 2.0

    @property
    def n_estimated(self) -> int:
        """Pairs whose minutes are not given, where some are."""
        known = {frozenset(pair) for pair in self.instance.minutes or () if len({*pair}) == 2}
        there = sum(all(school in self.index for school in pair) for pair in known)
        return self.n * (self.n - 1) // 2 - there if self.instance.minutes is not None else 0

    def _pairs(self, triples: Sequence[tuple[str, str, float]]) -> sparse.csr_matrix:
        known = [
            (self.index[a], self.index[b], value)
            for a, b, value in triples
            if a in self.index and b in self.index and a != b
        ]
        rows, columns, values = np.array(known, dtype=float).reshape(-1, 3).T
        one = sparse.csr_matrix(
            (values, (rows.astype(int), columns.astype(int))), shape=(self.n, self.n)
        )
        return sparse.csr_matrix(one + one.T)

    @cached_property
    def _flows_from(self) -> Mapping[str, list[Flow]]:
        found: dict[str, list[Flow]] = defaultdict(list)
        for flow in self.instance.flows:
            found[flow.from_id].append(flow)
        return found

    @cached_property
    def _links_from(self) -> Mapping[str, list[Link]]:
        found: dict[str, list[Link]] = defaultdict(list)
        for link in self.instance.links:
            found[link.from_id].append(link)
        return found

    @cached_property
    def minutes_from(self) -> Mapping[str, Mapping[str, float]]:
        """Given minutes by the school they start from."""
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for (origin, target), minutes in (self.instance.minutes or {}).items():
            found[origin][target] = minutes
        return found

    def part(self, numbers: Sequence[int], count: Range | None) -> Model:
        """The model of these schools (rising), who hold whole units; what is measured against
        everybody stays so. `count`: of clusters among them, where the policy asks for one."""
        schools = tuple(self.schools[i] for i in numbers)
        here = dict.fromkeys(school.id for school in schools)
        instance = replace(
            self.instance,
            schools=schools,
            policy=replace(self.policy, count=count),
            flows=tuple(
                f for s in schools for f in self._flows_from.get(s.id, ()) if f.to_id in here
            ),
            links=tuple(
                k for s in schools for k in self._links_from.get(s.id, ()) if k.to_id in here
            ),
            minutes=self._minutes_among(schools, here),
        )
        model, rows = build_model(instance), [*numbers, self.n]
        return replace(
            model,
            pupils=self.needs.pupils[rows],
            fsm_all=self.needs.fsm_all,
            roll_all=self.needs.roll_all,
            support_all=self.needs.support_all,
        )

    def _minutes_among(
        self, schools: Sequence[School], here: Collection[str]
    ) -> Mapping[tuple[str, str], float] | None:
        if self.instance.minutes is None:
            return None
        return {
            (school.id, target): minutes
            for school in schools
            for target, minutes in self.minutes_from.get(school.id, {}).items()
            if target in here
        }


def _numbered(values: Sequence[str]) -> Ints:
    number = {value: k for k, value in enumerate(dict.fromkeys(v for v in values if v))}
    return np.array([number.get(value, -1) for value in values], dtype=np.int64)

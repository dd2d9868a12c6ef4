"""How firm each school's place is: whether nearly as good plans leave it with the same schools.

A school *stays* in another plan if its companions there and its companions in the chosen plan
have more in common than half of the larger of the two sets. So "most of its companions" is true
read from either side: a cluster that is cut into halves, or swallowed by a larger one, has not
stayed, while one school more or fewer changes nothing. It needs no labels, and it can be said to a
headteacher as a count of plans; a mean likeness could not tell a school that always loses one
companion from one that goes elsewhere in every third plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clusterwork.formation.evaluating import Partition, no_partition

FIRM_SHARE = 0.8
"""Firm: it stays in at least four plans of five."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A place where a school stands in `n_plans` plans in which it does not stay.

    `cluster` is the label, in the chosen plan, of the cluster from which most of its companions
    there come (a tie: the one with the first school id); its own label where its cluster has been
    divided or merged around it. None: in no cluster, or with nobody whom the chosen plan places.
    """

    cluster: str | None
    n_plans: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """One school: `stays` counts the plans that leave it with most of its companions, `share` is
    their share of all (0 to 1; 1 without plans), `elsewhere` where the others put it, most
    frequent first. `cluster` None: the chosen plan leaves it out."""

    school: str
    cluster: str | None
    stays: int
    share: float
    firm: bool
    elsewhere: tuple[Elsewhere, ...]


@dataclass(frozen=True)
class Firmness:
    """Every school named by any of the plans, in the order of their ids.

    A school is firm if `share` is at least `firm_share`, else borderline. With `n_plans` 0 all
    are firm for want of anything else.
    """

    n_plans: int
    firm_share: float
    schools: Mapping[str, Agreement]

    @property
    def firm(self) -> tuple[str, ...]:
        """Ids of firm schools."""
        return tuple(school for school, each in self.schools.items() if each.firm)

    @property
    def borderline(self) -> tuple[str, ...]:
        """Ids of the others."""
        return tuple(school for school, each in self.schools.items() if not each.firm)


def firmness(
    chosen: Partition, plans: Sequence[Partition], *, firm_share: float = FIRM_SHARE
) -> Firmness:
    """How firm each place of the chosen plan is against other plans of the same schools.

    Labels of `plans` do not matter, nor does their order; a plan given twice counts twice, and the
    chosen one counts if it is among them. Raises `NotAPartition` if a plan names a school twice.
    """
    here, others = _Places(chosen), [_Places(plan) for plan in plans]
    everybody = sorted(set(here.of).union(*(set(plan.of) for plan in others)))
    found = {school: _agreement(school, here, others, firm_share) for school in everybody}
    return Firmness(len(others), firm_share, found)


def stays(here: frozenset[object], there: frozenset[object]) -> bool:
    """Whether two sets of companions have more in common than half of the larger one; two
    empty sets are the same."""
    return here == there or 2 * len(here & there) > max(len(here), len(there))


class _Places:
    """`of`: school id to its label and its cluster, without those in none. `first`: label to its
    first school id, an order that does not hang on labels."""

    def __init__(self, partition: Partition) -> None:
        self.of: dict[str, tuple[str, frozenset[str]]] = {}
        self.first = {label: min(members) for label, members in partition.items() if members}
        for label, members in partition.items():
            cluster = frozenset(members)
            if len(cluster) < len(members) or not cluster.isdisjoint(self.of):
                raise no_partition()
            self.of.update(dict.fromkeys(cluster, (label, cluster)))

    def label(self, school: str) -> str | None:
        return self.of[school][0] if school in self.of else None

    def companions(self, school: str) -> frozenset[str] | None:
        """None where it is in no cluster."""
        return self.of[school][1] - {school} if school in self.of else None


def _agreement(
    school: str, here: _Places, others: Sequence[_Places], firm_share: float
) -> Agreement:
    gone = Counter(_gone(school, here, others))
    n_stays = len(others) - gone.total()
    share = n_stays / len(others) if others else 1.0
    first: dict[str | None, str] = {None: ""}
    first.update(here.first)
    most = sorted(gone.items(), key=lambda place: (-place[1], first[place[0]]))
    return Agreement(
        school,
        here.label(school),
        n_stays,
        share,
        share >= firm_share,
        tuple(Elsewhere(label, n_plans) for label, n_plans in most),
    )


def _gone(school: str, here: _Places, others: Sequence[_Places]) -> Iterator[str | None]:
    """Where it is instead, for each plan in which it does not stay."""
    mine = here.companions(school)
    for plan in others:
        theirs = plan.companions(school)
        if mine is None or theirs is None:
            if mine is not theirs:
                yield _origin(here, theirs or frozenset())
        elif not stays(mine, theirs):
            yield _origin(here, theirs)


def _origin(here: _Places, companions: frozenset[str]) -> str | None:
    """The label of the chosen cluster from which most of them come."""
    labels = Counter(here.of[each][0] for each in companions if each in here.of)
    return min(labels, key=lambda label: (-labels[label], here.first[label]), default=None)

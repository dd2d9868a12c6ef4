"""The reports' two tables of partnerships, worked out from plain values; knows no database.

Small rural schools, Figure 4: schools by the category of their main partnership. SEN clusters,
Table 1: origin, size, phase, purpose and management of clusters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

NONE, INFORMAL, MORE_FORMAL, STRUCTURED, HARD = CATEGORIES = (1, 2, 3, 4, 5)
OURS = "ours"  # a cluster of this service, beside the register's kinds of partnership

# The register's kinds, by what Figure 4 says of each category. A sponsor alone ties no schools.
BY_KIND = {
    OURS: INFORMAL,
    "federation": HARD,
    "trust": HARD,
    "alliance": MORE_FORMAL,
    "business_services": MORE_FORMAL,
    "network": INFORMAL,
    "cluster": INFORMAL,
    "secondary": INFORMAL,
    "other": INFORMAL,
}
# Kinds as filed that say more: each school keeps its own governance, or a soft federation.
AS_FILED = {
    "umbrella trust": STRUCTURED,
    "trust": STRUCTURED,
    "soft federation": MORE_FORMAL,
}


@dataclass(frozen=True, slots=True)
class Known:
    """A partnership that a school is in. `formality` is what is said of the cluster, if anything;
    `n_schools` counts this one too."""

    kind: str
    as_filed: str = ""
    formality: int | None = None
    n_schools: int = 2
    is_signed: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """One school in the table: its category, whether it signed, and who says so."""

    school_id: int
    category: int
    is_signed: bool = False
    is_stated: bool = False


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """How many schools are in a category, of them with a signed agreement, of them by their own
    word; the category of the others was derived."""

    category: int
    n: int
    n_signed: int
    n_stated: int

    @property
    def n_derived(self) -> int:
        """Schools that stated no main partnership."""
        return self.n - self.n_stated


def category_of(known: Known) -> int | None:
    """The category of one partnership; None where it ties the school to no other."""
    if known.n_schools < 2:
        return None
    return known.formality or AS_FILED.get(known.as_filed.casefold()) or BY_KIND.get(known.kind)


def derived(school_id: int, partnerships: Iterable[Known]) -> Placed:
    """A school that stated nothing counts by its most formal partnership, or in none.

    Of several in that category one with a signed agreement is taken.
    """
    found = [(category_of(each) or NONE, each.is_signed) for each in partnerships]
    category, is_signed = max(found, default=(NONE, False))
    return Placed(school_id, category, is_signed and category != NONE)


def by_category(schools: Iterable[Placed]) -> tuple[CategoryRow, ...]:
    """Figure 4: the five categories in order, those with no school too."""
    placed = list(schools)
    return tuple(
        CategoryRow(
            category,
            n=sum(each.category == category for each in placed),
            n_signed=sum(each.category == category and each.is_signed for each in placed),
            n_stated=sum(each.category == category and each.is_stated for each in placed),
        )
        for category in CATEGORIES
    )


def in_all(rows: Iterable[CategoryRow]) -> CategoryRow:
    """The sum of all rows, as category 0."""
    all_rows = list(rows)
    return CategoryRow(
        0,
        sum(row.n for row in all_rows),
        sum(row.n_signed for row in all_rows),
        sum(row.n_stated for row in all_rows),
    )


@dataclass(frozen=True, slots=True)
class ClusterFacts:
    """What is known of a cluster on a day; empty where nobody has said."""

    cluster_id: int
    initiation: str = ""
    origin: str = ""
    phases: str = ""
    member_phases: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    in_words: str = ""
    authority_leads: bool = False
    run_from_schools: bool = False


@dataclass(frozen=True, slots=True)
class Characteristics:
    """A row of Table 1. `phases` is `cross`, `single` or empty; `phase` the one that all members
    share; `in_words` is the purpose as its schools word it; `managed_by` is `authority`,
    `schools` or empty."""

    cluster_id: int
    initiation: str
    origin: str
    n_schools: int
    phases: str
    phase: str
    is_phase_derived: bool
    purposes: tuple[str, ...]
    in_words: str
    managed_by: str


def characteristics(facts: ClusterFacts) -> Characteristics:
    """The row of one cluster; what nobody has said of its phases follows from its members."""
    shared = set(facts.member_phases)
    follows = {0: "", 1: "single"}.get(len(shared), "cross")
    managed = "authority" if facts.authority_leads else "schools" if facts.run_from_schools else ""
    return Characteristics(
        cluster_id=facts.cluster_id,
        initiation=facts.initiation,
        origin=facts.origin,
        n_schools=len(facts.member_phases),
        phases=facts.phases or follows,
        phase=next(iter(shared)) if len(shared) == 1 else "",
        is_phase_derived=not facts.phases and bool(follows),
        purposes=facts.purposes,
        in_words=facts.in_words,
        managed_by=managed,
    )


@dataclass(frozen=True, slots=True)
class Sizes:
    """The smallest, middle and largest of the clusters, in schools."""

    least: int
    middle: float
    most: int


@dataclass(frozen=True, slots=True)
class Summary:
    """How many clusters have each value of each characteristic; the empty one is not said."""

    n: int
    sizes: Sizes | None
    initiation: Counter[str]
    origin: Counter[str]
    phases: Counter[str]
    purposes: Counter[str]
    managed_by: Counter[str]


def summary_of(rows: Iterable[Characteristics]) -> Summary:
    """Table 1 counted; a cluster with several purposes counts under each of them."""
    all_rows = list(rows)
    sizes = [row.n_schools for row in all_rows]
    return Summary(
        n=len(all_rows),
        sizes=Sizes(min(sizes), median(sizes), max(sizes)) if sizes else None,
        initiation=Counter(row.initiation for row in all_rows),
        origin=Counter(row.origin for row in all_rows),
        phases=Counter(row.phases for row in all_rows),
        purposes=Counter(each for row in all_rows for each in row.purposes or ("",)),
        managed_by=Counter(row.managed_by for row in all_rows),
    )

"""An authority's figures over the years: all its schools together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from clusterwork.measures.models import ALL, Measure
from clusterwork.measures.rules.showing import Shown
from clusterwork.measures.selectors.around import AUTHORITY, Whose
from clusterwork.measures.selectors.around_authority import around_authority
from clusterwork.measures.services.tables import told_tables
from clusterwork.registry.models import Authority


@dataclass(frozen=True)
class OfAuthority:
    """One measure: the authority's cells by year."""

    measure: Measure
    line: Mapping[int, Shown]


def authority_figures(
    *, authority: Authority, measures: Sequence[Measure], years: Sequence[int], group: str = ALL
) -> tuple[OfAuthority, ...]:
    """The authority's figures by school year, each school and each figure once.

    Told as totals are, to everybody who may read about the authority. The schools are those that
    stand in it and have a figure of the year. Keeps what it tells; about ten queries.
    """
    told = told_tables(around_authority(authority), measures, years, group, Q(pk__in=()), ())
    whose = Whose(AUTHORITY, authority.pk)
    return tuple(OfAuthority(each.measure, each.groups.get(whose, {})) for each in told)

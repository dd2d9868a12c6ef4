"""Of which measures there are figures, and of which school years; what tables are about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max, Min, Q

from clusterwork.clusters.models import Cluster, Programme
from clusterwork.clusters.selectors.memberships import school_ids_in
from clusterwork.measures.rules.years import YEARS, year_of
from clusterwork.measures.selectors.behind import behind
from clusterwork.measures.selectors.figures import current_figures
from clusterwork.registry.models import Authority


@dataclass(frozen=True)
class Known:
    """The measures of which schools have figures, with the first and latest year."""

    first: dict[int, int]
    latest: dict[int, int]

    @property
    def years(self) -> list[int]:
        """The years in which a measure was last taken, the latest first."""
        return sorted(set(self.latest.values()), reverse=True)

    @property
    def fullest(self) -> int | None:
        """The year that ends the three with the most measures; of several the latest."""
        return max(self.years, key=lambda year: (len(self.taken(year)), year), default=None)

    def taken(self, last: int) -> list[int]:
        """The measures taken in the three years that end with this one."""
        return [
            pk
            for pk, latest in self.latest.items()
            if latest > last - YEARS and self.first[pk] <= last
        ]


def known_of(cluster: Cluster, until: dt.date) -> Known:
    """What there is, up to the day, of the schools of that day."""
    return _known(Q(school__in=[pk for pk in school_ids_in(cluster, until) if pk]), until)


def known_of_programme(programme: Programme, until: dt.date) -> Known:
    """The same of all schools of clusters that ever took part."""
    return _known(Q(school__in=schools_ever_in(programme)), until)


def known_of_authority(authority: Authority, until: dt.date) -> Known:
    """The same of all its schools."""
    return _known(Q(school__authority=authority), until)


def schools_ever_in(programme: Programme) -> set[int]:
    """The ids of all schools of clusters that ever took part. Two queries."""
    return {stay.who for stays in behind((), [programme]).schools.values() for stay in stays}


def _known(whose: Q, until: dt.date) -> Known:
    found = current_figures().filter(whose, on__lte=until)
    rows = list(found.order_by().values("measure").annotate(one=Min("on"), last=Max("on")))
    return Known(
        {row["measure"]: year_of(row["one"]) for row in rows},
        {row["measure"]: year_of(row["last"]) for row in rows},
    )

"""What a school says about its partnerships, and what is known without asking it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from clusterwork.clusters.models import Cluster, Membership, Standing, StatedPartnership
from clusterwork.clusters.rules.figures import OURS, Known, category_of
from clusterwork.clusters.selectors.memberships import clusters_of, is_on, unbroken_since
from clusterwork.registry.models import Affiliation, Partnership, PartnershipKind, School
from clusterwork.registry.models.organisations import in_language
from clusterwork.registry.rules.names import fold

CLUSTER, PARTNERSHIP, STATED = "cluster", "partnership", "stated"
BY_NAME, IN_NONE = "name", "none"


@dataclass(frozen=True)
class Line:
    """A partnership that a school is in, with what is known of it already.

    `key` is `cluster:12`, `partnership:7` or `stated:5`; `category` is suggested only.
    """

    key: str
    name: str
    kind: str
    since: dt.date | None
    category: int | None = None
    signed_on: dt.date | None = None
    what_for: str = ""
    cluster: Cluster | None = None
    partnership: Partnership | None = None

    @property
    def kind_words(self) -> str:
        """The kind in the reader's language; empty where nobody has said."""
        return str(PartnershipKind(self.kind).label) if self.kind else ""


def stated_by(school: School) -> QuerySet[StatedPartnership]:
    """Everything that the school has stated, the main ones first."""
    found = StatedPartnership.objects.filter(school=school)
    return found.select_related("cluster", "partnership", "school")


def stated_on(school: School, day: dt.date) -> QuerySet[StatedPartnership]:
    """What the school states for `day`."""
    return stated_by(school).filter(is_on(day))


def main_on(school: School, day: dt.date) -> StatedPartnership | None:
    """The school's main partnership on `day`, as it states it itself."""
    return stated_on(school, day).filter(is_main=True).first()


def name_of(stated: StatedPartnership) -> str:
    """Its name in the reader's language, where we or the register know it."""
    if stated.cluster:
        return stated.cluster.shown_name
    if stated.partnership:
        return in_language(stated.partnership.name, stated.partnership.name_cy)
    return stated.name


def has_lapsed(stated: StatedPartnership, day: dt.date) -> bool:
    """Whether the school has left the cluster or partnership that it stated."""
    if stated.cluster_id:
        stays: QuerySet[Membership] | QuerySet[Affiliation] = Membership.objects.filter(
            cluster=stated.cluster_id, school=stated.school_id
        )
    elif stated.partnership_id:
        stays = Affiliation.objects.filter(
            partnership=stated.partnership_id, school=stated.school_id
        )
    else:
        return False
    return stays.filter(end_on__lte=day).exists() and not stays.filter(is_on(day)).exists()


def lines_known(school: School, day: dt.date) -> list[Line]:
    """What nobody need type: its clusters here, and its partnerships in the register."""
    ours = _clusters(school, day)
    names = {(line.kind, fold(line.name)) for line in ours}
    filed = _affiliations(school, day)
    return [*ours, *(each for each in filed if (each.kind, fold(each.name)) not in names)]


def lines_for_main(school: School, day: dt.date) -> list[Line]:
    """Everything that could be the main one: what is known, and what it stated by name."""
    named = stated_on(school, day).filter(is_main=False, cluster=None, partnership=None)
    lines = lines_known(school, day)
    names = {(line.kind, fold(line.name)) for line in lines}
    more = [_stated(each) for each in named if (each.kind, fold(each.name)) not in names]
    return [*lines, *more]


def line_called(lines: Iterable[Line], key: str) -> Line | None:
    """The line of this key."""
    return next((line for line in lines if line.key == key), None)


def _clusters(school: School, day: dt.date) -> list[Line]:
    stays = list(clusters_of(school, day))
    standings = Standing.objects.filter(is_on(day), cluster__in=[s.cluster_id for s in stays])
    formality = dict(standings.values_list("cluster_id", "formality"))
    since = unbroken_since(school, stays)
    return [
        Line(
            key=f"{CLUSTER}:{stay.cluster_id}",
            name=str(stay.cluster),
            kind=PartnershipKind.CLUSTER,
            since=since[stay.cluster_id],
            category=category_of(Known(OURS, formality=formality.get(stay.cluster_id))),
            signed_on=stay.memorandum_signed_on,
            cluster=stay.cluster,
        )
        for stay in stays
    ]


def _affiliations(school: School, day: dt.date) -> list[Line]:
    stays = Affiliation.objects.filter(is_on(day), school=school).select_related("partnership")
    return [
        Line(
            key=f"{PARTNERSHIP}:{stay.partnership_id}",
            name=in_language(stay.partnership.name, stay.partnership.name_cy),
            kind=stay.partnership.kind,
            since=stay.start_on,
            category=category_of(Known(stay.partnership.kind, stay.partnership.kind_name)),
            partnership=stay.partnership,
        )
        for stay in stays.order_by("partnership__name", "pk")
    ]


def filed_clusters(school: School, day: dt.date) -> set[str]:
    """The folded names of the clusters in which the register has the school on `day`."""
    stays = Affiliation.objects.filter(is_on(day), school=school)
    found = stays.filter(partnership__kind=PartnershipKind.CLUSTER)
    return {fold(name) for name in found.values_list("partnership__name", flat=True)}


def _stated(stated: StatedPartnership) -> Line:
    return Line(
        key=f"{STATED}:{stated.pk}",
        name=stated.name,
        kind=stated.kind,
        since=stated.start_on,
        category=category_of(Known(stated.kind)),
        signed_on=stated.signed_on,
        what_for=stated.what_for,
    )

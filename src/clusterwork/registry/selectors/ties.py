"""The groupings that a school is or was in, who else is, and where its pupils come from and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Q, QuerySet

from clusterwork.registry.models import Affiliation, Flow, PartnershipKind, School


@dataclass(frozen=True)
class Membership:
    """One stay in one grouping, and the other schools that were in it on the day asked for.

    Of a stay that had ended by then, those who were in it when it ended.
    """

    affiliation: Affiliation
    others: tuple[School, ...]
    is_past: bool


@dataclass(frozen=True)
class Feeding:
    """Pupils who moved on between a school and others in one year, most pupils first."""

    year: int
    flows: tuple[Flow, ...]

    @property
    def pupils(self) -> int:
        """All pupils who moved on."""
        return sum(flow.pupils for flow in self.flows)


def memberships_of(school: School, *, on: date) -> list[Membership]:
    """Those that last on the day first, then past ones; later ones are left out. Two queries."""
    stays = list(
        Affiliation.objects.filter(school=school)
        .filter(Q(start_on=None) | Q(start_on__lte=on))
        .select_related("partnership", "partnership__organisation")
        .order_by(F("end_on").desc(nulls_first=True), "partnership__name")
    )
    beside = _stays_beside(stays)
    found = [
        Membership(
            stay,
            tuple(_there_on(beside[stay.partnership_id], _last_day(stay, on))),
            is_past=stay.end_on is not None and stay.end_on <= on,
        )
        for stay in stays
    ]
    return sorted(found, key=_place_in_list)


def _place_in_list(membership: Membership) -> tuple[bool, int]:
    """Lasting ones first, among them the formal before the loose."""
    kind = membership.affiliation.partnership.kind
    return membership.is_past, list(PartnershipKind.values).index(kind)


def _stays_beside(stays: Iterable[Affiliation]) -> dict[int, list[Affiliation]]:
    """The stays of other schools in the same groupings, by grouping."""
    mine = list(stays)
    rows = (
        Affiliation.objects.filter(partnership_id__in={stay.partnership_id for stay in mine})
        .exclude(school_id__in={stay.school_id for stay in mine})
        .select_related("school")
        .only("partnership", "start_on", "end_on", "school__name", "school__name_cy")
        .order_by("school__sort_key", "school_id")
    )
    beside: dict[int, list[Affiliation]] = defaultdict(list)
    for row in rows if mine else ():
        beside[row.partnership_id].append(row)
    return beside


def _last_day(stay: Affiliation, on: date) -> date:
    """The day on which to ask who else was there: `on`, or the last day of an earlier stay."""
    if stay.end_on is None or stay.end_on > on:
        return on
    return date.fromordinal(stay.end_on.toordinal() - 1)


def _there_on(stays: Iterable[Affiliation], day: date) -> list[School]:
    return [
        stay.school
        for stay in stays
        if (stay.start_on is None or stay.start_on <= day)
        and (stay.end_on is None or stay.end_on > day)
    ]


def moving_on_from(school: School, *, on: date) -> Feeding | None:
    """Where its pupils went in the latest year that had ended by the day; None where unknown."""
    return _latest(Flow.objects.filter(from_school=school).select_related("to_school"), on)


def coming_to(school: School, *, on: date) -> Feeding | None:
    """Where its pupils came from in the latest year that had ended by the day."""
    return _latest(Flow.objects.filter(to_school=school).select_related("from_school"), on)


def _latest(flows: QuerySet[Flow], on: date) -> Feeding | None:
    year = flows.filter(year__lte=on.year).aggregate(latest=Max("year"))["latest"]
    if year is None:
        return None
    return Feeding(year, tuple(flows.filter(year=year).order_by("-pupils", "id")))

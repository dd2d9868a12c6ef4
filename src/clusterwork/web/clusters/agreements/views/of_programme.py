"""The agreements of a programme's clusters in one table: in force since when, signed by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import AgreementKind, AgreementVersion, Cluster
from clusterwork.clusters.permissions import organisations_for
from clusterwork.clusters.selectors.agreements import Held, agreements_of_each
from clusterwork.clusters.selectors.clusters import names_on
from clusterwork.clusters.selectors.participations import participations_on
from clusterwork.clusters.selectors.signing import SchoolSigns, n_signed, signing_of_each
from clusterwork.clusters.states.agreement import SIGNING
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.programme.loading import framed, run
from clusterwork.web.day import Day, planned_day_of
from clusterwork.web.formats import number
from clusterwork.web.guards import signed_in

PAGE_SIZE = 50


@dataclass(frozen=True)
class Cell:
    """One kind of agreement of a cluster: what is in force and being signed, and by whom not."""

    held: Held
    version: AgreementVersion | None
    signing: list[SchoolSigns]
    is_overdue: bool

    @property
    def n_signed(self) -> tuple[int, int]:
        """How many schools have signed, of how many."""
        return n_signed(self.signing)

    @property
    def missing(self) -> list[SchoolSigns]:
        """The schools of which a signature is still to come."""
        return [each for each in self.signing if not each.has_signed]


@dataclass(frozen=True)
class Row:
    """A cluster; who has signed is known of those that the reader runs."""

    cluster: Cluster
    name: str
    is_run: bool
    cells: list[Cell]


@signed_in
@require_safe
def programme_agreements(request: HttpRequest, pk: int) -> HttpResponse:
    """Every cluster that takes part on the day, with its memorandum and its data sharing."""
    programme, day = run(request, pk), planned_day_of(request)
    clusters = [each.cluster for each in participations_on(programme, day.on)]
    held = agreements_of_each(clusters, None if day.is_today else day.on)
    page = Paginator(clusters, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **framed(request, programme, "programme_agreements", day),
        "page": page,
        "rows": _rows(request, list(page), held, day),
        "kinds": [kind.label for kind in AgreementKind],
        "lead": _lead(held.values()),
    }
    return render(request, "clusters/agreements/of_programme.html", context, using="jinja2")


def _rows(
    request: HttpRequest, clusters: list[Cluster], held: dict[int, list[Held]], day: Day
) -> list[Row]:
    run_by = set(organisations_for(person_of(request), today()).values_list("pk", flat=True))
    is_run = {each.pk: each.organisation_id in run_by for each in clusters}
    versions = [
        version
        for each in clusters
        if is_run[each.pk]
        for version in map(_to_sign, held[each.pk])
        if version
    ]
    signing = signing_of_each(versions, day.on)
    names = names_on(clusters, day.on)
    return [
        Row(
            each,
            str(names[each.pk]),
            is_run[each.pk],
            list(_cells(held[each.pk], signing, day, is_run=is_run[each.pk])),
        )
        for each in clusters
    ]


def _cells(
    held: Iterable[Held], signing: dict[int, list[SchoolSigns]], day: Day, *, is_run: bool
) -> Iterator[Cell]:
    for each in held:
        version = _to_sign(each) if is_run else None
        yield Cell(each, version, signing[version.pk] if version else [], each.is_overdue(day.on))


def _to_sign(held: Held) -> AgreementVersion | None:
    """What is being signed, else what is in force; a draft is the cluster's own."""
    if held.under_way and held.under_way.state == SIGNING and not held.under_way.varies_id:
        return held.under_way
    return held.in_force


def _lead(held: Iterable[list[Held]]) -> str:
    """How many clusters have which agreement in force."""
    listed = list(held)
    if not listed:
        return _("No cluster takes part on this day.")
    told = []
    for place, kind in enumerate(AgreementKind):
        n = sum(1 for each in listed if each[place].in_force)
        text = ngettext(
            "%(kind)s in force: %(n)s of one cluster.",
            "%(kind)s in force: %(n)s of %(all)s clusters.",
            len(listed),
        )
        told.append(text % {"kind": kind.label, "n": number(n), "all": number(len(listed))})
    return " ".join(told)

"""Schools' figures put together: the cells of the pages and files, hidden where those hide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from clusterwork.api import shapes
from clusterwork.api.keys import person_of
from clusterwork.api.paging import AskedOn, Page, page_of_list
from clusterwork.api.refusals import REFUSALS
from clusterwork.api.words import Id, Text, Year, day_or_today
from clusterwork.clusters.permissions.clusters import cluster_for
from clusterwork.clusters.permissions.reading_programmes import programme_to_see
from clusterwork.measures.models import Measure
from clusterwork.measures.rules.showing import Shown
from clusterwork.measures.rules.years import three_years, year_of
from clusterwork.measures.selectors.around import CLUSTER, PROGRAMME
from clusterwork.measures.selectors.known import Known, known_of, known_of_programme
from clusterwork.measures.selectors.measures import measures_about, measures_of
from clusterwork.measures.services.profiles import cluster_profile
from clusterwork.measures.services.programmes import programme_profile

clusters_router = Router(tags=["Totals"])
programmes_router = Router(tags=["Totals"])
Of = tuple[str, int | None, str]  # what a total is of: kind, number and name


class TotalsAsked(AskedOn):
    """Which totals; `on` leaves out figures of later days."""

    measure: Text = Field("", description="The code of the measure, such as ks2-rwm-expected.")
    year: Year | None = Field(
        None, description="The year in which the last of three school years ends."
    )


@clusters_router.get(
    "/{pk}/totals", response={200: Page[shapes.Total], **REFUSALS}, url_name="api_cluster_totals"
)
def cluster_totals(request: HttpRequest, pk: Id, asked: Query[TotalsAsked]) -> Any:
    """The cluster over three years beside its programmes, authorities and similar clusters.

    Every measure that its schools have figures of in these years; of one measure the latest three.
    """
    person, today = person_of(request), day_or_today(None)
    cluster = cluster_for(person, pk, today)
    until = day_or_today(asked.on)
    known = known_of(cluster, until)
    found = measures_about(cluster).filter(pk__in=known.latest)
    measures, years = chosen(list(found), known, asked, year_of(until))
    profile = cluster_profile(
        cluster=cluster, measures=measures, years=years, day=today, person=person
    )
    rows = [
        total_shown(of.measure, (whose.kind, whose.pk or None, str(thing or "")), cell)
        for of in profile.measures
        for whose, thing in profile.groups
        for cell in in_order(of.groups[whose])
    ]
    return page_of_list(rows, asked)


@programmes_router.get(
    "/{pk}/totals", response={200: Page[shapes.Total], **REFUSALS}, url_name="api_programme_totals"
)
def programme_totals(request: HttpRequest, pk: Id, asked: Query[TotalsAsked]) -> Any:
    """One measure of the programme over three years: each cluster, and all together.

    Without a code, the first by name of those that its schools have figures of.
    """
    programme = programme_to_see(person_of(request), pk, day_or_today(None))
    known = known_of_programme(programme, day_or_today(asked.on))
    found = measures_of([programme.organisation]).filter(pk__in=known.latest)
    measure = (found.filter(code=asked.measure) if asked.measure else found).first()
    if measure is None:
        return page_of_list([], asked)
    years = three_years(asked.year or known.latest[measure.pk])
    profile = programme_profile(programme=programme, measure=measure, years=years)
    lines: list[tuple[Of, Mapping[int, Shown]]] = [
        ((CLUSTER, each.pk, str(each)), profile.lines[each.pk]) for each in profile.clusters
    ]
    lines.append(((PROGRAMME, programme.pk, str(programme)), profile.together))
    rows = [total_shown(measure, of, cell) for of, line in lines for cell in in_order(line)]
    return page_of_list(rows, asked)


def chosen(
    found: Sequence[Measure], known: Known, asked: TotalsAsked, until: int
) -> tuple[list[Measure], tuple[int, ...]]:
    """The measures and years: of one measure its latest, of all the fullest, if none is asked."""
    if asked.measure:
        chosen = [each for each in found if each.code == asked.measure]
        latest = max((known.latest[each.pk] for each in chosen), default=until)
        return chosen, three_years(asked.year or latest)
    last = asked.year or known.fullest or until
    taken = set(known.taken(last))
    return [each for each in found if each.pk in taken], three_years(last)


def in_order(line: Mapping[int, Shown]) -> Iterator[Shown]:
    """The cells of a line by year."""
    return (line[year] for year in sorted(line))


def total_shown(measure: Measure, of: Of, cell: Shown) -> shapes.Total:
    """A cell as the API hands it out; the value as the pages round it."""
    rolled = cell.rolled
    kind, pk, name = of
    return shapes.Total(
        measure_id=measure.pk,
        measure_code=measure.code,
        unit=measure.unit,
        counts=measure.counts,
        of=kind,
        of_id=pk,
        of_name=name,
        year=cell.year,
        value=rounded(cell.value, measure.decimals),
        symbol=cell.symbol,
        put_together=rolled.by.value if rolled else "",
        denominator=rolled.denominator if rolled else None,
        schools_in=rolled.n_in if rolled else 0,
        schools=rolled.n_schools if rolled else 0,
    )


def rounded(value: Decimal | None, decimals: int) -> float | None:
    """The value to so many decimals, halves to the even one as on the pages."""
    return None if value is None else float(round(value, decimals))

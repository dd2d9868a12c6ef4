"""Measures, and those figures of schools that the one who asks may see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from clusterwork.api import shapes
from clusterwork.api.keys import person_of
from clusterwork.api.paging import Asked, Page, page_of
from clusterwork.api.refusals import REFUSALS
from clusterwork.api.words import Day, Id, Number, Text, day_or_today
from clusterwork.clusters.permissions.clusters import cluster_for
from clusterwork.clusters.selectors.memberships import school_ids_in
from clusterwork.kernel.disclosure import symbol_of
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Figure, Measure
from clusterwork.measures.permissions.catalogue_seen import measures_seen_by
from clusterwork.measures.permissions.showing import figures_shown_to
from clusterwork.measures.selectors.figures import current_figures

router = Router(tags=["Figures"])
measures_router = Router(tags=["Measures"])


class MeasuresAsked(Asked):
    """Which measures."""

    code: Text = Field("", description="The code of the measure, such as ks2-rwm-expected.")


@measures_router.get("", response={200: Page[shapes.Measure], **REFUSALS}, url_name="api_measures")
def measures(request: HttpRequest, asked: Query[MeasuresAsked]) -> Any:
    """The measures that ship, and those of your organisations."""
    found = measures_seen_by(person_of(request), day_or_today(None))
    if asked.code:
        found = found.filter(code=asked.code)
    return page_of(found, asked, measure_shown)


@measures_router.get("/{pk}", response={200: shapes.Measure, **REFUSALS}, url_name="api_measure")
def measure(request: HttpRequest, pk: Id) -> Any:
    """One measure."""
    found = measures_seen_by(person_of(request), day_or_today(None)).filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such measure.")))
    return measure_shown(found)


class FiguresAsked(Asked):
    """Which figures; each as it stands now, after its corrections."""

    school: Number | None = None
    measure: Text = Field("", description="The code of the measure, such as ks2-rwm-expected.")
    cluster: Number | None = Field(
        None, description="Of the schools that are in the cluster on the last day asked for."
    )
    group: Text = Field("", description="The code of the group, such as all.")
    since: Day | None = Field(None, description="Figures of this day or later.")
    until: Day | None = Field(None, description="Figures of this day or earlier; else of today.")


@router.get("", response={200: Page[shapes.Figure], **REFUSALS}, url_name="api_figures")
def figures(request: HttpRequest, asked: Query[FiguresAsked]) -> Any:
    """Figures of schools: the published ones, those of your school, those released to you."""
    person, until = person_of(request), day_or_today(asked.until)
    seen = figures_shown_to(person, day_or_today(None))
    found = current_figures().filter(seen, school__isnull=False, on__lte=until)
    narrow: dict[str, Any] = {
        "school": asked.school,
        "measure__code": asked.measure,
        "group": asked.group,
        "on__gte": asked.since,
    }
    if asked.cluster is not None:
        cluster = cluster_for(person, asked.cluster, day_or_today(None))
        narrow["school__in"] = [pk for pk in school_ids_in(cluster, until) if pk]
    found = found.filter(
        **{name: value for name, value in narrow.items() if value not in ("", None)}
    )
    chain = found.select_related("measure", "school").order_by("pk")
    return page_of(chain, asked, figure_shown)


def measure_shown(row: Measure) -> shapes.Measure:
    """A measure as the API hands it out."""
    return shapes.Measure(**{name: getattr(row, name) for name in shapes.Measure.model_fields})


def figure_shown(row: Figure) -> shapes.Figure:
    """A figure as the API hands it out."""
    school = row.school
    assert school is not None  # noqa: S101 - only schools' figures are asked for
    own = {name: getattr(row, name) for name in OWN}
    return shapes.Figure(
        **own,
        value=None if row.value is None else float(row.value),
        measure_code=row.measure.code,
        urn=school.urn,
        welsh_number=school.welsh_number,
        school_name=school.name,
        symbol=symbol_of(row.code) if row.code else "",
    )


OWN = (
    "id", "measure_id", "school_id", "group", "on", "code", "denominator", "numerator", "source",
    "published_as", "is_public", "entered_at",
)  # fmt: skip

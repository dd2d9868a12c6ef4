"""Clusters' plans for those who may open them: what they hold, and the papers made of them."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import AfterValidator, Field

from clusterwork.api import shapes
from clusterwork.api.keys import person_of
from clusterwork.api.paging import Asked, Page, page_of
from clusterwork.api.refusals import REFUSALS
from clusterwork.api.words import NO_NULL, Id, PlanState, day_or_today, plain
from clusterwork.clusters.permissions.deciding import is_inside
from clusterwork.documents import as_plain
from clusterwork.plans.models import Plan
from clusterwork.plans.papers import audience_of, paper_for, papers_of
from clusterwork.plans.permissions.plans import cluster_to_read_plans_of, plan_for, plans_to_open
from clusterwork.plans.selectors.papers import facts_of

clusters_router = Router(tags=["Plans"])
router = Router(tags=["Plans"])
Audience = Annotated[
    str,
    Path(description="For whom, as the list of papers says: plan, governors, school:123456, …"),
    Field(max_length=300, json_schema_extra=NO_NULL),
    AfterValidator(plain),
]


class PlansAsked(Asked):
    """Which plans."""

    state: PlanState | None = None


@clusters_router.get(
    "/{pk}/plans", response={200: Page[shapes.Plan], **REFUSALS}, url_name="api_cluster_plans"
)
def cluster_plans(request: HttpRequest, pk: Id, asked: Query[PlansAsked]) -> Any:
    """The cluster's plans that you may open, the latest first."""
    person, day = person_of(request), day_or_today(None)
    cluster = cluster_to_read_plans_of(person, pk, day)
    found = plans_to_open(cluster, inside=is_inside(person, cluster, day))
    if asked.state:
        found = found.filter(state=asked.state)
    return page_of(found, asked, plan_shown)


@router.get("/{pk}", response={200: shapes.WholePlan, **REFUSALS}, url_name="api_plan")
def plan(request: HttpRequest, pk: Id) -> Any:
    """One plan with all its parts: as it was sent in, else as it stands."""
    day = day_or_today(None)
    found = plan_for(person_of(request), pk, day)
    facts = facts_of(found, day)
    return {**plan_shown(found).dict(), "version": facts.stamp.version, "content": facts.content}


@router.get("/{pk}/papers", response={200: list[shapes.Paper], **REFUSALS}, url_name="api_papers")
def papers(request: HttpRequest, pk: Id) -> Any:
    """The papers that can be made of the plan, and for whom."""
    day = day_or_today(None)
    found = papers_of(facts_of(plan_for(person_of(request), pk, day), day).content)
    return [{"audience": each.address, "kind": each.kind, "name": each.name} for each in found]


@router.get(
    "/{pk}/papers/{audience}",
    response={200: shapes.Document, **REFUSALS},
    url_name="api_paper",
)
def paper(request: HttpRequest, pk: Id, audience: Audience) -> Any:
    """One paper: what `clusterwork plans export --format json` writes."""
    day = day_or_today(None)
    facts = facts_of(plan_for(person_of(request), pk, day), day)
    return as_plain(paper_for(facts.content, audience_of(facts.content, audience), facts.stamp))


def plan_shown(row: Plan) -> shapes.Plan:
    """A plan as the API hands it out."""
    own = {name: getattr(row, name) for name in OWN}
    return shapes.Plan(**own, cluster_name=row.cluster.shown_name)


OWN = tuple(name for name in shapes.Plan.model_fields if name != "cluster_name")

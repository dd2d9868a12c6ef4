"""What clusters decide: all of it for their own people, what is shared for their officers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from clusterwork.api import shapes
from clusterwork.api.keys import person_of
from clusterwork.api.paging import AskedOn, Page, page_of_list
from clusterwork.api.refusals import REFUSALS
from clusterwork.api.words import DecisionAbout, DecisionState, Id, day_or_today
from clusterwork.clusters.models import Decision
from clusterwork.clusters.permissions import cluster_for, may_run_cluster
from clusterwork.clusters.permissions.deciding import decision_for, decisions_shown, is_inside
from clusterwork.clusters.selectors.decisions import SchoolsPart, day_of_voters, parts_in
from clusterwork.clusters.states.decision import OPEN
from clusterwork.registry.models import School

clusters_router = Router(tags=["Decisions"])
router = Router(tags=["Decisions"])


class DecisionsAsked(AskedOn):
    """Which decisions: those proposed up to the day, with their states on it."""

    state: DecisionState | None = Field(None, description="The state on the day.")
    about: DecisionAbout | None = None


@clusters_router.get(
    "/{pk}/decisions",
    response={200: Page[shapes.Decision], **REFUSALS},
    url_name="api_cluster_decisions",
)
def cluster_decisions(request: HttpRequest, pk: Id, asked: Query[DecisionsAsked]) -> Any:
    """What the cluster has decided and what is open, as far as you are shown it, latest first."""
    person, today = person_of(request), day_or_today(None)
    cluster = cluster_for(person, pk, today)
    inside, runs = is_inside(person, cluster, today), may_run_cluster(person, cluster, today)
    every = decisions_shown(cluster, day_or_today(asked.on), inside=inside, runs=runs)
    rows = [
        decision_shown(each.decision, each.state)
        for each in every
        if asked.state in (None, each.state) and asked.about in (None, each.decision.about)
    ]
    return page_of_list(rows, asked)


@router.get("/{pk}", response={200: shapes.WholeDecision, **REFUSALS}, url_name="api_decision")
def decision(request: HttpRequest, pk: Id) -> Any:
    """One decision: what was proposed, who was there for each school, and what it said."""
    day = day_or_today(None)
    found = decision_for(person_of(request), pk, day)
    parts = parts_in(found, day_of_voters(found, day))
    return {
        **decision_shown(found, found.state).dict(),
        "text": found.text,
        "chair_school": _name(found.chair_school),
        "rule": found.rule or None,
        "schools": [part_shown(each) for each in parts],
    }


def decision_shown(row: Decision, state: str) -> shapes.Decision:
    """A decision as the API hands it out; nothing is counted while it is open."""
    counted = row.counted if state != OPEN else {}
    return shapes.Decision(
        id=row.pk,
        cluster_id=row.cluster_id,
        cluster_name=row.cluster.shown_name,
        group=str(row.group or ""),
        about=row.about,
        title=row.title,
        amends_id=row.amends_id,
        proposed_school=_name(row.proposed_school),
        proposed_name=row.proposed_name,
        proposed_on=row.proposed_on,
        vote_by=row.vote_by,
        state=state,
        decided_on=row.decided_on if state != OPEN else None,
        is_shared=row.shared_at is not None,
        agree=counted.get("agree"),
        abstain=counted.get("abstain"),
        object=counted.get("object"),
        because=counted.get("reason", ""),
    )


def part_shown(each: SchoolsPart) -> shapes.SchoolsPart:
    """A school's part in a decision."""
    presence, vote = each.presence, each.vote
    return shapes.SchoolsPart(
        school_id=each.school.pk,
        urn=each.school.urn,
        welsh_number=each.school.welsh_number,
        school_name=each.school.name,
        has_vote=each.has_vote,
        present_by=presence.by if presence else "",
        present_name=presence.name if presence else "",
        answer=vote.answer if vote else "",
        reason=vote.reason if vote else "",
        said_by=vote.by_name if vote else "",
    )


def _name(school: School | None) -> str:
    return school.name if school else ""

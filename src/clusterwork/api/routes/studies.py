"""Studies for those who work on them, and the results that were shown to their readers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from clusterwork.api import shapes
from clusterwork.api.keys import person_of
from clusterwork.api.paging import Asked, Page, page_of
from clusterwork.api.refusals import REFUSALS
from clusterwork.api.words import Id, Number, day_or_today
from clusterwork.evaluation.permissions.studies import (
    analysis_to_read,
    may_work_on,
    study_to_read,
)
from clusterwork.evaluation.selectors.exports import exported
from clusterwork.evaluation.selectors.results import results_of
from clusterwork.evaluation.selectors.studies import Standing, analyses_of, studies_listed
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message

router = Router(tags=["Studies"])
analyses_router = Router(tags=["Studies"])


class StudiesAsked(Asked):
    """Which studies."""

    programme: Number | None = None


@router.get("", response={200: Page[shapes.Study], **REFUSALS}, url_name="api_studies")
def studies(request: HttpRequest, asked: Query[StudiesAsked]) -> Any:
    """The studies that you may open, the newest first."""
    found = studies_listed(person_of(request), day_or_today(None), asked.programme)
    return page_of(found, asked, study_shown)


@router.get("/{pk}", response={200: shapes.WholeStudy, **REFUSALS}, url_name="api_study")
def study(request: HttpRequest, pk: Id) -> Any:
    """One study, with the analyses that you may open and where they stand."""
    person, day = person_of(request), day_or_today(None)
    found = study_to_read(person, pk, day)
    row = studies_listed(person, day).get(pk=found.pk)
    standing = analyses_of(found, works=may_work_on(person, found, day))
    return {**study_shown(row).dict(), "analyses": [analysis_shown(each) for each in standing]}


@analyses_router.get(
    "/{pk}/result", response={200: shapes.Result, **REFUSALS}, url_name="api_result"
)
def result(request: HttpRequest, pk: Id) -> Any:
    """What an analysis found: the sentences, the numbers, and everything shown beside them."""
    person, day = person_of(request), day_or_today(None)
    analysis = analysis_to_read(person, pk, day)
    works = may_work_on(person, analysis.study, day)
    told = exported(results_of(analysis, works=works), works=works)
    if told is None:
        raise NotThere(
            Message(N_("There is no result of this analysis yet.")),
            next_step=Message(N_("Open the analysis to see where it stands.")),
        )
    return told


def study_shown(row: Any) -> shapes.Study:
    """A study as the API hands it out; the row is one of `studies_listed`."""
    own = {name: getattr(row, name) for name in OWN}
    return shapes.Study(**own, programme_name=row.programme.name)


def analysis_shown(each: Standing) -> shapes.Analysis:
    """An analysis as the API hands it out; with a result, what that result is of."""
    analysis, planned = each.analysis, each.plan or each.analysis
    return shapes.Analysis(
        id=analysis.pk,
        measure_id=each.measure.pk if each.measure else None,
        cluster_id=each.cluster.pk if each.cluster else None,
        group=planned.group,
        first_year=planned.first_year,
        last_year=planned.last_year,
        state=analysis.state,
        has_result=each.result is not None,
        is_shown=analysis.shared_at is not None,
    )


OWN = tuple(name for name in shapes.Study.model_fields if name != "programme_name")

"""The answers checked and registered; changed openly later; the result asked for."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.evaluation.models import Analysis, Registration, Run
from clusterwork.evaluation.rules.plan import AnalysisPlan, differences, read
from clusterwork.evaluation.selectors.plans import (
    is_result_known,
    last_registration,
    look_for,
    plan_of,
)
from clusterwork.evaluation.services.registering import (
    ReasonMissing,
    drop_change,
    open_change,
    register,
)
from clusterwork.web.clusters.asking import today
from clusterwork.web.clusters.refusing import done_or_told
from clusterwork.web.evaluation.plan_words import PlanRow, field_name, plan_rows
from clusterwork.web.evaluation.planning.forms import BecauseForm
from clusterwork.web.evaluation.planning.loading import (
    BACK,
    asked,
    not_chosen,
    not_open,
    opened,
    step_page,
)
from clusterwork.web.evaluation.planning.shown.looks import look_shown
from clusterwork.web.evaluation.planning.shown.reach import IN_STANDARD_DEVIATIONS
from clusterwork.web.evaluation.planning.shown.registrations import turns_between
from clusterwork.web.guards import only, signed_in
from clusterwork.web.measures.forms.figures import done_at_its_field

PAGES = {
    "measure": "analysis_outcome",
    "cluster": "analysis_outcome",
    "group": "analysis_years",
    "years": "analysis_years",
    "comparison": "analysis_comparison",
    "where": "analysis_comparison",
    "neighbours": "analysis_comparison",
    "alike_by": "analysis_comparison",
    "reached": "analysis_reach",
    "expected": "analysis_reach",
    "pupils_sd": "analysis_reach",
    "too_early_before": "analysis_reach",
    "alternatives": "analysis_alternatives",
    "placebo": "analysis_alternatives",
}
YEARS = {"first_year", "last_year"}


@dataclass(frozen=True)
class Answer:
    """A choice with the page that changes it; `is_changed` since it was registered."""

    row: PlanRow
    address: str
    is_changed: bool


@signed_in
@only("GET", "HEAD", "POST")
def analysis_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Every choice with a link to change it, and the button that registers."""
    analysis = opened(request, pk)
    if closed := not_open(request, analysis) or not_chosen(request, analysis):
        return closed
    plan = plan_of(analysis)
    assert plan is not None  # noqa: S101 - `not_chosen` has seen to it
    last = last_registration(analysis)
    form = BecauseForm(request.POST or None) if last else None
    if request.method == "POST" and (form is None or form.is_valid()):
        if made := _registered(request, pk, form):
            return redirect("analysis_registered", made.analysis_id)
        if form is None:
            return redirect("analysis_check", pk)
    look = look_for(analysis)
    done = look is not None and look.state == Run.State.DONE
    return step_page(
        request, analysis, "check", form=form, last=last,
        answers=_answers(analysis, plan, last),
        turns=turns_between(read(last.plan), plan) if last else [],
        shown=look_shown(look, analysis) if look and done else None,
        is_ready=done and plan.too_early_before is not None,
        is_result_known=is_result_known(analysis),
    )  # fmt: skip


def _registered(request: HttpRequest, pk: int, form: BecauseForm | None) -> Registration | None:
    if form is None:
        return done_or_told(request, lambda: register(**asked(request, pk), now=timezone.now()))
    made: Registration | None = done_at_its_field(
        form,
        lambda: register(**asked(request, pk), now=timezone.now(), **form.cleaned_data),
        ((ReasonMissing, "because"),),
    )
    return made


def _answers(analysis: Analysis, plan: AnalysisPlan, last: Registration | None) -> list[Answer]:
    changed = set(differences(read(last.plan), plan)) if last else set()
    if changed & YEARS:
        changed.add("years")
    return [
        Answer(
            row,
            f"{reverse(PAGES[row.field], args=[analysis.pk])}?{BACK}=check",
            row.field in changed,
        )
        for row in _rows(plan)
        if row.field in PAGES
    ]


def _rows(plan: AnalysisPlan) -> list[PlanRow]:
    """What is asked of such a measure; that there are no alternatives is an answer too."""
    rows = plan_rows(plan)
    if plan.scale not in IN_STANDARD_DEVIATIONS:
        rows = [row for row in rows if row.field != "pupils_sd"]
    if not plan.alternatives:
        rows.append(PlanRow("alternatives", field_name("alternatives"), _("None")))
    return rows


@signed_in
@require_safe
def analysis_registered(request: HttpRequest, pk: int) -> HttpResponse:
    """That it is registered, and what happens next."""
    analysis = opened(request, pk)
    last = last_registration(analysis)
    if last is None:
        return redirect("analysis", pk)
    early = read(last.plan).too_early_day
    return step_page(
        request, analysis, "registered", last=last, too_early_day=early,
        is_too_early=early is not None and today() < early,
    )  # fmt: skip


@signed_in
@only("GET", "HEAD", "POST")
def analysis_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what changing means; with its button the plan may be written again."""
    analysis = opened(request, pk)
    if request.method == "POST":
        done_or_told(request, lambda: open_change(**asked(request, pk)))
        return redirect("analysis", pk)
    if analysis.state != Analysis.State.REGISTERED:
        return redirect("analysis", pk)
    return step_page(request, analysis, "change", is_result_known=is_result_known(analysis))


@signed_in
@only("POST")
def analysis_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as it was registered."""
    opened(request, pk)
    done_or_told(request, lambda: drop_change(**asked(request, pk)))
    return redirect("analysis", pk)

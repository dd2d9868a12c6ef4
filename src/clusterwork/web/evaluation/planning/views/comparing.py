"""What the clusters are held against, and which other choices are run beside it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clusterwork.evaluation.models import Analysis, Run
from clusterwork.evaluation.selectors.choices import (
    alternatives_fitting,
    comparisons_possible,
    placebos_offered,
)
from clusterwork.evaluation.selectors.groups import starts_of
from clusterwork.evaluation.selectors.plans import look_for
from clusterwork.evaluation.services.planning import choose_alternatives, choose_comparison
from clusterwork.evaluation.services.planning_checks import (
    ComparisonImpossible,
    NobodyToCompareWith,
)
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.evaluation.planning.forms import AlternativesForm, ComparisonForm
from clusterwork.web.evaluation.planning.loading import (
    BACK,
    after_step,
    asked,
    not_chosen,
    not_open,
    opened,
    step_page,
)
from clusterwork.web.evaluation.planning.shown.comparisons import (
    alternative_hints,
    comparison_hints,
)
from clusterwork.web.evaluation.planning.shown.looks import look_shown
from clusterwork.web.guards import only, signed_in
from clusterwork.web.measures.forms.figures import done_at_its_field


@signed_in
@only("GET", "HEAD", "POST")
def analysis_comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """The choice, with how alike both sides are once somebody has looked."""
    analysis = opened(request, pk)
    if closed := not_open(request, analysis) or not_chosen(request, analysis):
        return closed
    possible = comparisons_possible(analysis, starts_of(analysis.study.programme))
    initial = {
        name: getattr(analysis, name) for name in ("comparison", "where", "neighbours", "alike_by")
    }
    form = ComparisonForm(request.POST or None, initial=initial, possible=possible)
    if form.is_valid():
        chosen = done_at_its_field(
            form,
            lambda: choose_comparison(**asked(request, pk), **form.cleaned_data),
            ((NobodyToCompareWith, "comparison"), (ComparisonImpossible, "alike_by")),
        )
        if chosen:
            return _after_comparison(request, chosen)
    look = look_for(analysis)
    return step_page(
        request, analysis, "comparison", form=form, hints=comparison_hints(), possible=possible,
        shown=look_shown(look, analysis) if look and look.state == Run.State.DONE else None,
    )  # fmt: skip


def _after_comparison(request: HttpRequest, analysis: Analysis) -> HttpResponse:
    """To the look where the last one no longer holds."""
    looked = analysis.runs.filter(kind=Run.Kind.POWER).exists()
    if looked and look_for(analysis) is None and not request.GET.get(BACK):
        return redirect("analysis_power", analysis.pk)
    return after_step(request, analysis)


@signed_in
@only("GET", "HEAD", "POST")
def analysis_alternatives(request: HttpRequest, pk: int) -> HttpResponse:
    """Choices that are said before the result, so that none can be picked for it."""
    analysis = opened(request, pk)
    if closed := not_open(request, analysis) or not_chosen(request, analysis):
        return closed
    fitting = alternatives_fitting(analysis, starts_of(analysis.study.programme))
    initial = {"alternatives": analysis.alternatives, "placebo_pk": analysis.placebo_id}
    placebos = list(placebos_offered(analysis, person_of(request), today()))
    form = AlternativesForm(
        request.POST or None, initial=initial, fitting=fitting, placebos=placebos
    )
    if form.is_valid():
        chosen = done_at_its_field(
            form, lambda: choose_alternatives(**asked(request, pk), **form.cleaned_data), ()
        )
        if chosen:
            return after_step(request, analysis)
    return step_page(
        request, analysis, "alternatives", form=form, fitting=fitting, hints=alternative_hints(),
        placebos=placebos, none_fit=_("Nothing that differs from the plan can be offered."),
    )  # fmt: skip

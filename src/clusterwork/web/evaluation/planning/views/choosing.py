"""Which results, whose and when; and whom the work reaches."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.evaluation.models import Analysis
from clusterwork.evaluation.rules.choices import ReachImpossible, TooEarlyDay, YearsTurned
from clusterwork.evaluation.selectors.choices import (
    groups_offered,
    measures_offered,
    measures_to_choose,
    offer_for,
    too_early_for,
)
from clusterwork.evaluation.selectors.groups import starts_of
from clusterwork.evaluation.selectors.plans import scale_of
from clusterwork.evaluation.services.planning import choose_outcome, choose_reach
from clusterwork.measures.models import Breakdown, Measure
from clusterwork.measures.models.measure import ALL
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.evaluation.planning.forms import OutcomeForm, ReachForm, YearsForm
from clusterwork.web.evaluation.planning.loading import (
    BACK,
    after_step,
    asked,
    not_chosen,
    not_open,
    opened,
    step_page,
)
from clusterwork.web.evaluation.planning.shown.reach import (
    IN_STANDARD_DEVIATIONS,
    expected_hint,
    too_early_hint,
)
from clusterwork.web.guards import only, signed_in
from clusterwork.web.measures.forms.figures import done_at_its_field


@signed_in
@only("GET", "HEAD", "POST")
def analysis_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Which measure, in which clusters; its pupils and years are asked next."""
    analysis = opened(request, pk)
    if closed := not_open(request, analysis):
        return closed
    offer = offer_for(analysis, person_of(request), today())
    measures = list(measures_to_choose(offer))
    initial = {"measure": analysis.measure_id or "", "cluster": analysis.cluster_id or ""}
    form = OutcomeForm(
        request.POST or None, initial=initial, measures=measures, starts=offer.starts
    )
    if form.is_valid() and _fits(request, analysis, form):
        return redirect(_to_years(request, pk, form))
    return step_page(
        request, analysis, "outcome", form=form, measures=measures, starts=offer.starts
    )


def _fits(request: HttpRequest, analysis: Analysis, form: OutcomeForm) -> bool:
    """Whether the measure has figures on both sides of the start of the clusters chosen."""
    offer = offer_for(analysis, person_of(request), today(), form.cluster_pk)
    if measures_offered(offer).filter(pk=form.cleaned_data["measure"]).exists():
        return True
    form.add_error(
        "measure",
        _(
            "These clusters’ schools have no figures of it from before their first start, or none "
            "from after it. Choose another measure, or a cluster that started within its years."
        ),
    )
    return False


def _to_years(request: HttpRequest, pk: int, form: OutcomeForm) -> str:
    kept = {"measure": form.cleaned_data["measure"], "cluster": form.cleaned_data["cluster"]}
    if request.GET.get(BACK):
        kept[BACK] = request.GET[BACK]
    return f"{reverse('analysis_years', args=[pk])}?{urlencode(kept)}"


@signed_in
@only("GET", "HEAD", "POST")
def analysis_years(request: HttpRequest, pk: int) -> HttpResponse:
    """Of which pupils and over which school years; with that the results are chosen."""
    analysis = opened(request, pk)
    if closed := not_open(request, analysis):
        return closed
    measure_pk, cluster_pk = _asked_for(request, analysis)
    offer = offer_for(analysis, person_of(request), today(), cluster_pk)
    measure = measures_offered(offer).filter(pk=measure_pk).first() if measure_pk else None
    if measure is None:
        return _to_outcome(request, pk)
    groups = groups_offered(offer, measure)
    years = sorted({y for each in groups for y in offer.ground(measure.pk, each.code).years})
    form = YearsForm(
        request.POST or None, groups=groups, years=years,
        initial=_usual_years(analysis, measure, groups, years),
    )  # fmt: skip
    if form.is_valid():
        chosen = done_at_its_field(
            form,
            lambda: choose_outcome(
                **asked(request, pk), measure_pk=measure.pk, cluster_pk=cluster_pk,
                **form.cleaned_data,
            ),
            ((YearsTurned, "last_year"),),
        )  # fmt: skip
        if chosen:
            return after_step(request, analysis)
    counted = [
        (y, [offer.ground(measure.pk, g.code).years.get(y, 0) for g in groups]) for y in years
    ]
    return step_page(
        request, analysis, "years", form=form, measure=measure, groups=groups, counted=counted,
        starts=offer.starts,
    )  # fmt: skip


def _asked_for(request: HttpRequest, analysis: Analysis) -> tuple[int | None, int | None]:
    """The measure and the cluster of the page before, else those of the plan."""
    if "measure" not in request.GET:
        return analysis.measure_id, analysis.cluster_id
    return _number(request, "measure"), _number(request, "cluster")


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else None


def _to_outcome(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    messages.warning(request, _("Choose first which results should have changed."))
    return redirect("analysis_outcome", pk)


def _usual_years(
    analysis: Analysis, measure: Measure, groups: list[Breakdown], years: list[int]
) -> dict[str, Any]:
    """What the plan says; else all pupils over all years."""
    if analysis.measure_id == measure.pk and analysis.first_year:
        return {
            "group": analysis.group,
            "first_year": analysis.first_year,
            "last_year": analysis.last_year,
        }
    codes = [each.code for each in groups]
    group = ALL if ALL in codes else codes[0]
    return {"group": group, "first_year": years[0], "last_year": years[-1]}


@signed_in
@only("GET", "HEAD", "POST")
def analysis_reach(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the work reaches, what they are hoped to gain, and when it can be judged."""
    analysis = opened(request, pk)
    if closed := not_open(request, analysis) or not_chosen(request, analysis):
        return closed
    measure = analysis.measure
    assert measure is not None  # noqa: S101 - `not_chosen` has seen to it
    usual = too_early_for(analysis, starts_of(analysis.study.programme))
    initial = {
        "reached": f"{analysis.reached * 100:g}",
        "expected": analysis.expected,
        "pupils_sd": analysis.pupils_sd,
        "too_early_before": analysis.too_early_before or (usual.day if usual else None),
    }
    form = ReachForm(request.POST or None, initial=initial)
    form.fields["expected"].help_text = expected_hint(measure)
    form.fields["too_early_before"].help_text = too_early_hint(analysis, usual)
    if scale_of(measure) not in IN_STANDARD_DEVIATIONS:
        del form.fields["pupils_sd"]
    if form.is_valid():
        chosen = done_at_its_field(
            form,
            lambda: choose_reach(**asked(request, pk), **form.facts),
            ((TooEarlyDay, "too_early_before"), (ReachImpossible, "reached")),
        )
        if chosen:
            return after_step(request, analysis)
    return step_page(request, analysis, "reach", form=form, measure=measure)

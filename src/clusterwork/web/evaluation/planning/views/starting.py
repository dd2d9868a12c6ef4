"""Starting a study, changing what it asks, and adding an analysis."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Programme
from clusterwork.clusters.permissions import organisations_for
from clusterwork.clusters.permissions.reading_programmes import programme_to_see
from clusterwork.evaluation.models import Study
from clusterwork.evaluation.permissions.studies import study_to_work_on
from clusterwork.evaluation.services.studies import (
    TitleMissing,
    TitleTaken,
    add_analysis,
    change_question,
    start_study,
)
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.evaluation.frame import step_frame, to_studies
from clusterwork.web.evaluation.planning.forms import QuestionForm, StartForm
from clusterwork.web.evaluation.planning.loading import BACK
from clusterwork.web.guards import needs_role, only, signed_in
from clusterwork.web.measures.forms.figures import done_at_its_field

AT_TITLE = (((TitleMissing, TitleTaken), "title"),)


@signed_in
@require_safe
def programme_studies(request: HttpRequest, pk: int) -> HttpResponse:
    """From a programme's pages to the list of its studies."""
    programme = programme_to_see(person_of(request), pk, today())
    return redirect(f"{reverse('studies')}?programme={programme.pk}")


@needs_role(Role.Kind.PROGRAMME_OFFICER)
@only("GET", "HEAD", "POST")
def study_new(request: HttpRequest) -> HttpResponse:
    """Which programme, which question; the first analysis follows."""
    person, day = person_of(request), today()
    mine = Programme.objects.filter(organisation__in=organisations_for(person, day))
    form = StartForm(
        request.POST or None, programmes=list(mine), chosen=request.GET.get("programme", "")
    )
    if form.is_valid():
        data = form.cleaned_data
        study = done_at_its_field(
            form,
            lambda: start_study(
                person=person,
                day=day,
                now=timezone.now(),
                programme_pk=int(data["programme"]),
                title=data["title"],
                question=data["question"],
            ),
            AT_TITLE,
        )
        if study:
            return redirect("analysis", study.analyses.get().pk)
    context = {
        "form": form,
        "question": _("Start a study"),
        "lead": _(
            "A study asks whether a programme helped. You say first what you will look at, see "
            "what could be known, and only then see a result."
        ),
        "send": _("Continue"),
        "trail_items": to_studies(),
        "seen_by_words": _("programme officers"),
    }
    return render(request, "evaluation/planning/question.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def study_question(request: HttpRequest, pk: int) -> HttpResponse:
    """The title and the question in other words."""
    study = study_to_work_on(person_of(request), pk, today())
    initial = {"title": study.title, "question": study.question}
    form = QuestionForm(request.POST or None, initial=initial)
    if form.is_valid():
        changed = done_at_its_field(
            form,
            lambda: change_question(
                person=person_of(request), day=today(), pk=pk, **form.cleaned_data
            ),
            AT_TITLE,
        )
        if changed:
            return redirect(_where_from(request, study))
    context = {
        **step_frame(study),
        "form": form,
        "question": _("The question"),
        "send": _("Save"),
    }
    return render(request, "evaluation/planning/question.html", context, using="jinja2")


def _where_from(request: HttpRequest, study: Study) -> str:
    """The analysis from which somebody came, or its answers; else the study."""
    given = request.GET.get("analysis", "")
    known = {str(pk) for pk in study.analyses.values_list("pk", flat=True)}
    if given not in known:
        return reverse("study", args=[study.pk])
    name = "analysis_check" if request.GET.get(BACK) == "check" else "analysis"
    return reverse(name, args=[int(given)])


@signed_in
@only("GET", "HEAD", "POST")
def analysis_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Another analysis of the study; a page with its button says what one is."""
    study = study_to_work_on(person_of(request), pk, today())
    if request.method == "POST":
        made = add_analysis(person=person_of(request), day=today(), now=timezone.now(), study_pk=pk)
        return redirect("analysis", made.pk)
    context = step_frame(study)
    return render(request, "evaluation/planning/analysis_new.html", context, using="jinja2")

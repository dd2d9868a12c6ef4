"""One figure: where it comes from, what it was before, what the school says of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.accounts.permissions import may_prepare_for
from clusterwork.accounts.permissions.register import may_keep
from clusterwork.clusters.permissions.clusters import may_work_in
from clusterwork.measures.models import Figure, FigureComment, Origin
from clusterwork.measures.permissions.authorities import may_see_authority
from clusterwork.measures.permissions.entering import figure_to_correct, may_enter_for
from clusterwork.measures.permissions.showing import figures_shown_to, shown_figure
from clusterwork.measures.selectors.figures import earlier_versions
from clusterwork.measures.services.comments import comment_on_figure
from clusterwork.measures.services.figures import correct_figure
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import only, signed_in
from clusterwork.web.measures.forms.figures import CommentForm, CorrectForm, done_at_its_field
from clusterwork.web.measures.frame import seen_by_the_school, to_measures
from clusterwork.web.measures.subjects import SCHOOL, kind_of
from clusterwork.web.measures.words import figure_shown, unit_shown, when_shown, words


@signed_in
@only("GET", "HEAD", "POST")
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is known of one figure; the school's people comment on it here."""
    found = shown_figure(person_of(request), pk, today())
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        who: dict[str, Any] = {"person": person_of(request), "day": today(), "now": timezone.now()}
        done_or_said(form, "words", lambda: comment_on_figure(**who, pk=pk, **form.cleaned_data))
        if not form.errors:
            messages.success(request, _("Your comment stands beside the figure."))
            return redirect("figure", pk=pk)
    return shown(request, found, form)


def shown(request: HttpRequest, found: Figure, form: CommentForm) -> HttpResponse:
    """The page of a figure."""
    earlier = earlier_seen(request, found)
    told = [found, *earlier]
    names = words()
    comments = FigureComment.objects.filter(figure__in=told).select_related("by", "figure")
    context = {
        "figure": found,
        "earlier": list(zip(earlier, told, strict=False)),
        "later": Figure.objects.filter(replaces=found).first(),
        "comments": list(comments),
        "form": form,
        "words": names,
        "may_correct": may_correct(request, found),
        "may_comment": may_comment(request, found),
        "names_people": may_enter(request, found),
        "figure_shown": figure_shown,
        "unit_shown": unit_shown,
        "when_shown": when_shown,
        "trail_items": trail_to(request, found),
        "seen_by_words": seen_by_the_school() if found.school_id else seen_by_roles(),
    }
    return render(request, "measures/figure/figure.html", context, using="jinja2")


def earlier_seen(request: HttpRequest, found: Figure) -> list[Figure]:
    """What it replaced, the latest first, as far as the reader may see it."""
    earlier = earlier_versions(found)
    seen = Figure.objects.filter(
        figures_shown_to(person_of(request), today()), pk__in=[each.pk for each in earlier]
    )
    ids = set(seen.values_list("pk", flat=True)) if earlier else set()
    return [each for each in earlier if each.pk in ids]


def trail_to(request: HttpRequest, found: Figure) -> list[dict[str, Any]]:
    """The way to what the figure is of; that to an authority only for those who may open it."""
    kind = kind_of(found)
    if found.authority and not may_see_authority(person_of(request), found.authority, today()):
        return to_measures()
    steps = kind.trail_to(found.subject)
    if kind is not SCHOOL:
        return steps
    address = reverse("school_measure", args=[found.school_id, found.measure_id])
    return [*steps, {"text": str(found.measure), "href": address}]


def seen_by_roles() -> str:
    """Who sees the figures of clusters and authorities."""
    return _("everyone who has a role in a school or an organisation")


def may_enter(request: HttpRequest, found: Figure) -> bool:
    """Whether the reader may enter figures for the same school, cluster or authority."""
    if found.school:
        return may_enter_for(person_of(request), found.school, today())
    if found.authority:
        return may_keep(person_of(request), found.authority, today())
    return bool(found.cluster and may_work_in(person_of(request), found.cluster, today()))


def may_correct(request: HttpRequest, found: Figure) -> bool:
    """A current figure that people brought in, for those who may enter one."""
    computed = found.origin == Origin.COMPUTED
    return found.is_current and not computed and may_enter(request, found)


def may_comment(request: HttpRequest, found: Figure) -> bool:
    """The school's head and those whom she named."""
    own = found.school is not None and may_prepare_for(person_of(request), found.school, today())
    return own and found.is_current


@signed_in
@only("GET", "HEAD", "POST")
def figure_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Another value in its place; the earlier one stays on record."""
    found = figure_to_correct(person_of(request), pk, today())
    form = CorrectForm(request.POST or None, figure=found)
    if form.is_bound and form.is_valid():
        corrected = done_at_its_field(form, lambda: _correct(request, found, form))
        if corrected:
            messages.success(request, _("The figure is corrected. The earlier value is kept."))
            return redirect("figure", pk=corrected.pk)
    context = {
        "figure": found,
        "form": form,
        "words": words(),
        "figure_shown": figure_shown,
        "unit_shown": unit_shown,
        "when_shown": when_shown,
        "trail_items": [
            *trail_to(request, found),
            {"text": when_shown(found), "href": reverse("figure", args=[pk])},
        ],
        "seen_by_words": kind_of(found).enterers(),
    }
    return render(request, "measures/figure/correct.html", context, using="jinja2")


def _correct(request: HttpRequest, found: Figure, form: CorrectForm) -> Figure:
    return correct_figure(
        person=person_of(request),
        day=today(),
        now=timezone.now(),
        pk=found.pk,
        facts=form.facts_for(found.on, found.group),
        because=form.cleaned_data["because"],
    )

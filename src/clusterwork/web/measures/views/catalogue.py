"""The catalogue of measures, and one of them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.permissions.programmes import organisations_for
from clusterwork.kernel.disclosure import symbol_of
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Measure
from clusterwork.measures.permissions.catalogue_seen import measures_seen_by
from clusterwork.measures.selectors.measures import breakdowns_of, codes_of
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.context import viewer_of
from clusterwork.web.guards import signed_in
from clusterwork.web.measures.catalogue import (
    MeasureFilterForm,
    filters_of,
    narrowed,
    wanted_in,
)
from clusterwork.web.measures.frame import seen_by_everybody, to_measures
from clusterwork.web.measures.words import unit_shown, value_shown

PAGE_SIZE = 50


@signed_in
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """What is measured: what ships and what the viewer's organisations added."""
    viewer, wanted = viewer_of(request), wanted_in(request)
    known = measures_seen_by(person_of(request), today())
    found = narrowed(known, wanted)
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "n_all": known.count(),
        "form": MeasureFilterForm(request.GET),
        "filters": filters_of(request, wanted),
        "ways_in": ways_in() if viewer.has(Role.Kind.PROGRAMME_OFFICER) else [],
        "today": today(),
        "unit_shown": unit_shown,
        "trail_items": to_measures()[:1],
        "seen_by_words": seen_by_everybody(),
    }
    return render(request, "measures/measures.html", context, using="jinja2")


def ways_in() -> list[dict[str, str]]:
    """What an officer can do from the list."""
    return [
        {"text": _("Add a measure"), "href": reverse("measure_new")},
        {"text": _("Groups and codes"), "href": reverse("measure_words")},
        {"text": _("Files of figures"), "href": reverse("figure_uploads")},
    ]


@signed_in
@require_safe
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """What exactly is measured, in what, which codes it has, and how it is put together."""
    found = measure_seen(request, pk)
    person = person_of(request)
    may_change = organisations_for(person, today()).filter(pk=found.organisation_id or 0).exists()
    context = {
        "measure": found,
        "groups": breakdowns_of(found),
        "codes": codes_of(found),
        "may_change": may_change,
        "symbol_of": symbol_of,
        "unit_shown": unit_shown,
        "value_shown": value_shown,
        "trail_items": to_measures(),
        "seen_by_words": seen_by_everybody(),
    }
    return render(request, "measures/measure.html", context, using="jinja2")


def measure_seen(request: HttpRequest, pk: int) -> Measure:
    """The measure where it is among the viewer's; or `NotThere`."""
    found = measures_seen_by(person_of(request), today()).filter(pk=pk).first()
    if found is None:
        raise NotThere(
            Message(N_("There is no such measure.")),
            next_step=Message(N_("Look for it in the list of measures.")),
        )
    return found

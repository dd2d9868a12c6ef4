"""Why each school is where it is, for officers and for inspectors, as a page and as a file."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Formation
from clusterwork.clusters.permissions.reconstructing import formation_to_reconstruct
from clusterwork.clusters.selectors.formations import schools_of
from clusterwork.clusters.selectors.reconstructing import events_of
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.frame import formation_frame
from clusterwork.web.clusters.shown.files import identity
from clusterwork.web.formats import said
from clusterwork.web.guards import needs_role
from clusterwork.web.spreadsheet import csv_response

PAGE_SIZE = 50
READERS = (Role.Kind.PROGRAMME_OFFICER, Role.Kind.INSPECTOR)
COLUMNS = ("id", "school", "at", "what", "who", "words")


@needs_role(*READERS)
@require_safe
def formation_why(request: HttpRequest, pk: int) -> HttpResponse:
    """Each school of the exercise with everything said and done about it."""
    formation, is_officer = formation_to_reconstruct(person_of(request), pk, today())
    page = Paginator(schools_of(formation), PAGE_SIZE).get_page(request.GET.get("page"))
    ids = [school.pk for school in page]
    events = events_of(formation, ids, with_schools_words=is_officer)
    context = {
        **formation_frame(formation, "formation_why"),
        "page": page,
        "events": events,
        "is_officer": is_officer,
    }
    if not is_officer:
        context |= {"around": [], "trail_items": []}
    context["seen_by_words"] = _seen_by(formation)
    return render(request, "clusters/moving/why.html", context, using="jinja2")


@needs_role(*READERS)
@require_safe
def formation_why_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same, a line an event."""
    formation, is_officer = formation_to_reconstruct(person_of(request), pk, today())
    return csv_response(f"why-{pk}", COLUMNS, _rows(formation, is_officer))


def _rows(formation: Formation, is_officer: bool) -> Iterator[tuple[object, ...]]:
    schools = {school.pk: school for school in schools_of(formation)}
    events = events_of(formation, list(schools), with_schools_words=is_officer)
    for pk, school in schools.items():
        for event in events.get(pk, ()):
            when = event.at.isoformat(timespec="seconds")
            yield (identity(school), str(school), when, said(event.message), event.who, event.words)


def _seen_by(formation: Formation) -> str:
    return _(
        "programme officers; inspectors without what schools said to officers only. "
        "Organisation: %(organisation)s"
    ) % {"organisation": formation.programme.organisation}

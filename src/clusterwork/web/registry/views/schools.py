"""The list of schools, and the same rows as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.registry.models import Census, School
from clusterwork.registry.selectors.search import Place, find_schools, place_of
from clusterwork.web.context import viewer_of
from clusterwork.web.guards import signed_in
from clusterwork.web.registry.filters import USUAL_KM, FilterForm, Filters, chips
from clusterwork.web.spreadsheet import csv_response

PAGE_SIZE = 50
KEYS = {
    "authority": ("authority__name", "sort_key", "id"),
    "phase": ("phase", "sort_key", "id"),
    "distance": ("distance_m", "sort_key", "id"),
}


@signed_in
@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    """The schools that fit the filters of the address, 50 a page."""
    form, filters, place = asked(request)
    page = page_of(found(filters, place), request.GET.get("page"))
    context = {
        "form": form,
        "chips": chips(request, form, filters),
        "place": place,
        "nowhere": filters.nowhere,
        "page": page,
        "pupils": latest_pupils(page.object_list),
        "n_all": School.objects.count(),
        "csv_address": csv_address(request),
        "is_officer": viewer_of(request).has(Role.Kind.PROGRAMME_OFFICER),
    }
    return render(request, "registry/schools.html", context, using="jinja2")


@signed_in
@require_safe
def schools_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All schools that fit the filters, as a CSV file sent row by row."""
    _form, filters, place = asked(request)
    return csv_response(
        _("schools"), [str(head) for head, _value in columns()], rows(filters, place)
    )


def asked(request: HttpRequest) -> tuple[FilterForm, Filters, Place | None]:
    """The form as filled in, the filters that hold, and the place that they name."""
    given = request.GET.copy()
    given.setdefault("km", str(USUAL_KM))
    form = FilterForm(given)
    filters = Filters.of(form, request.GET.get("sort", ""))
    place = place_of(filters.near) if filters.near else None
    if filters.near and place is None:
        form.add_error(
            "near",
            _("No school has this postcode or number. Check it, or give easting and northing."),
        )
        filters = replace(filters, near="", nowhere=True)
    return form, filters, place


def found(filters: Filters, place: Place | None) -> QuerySet[School]:
    """The schools that fit, in the order asked for; none is near a place that nobody knows."""
    if filters.nowhere:
        return School.objects.none()
    fit = find_schools(
        words=filters.words,
        authority=filters.authority,
        phase=filters.phase,
        status=filters.status,
        near=place,
        within_m=filters.km * 1000.0 if place else None,
    )
    return fit.order_by(*order(filters, has_place=place is not None))


def page_of(fit: QuerySet[School], number: str | None) -> Page[Any]:
    """One page; only keys are sorted, which for the whole register takes a fifth of the time."""
    page: Page[Any] = Paginator(fit.values_list("pk", flat=True), PAGE_SIZE).get_page(number)
    page.object_list = list(fit.filter(pk__in=list(page.object_list)))
    return page


def order(filters: Filters, *, has_place: bool) -> tuple[str, ...]:
    """The nearest first where a place is named, else by name; Welsh pages by the Welsh alphabet."""
    key = filters.sort or ("distance" if has_place else "name")
    if key == "distance" and not has_place:
        key = "name"
    by_name = "sort_key_cy" if get_language() == "cy" else "sort_key"
    first, *rest = KEYS.get(key, (by_name, "id"))
    rest = [by_name if name == "sort_key" else name for name in rest]
    return (f"-{first}" if filters.descending else first, *rest)


def latest_pupils(schools: Iterable[School]) -> dict[int, int]:
    """Pupils on roll by school in the latest census that says; one query."""
    rows = (
        Census.objects.filter(school__in=list(schools), pupils__isnull=False)
        .order_by("school_id", "-year")
        .distinct("school_id")
        .values_list("school_id", "pupils")
    )
    return {school_id: pupils for school_id, pupils in rows if pupils is not None}


def csv_address(request: HttpRequest) -> str:
    """The file with the same filters."""
    query = request.GET.copy()
    query.pop("page", None)
    return reverse("schools_csv") + (f"?{query.urlencode()}" if query else "")


def columns() -> list[tuple[str, Any]]:
    """The headings of the file and where each value comes from."""
    return [
        (_("Name"), "name"),
        (_("Welsh name"), "name_cy"),
        (_("URN"), "urn"),
        (_("Welsh school number"), "welsh_number"),
        (_("Authority and establishment number"), "la_estab"),
        (_("Authority"), "authority__name"),
        (_("Phase"), "phase"),
        (_("Type"), "type_name"),
        (_("Religious character"), "religious_character"),
        (_("Status"), "status"),
        (_("Town"), "town"),
        (_("Postcode"), "postcode"),
        (_("Easting"), "easting"),
        (_("Northing"), "northing"),
        (_("Pupils"), "n_pupils"),
    ]


def rows(filters: Filters, place: Place | None) -> Iterator[tuple[object, ...]]:
    """The rows of the file, read from the database a few at a time."""
    latest = Census.objects.filter(school=OuterRef("pk"), pupils__isnull=False).order_by("-year")
    fit = found(filters, place).annotate(n_pupils=Subquery(latest.values("pupils")[:1]))
    names = [value for _head, value in columns()]
    return fit.values_list(*names).iterator(chunk_size=2000)

"""Authorities of the register, and the figures of all an authority's schools together."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from clusterwork.api import shapes
from clusterwork.api.keys import person_of
from clusterwork.api.paging import Asked, Page, page_of, page_of_list
from clusterwork.api.refusals import REFUSALS
from clusterwork.api.routes.totals import TotalsAsked, chosen, in_order, total_shown
from clusterwork.api.words import Id, Text, day_or_today
from clusterwork.measures.permissions.authorities import authority_to_see
from clusterwork.measures.rules.years import year_of
from clusterwork.measures.selectors.around import AUTHORITY
from clusterwork.measures.selectors.known import known_of_authority
from clusterwork.measures.selectors.measures import measures_about
from clusterwork.measures.services.authorities import authority_figures
from clusterwork.registry.models import Authority

router = Router(tags=["Authorities"])


class AuthoritiesAsked(Asked):
    """Which authorities."""

    code: Text = Field("", description="The authority's code, as schools carry it.")


@router.get("", response={200: Page[shapes.Authority], **REFUSALS}, url_name="api_authorities")
def authorities(request: HttpRequest, asked: Query[AuthoritiesAsked]) -> Any:
    """The authorities of the register, by name."""
    found = Authority.objects.defer("boundary").order_by("name", "pk")
    if asked.code:
        found = found.filter(code=asked.code)
    return page_of(found, asked, authority_shown)


@router.get(
    "/{pk}/totals", response={200: Page[shapes.Total], **REFUSALS}, url_name="api_authority_totals"
)
def authority_totals(request: HttpRequest, pk: Id, asked: Query[TotalsAsked]) -> Any:
    """All schools of the authority together, over three years.

    Every measure that they have figures of in these years; of one measure the
    latest three.
    """
    authority = authority_to_see(person_of(request), pk, day_or_today(None))
    until = day_or_today(asked.on)
    known = known_of_authority(authority, until)
    found = measures_about(authority).filter(pk__in=known.latest)
    measures, years = chosen(list(found), known, asked, year_of(until))
    told = authority_figures(authority=authority, measures=measures, years=years)
    of = (AUTHORITY, authority.pk, str(authority))
    rows = [total_shown(each.measure, of, cell) for each in told for cell in in_order(each.line)]
    return page_of_list(rows, asked)


def authority_shown(row: Authority) -> shapes.Authority:
    """An authority as the API hands it out."""
    return shapes.Authority(**{name: getattr(row, name) for name in shapes.Authority.model_fields})

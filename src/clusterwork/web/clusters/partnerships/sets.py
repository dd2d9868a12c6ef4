"""The sets of schools and clusters that a reader can have counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Programme
from clusterwork.clusters.permissions import organisations_for
from clusterwork.clusters.selectors.figures import FigureSet
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.registry.models import Authority, Organisation
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.partnerships.forms import FigureForm
from clusterwork.web.context import viewer_of

ORGANISATION, PROGRAMME, AUTHORITY = "organisation", "programme", "authority"
MOST_CLUSTERS = 200


@dataclass(frozen=True)
class Asked:
    """What was asked for: the form, the set, and the set in words."""

    form: FigureForm
    chosen: FigureSet
    words: str


def asked_for(request: HttpRequest) -> Asked:
    """The set of the address; where it names none, the reader's own."""
    choices = choices_for(person_of(request), today())
    given = request.GET.copy()
    if not given.get("of"):
        given["of"] = usual_set(request, [key for key, _text in choices])
    form = FigureForm(given, choices=choices)
    form.is_valid()
    data = form.cleaned_data
    clusters = tuple(
        int(pk) for pk in request.GET.getlist("cluster") if pk.isdecimal() and len(pk) < 10
    )[:MOST_CLUSTERS]
    kind, _colon, number = data.get("of", "").partition(":")
    chosen = FigureSet(
        **({f"{kind}_id": int(number)} if number else {}),
        cluster_ids=clusters,
        most_pupils=data.get("most"),
    )
    words = set_words(dict(choices).get(data.get("of", ""), ""), len(clusters), data.get("most"))
    return Asked(form, chosen, words)


def set_words(name: str, n_clusters: int, most: int | None) -> str:
    """Organisation: Lincolnshire. Schools of up to 110 pupils."""
    of = ngettext("One chosen cluster", "%(n)s chosen clusters", n_clusters) % {"n": n_clusters}
    parts = [of if n_clusters else name]
    if most is not None:
        parts.append(_("Schools of up to %(n)s pupils") % {"n": most})
    return ". ".join(part for part in parts if part)


def choices_for(person: Person, day: dt.date) -> list[tuple[str, str]]:
    """Organisations, the reader's programmes, and authorities with schools, by their names."""
    organisations = Organisation.objects.order_by("name", "pk")
    authorities = Authority.objects.filter(schools__isnull=False).distinct().order_by("name")
    offered: tuple[tuple[str, str, Iterable[Any]], ...] = (
        (ORGANISATION, _("Organisation: %(name)s"), organisations),
        (PROGRAMME, _("Programme: %(name)s"), programmes_of(person, day)),
        (AUTHORITY, _("Authority: %(name)s"), authorities),
    )
    return [
        (f"{kind}:{each.pk}", text % {"name": each})
        for kind, text, found in offered
        for each in found
    ]


def programmes_of(person: Person, day: dt.date) -> QuerySet[Programme]:
    """Those that the reader runs, and those in which a cluster of their school takes part."""
    at_school = person.roles.filter(Q(end_on__isnull=True) | Q(end_on__gt=day), start_on__lte=day)
    clusters = memberships_on(day).filter(school__in=at_school.values("school"))
    mine = Q(organisation__in=organisations_for(person, day)) | Q(
        participations__cluster__in=clusters.values("cluster")
    )
    return Programme.objects.filter(mine).distinct().order_by("name", "pk")


def usual_set(request: HttpRequest, keys: list[str]) -> str:
    """The reader's organisation, else the authority of their school, else the first of all."""
    viewer = viewer_of(request)
    school = next((role.school for role in viewer.roles if role.school), None)
    wished = [
        f"{ORGANISATION}:{viewer.organisation.pk}" if viewer.organisation else "",
        f"{AUTHORITY}:{school.authority_id}" if school else "",
        keys[0] if keys else "",
    ]
    return next((key for key in wished if key in keys), "")

"""The catalogue as a reader sees it: which measures are theirs, and how the list is narrowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from clusterwork.measures.models import Counted, Measure
from clusterwork.measures.selectors.measures import in_use_on
from clusterwork.web.address import with_query
from clusterwork.web.clusters.asking import today

WHOSE = (("", _("All")), ("shipped", _("Of the system")), ("own", _("Of an organisation")))
ENDED = (("", _("In use")), ("ended", _("Ended")), ("any", _("In use and ended")))


class MeasureFilterForm(forms.Form):
    """Words to look for; the other filters are links."""

    q = forms.CharField(label=_("Name or source"), required=False, max_length=100)


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; a word that is not known asks for nothing."""

    words: str = ""
    counts: str = ""
    whose: str = ""
    ended: str = ""


def wanted_in(request: HttpRequest) -> Wanted:
    """The filters in the address."""
    form = MeasureFilterForm(request.GET)
    typed = form.cleaned_data["q"].strip() if form.is_valid() else ""
    return Wanted(
        typed,
        _known(request, "counts", Counted.values),
        _known(request, "whose", dict(WHOSE)),
        _known(request, "ended", dict(ENDED)),
    )


def _known(request: HttpRequest, name: str, words: Any) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in words else ""


def narrowed(found: QuerySet[Measure], wanted: Wanted) -> QuerySet[Measure]:
    """Those that fit every filter."""
    if wanted.words:
        named = Q(name__icontains=wanted.words) | Q(name_cy__icontains=wanted.words)
        found = found.filter(named | Q(source__icontains=wanted.words))
    if wanted.counts:
        found = found.filter(counts=wanted.counts)
    if wanted.whose:
        found = found.filter(organisation__isnull=wanted.whose == "shipped")
    if wanted.ended != "any":
        in_use = in_use_on(today())
        found = found.exclude(in_use) if wanted.ended else found.filter(in_use)
    return found


def filters_of(request: HttpRequest, wanted: Wanted) -> list[dict[str, Any]]:
    """The filters as links, a list a filter."""
    counts = (("", _("All")), *Counted.choices)
    told = (
        (_("Unit of count"), "counts", counts, wanted.counts),
        (_("Whose"), "whose", WHOSE, wanted.whose),
        (_("In use"), "ended", ENDED, wanted.ended),
    )
    return [
        {"title": str(title), "links": _links(request, name, choices, current)}
        for title, name, choices, current in told
    ]


def _links(request: HttpRequest, name: str, choices: Any, current: str) -> list[dict[str, Any]]:
    return [
        {
            "text": str(text),
            "href": with_query(request, page=None, **{name: value}),
            "current": value == current,
        }
        for value, text in choices
    ]

"""How the list of schools is narrowed and ordered, as it stands in the address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from clusterwork.registry.models import Authority, Phase, School, Status
from clusterwork.web.address import with_query

SORTS = ("name", "authority", "phase", "distance")
DISTANCES_KM = (2, 5, 10, 20, 40)
USUAL_KM = 10


class FilterForm(forms.Form):
    """Every field may stay empty; what cannot be understood is said beside its field."""

    q = forms.CharField(
        label=_("Name, place, postcode or number"),
        required=False,
        max_length=100,
    )
    authority = forms.ModelChoiceField(
        Authority.objects.filter(Exists(School.objects.filter(authority=OuterRef("pk")))),
        to_field_name="code",
        label=_("Authority"),
        required=False,
        empty_label=_("All authorities"),
    )
    phase = forms.ChoiceField(
        label=_("Phase"), choices=[("", _("All phases")), *Phase.choices], required=False
    )
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("Open and closed")), *Status.choices], required=False
    )
    near = forms.CharField(
        label=_("Near"),
        help_text=_("A postcode of a school, a school's number, or easting and northing"),
        required=False,
        max_length=60,
    )
    km = forms.TypedChoiceField(
        label=_("Within (kilometres)"),
        choices=[(km, str(km)) for km in DISTANCES_KM],
        coerce=int,
        initial=USUAL_KM,
        required=False,
    )


@dataclass(frozen=True)
class Chip:
    """A filter that holds, with the address of the list without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True)
class Filters:
    """What the reader asked for; `words` is free text, `phase` and `status` are codes or empty.

    `nowhere` says that schools near a place were asked for which nobody knows.
    """

    words: str = ""
    authority: Authority | None = None
    phase: str = ""
    status: str = ""
    near: str = ""
    nowhere: bool = False
    km: int = USUAL_KM
    sort: str = "name"
    descending: bool = False

    @classmethod
    def of(cls, form: FilterForm, sort: str) -> Filters:
        """From a checked form; a field with an error is left out."""
        form.is_valid()
        given = form.cleaned_data
        key = sort.removeprefix("-")
        return cls(
            words=given.get("q", "").strip(),
            authority=given.get("authority"),
            phase=given.get("phase", ""),
            status=given.get("status", ""),
            near=given.get("near", "").strip(),
            km=given.get("km") or USUAL_KM,
            sort=key if key in SORTS else "",
            descending=sort.startswith("-"),
        )


def chips(request: HttpRequest, form: FilterForm, filters: Filters) -> list[Chip]:
    """The filters that hold, each with the way to take it off."""
    return [
        Chip(label, value, with_query(request, page=None, **dict.fromkeys(names)))
        for label, value, names in _told(form, filters)
        if value
    ]


def _told(form: FilterForm, filters: Filters) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Label, value in words and the fields of the address, of each filter."""
    fields: dict[str, Any] = form.fields
    yield str(_("Search")), filters.words, ("q",)
    yield str(fields["authority"].label), str(filters.authority or ""), ("authority",)
    yield str(fields["phase"].label), _named(Phase, filters.phase), ("phase",)
    yield str(fields["status"].label), _named(Status, filters.status), ("status",)
    if filters.near:
        place = _("%(place)s, within %(km)s km") % {"place": filters.near, "km": filters.km}
        yield str(fields["near"].label), place, ("near", "km")


def _named(kinds: Any, code: str) -> str:
    return str(kinds(code).label) if code else ""


def near_this(school: School) -> str:
    """What the filter `near` says for a school: its official number, or its place."""
    return school.number or f"{school.easting}, {school.northing}"

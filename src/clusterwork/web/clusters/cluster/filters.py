"""How the list of clusters is narrowed and ordered, as it stands in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clusterwork.clusters.models import Cluster, Participation, Programme
from clusterwork.clusters.selectors.cluster_list import NOT_CLOSED, Wanted
from clusterwork.registry.models import Authority, Organisation
from clusterwork.web.address import with_query
from clusterwork.web.registry.filters import Chip

STATUSES = [(NOT_CLOSED, _lazy("All but closed")), *Cluster.Status.choices, ("any", _lazy("Any"))]
NARROWING = ("q", "organisation", "status", "programme", "authority", "vacant")
SORTS = {
    "name": "shown_first",
    "organisation": "organisation__name",
    "status": "status_then",
    "schools": "n_schools",
    "from": "start_on",
}


class ClusterFilterForm(forms.Form):
    """Every field may stay empty; choices are those of the clusters at hand."""

    q = forms.CharField(label=_lazy("Name or code"), required=False, max_length=100)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_lazy("Organisation"),
        required=False,
        empty_label=_lazy("All organisations"),
    )
    status = forms.ChoiceField(label=_lazy("Status"), choices=STATUSES, required=False)
    programme = forms.ModelChoiceField(
        Programme.objects.none(),
        label=_lazy("Programme"),
        required=False,
        empty_label=_lazy("All programmes"),
    )
    authority = forms.ModelChoiceField(
        Authority.objects.none(),
        to_field_name="code",
        label=_lazy("Authority"),
        required=False,
        empty_label=_lazy("All authorities"),
    )
    vacant = forms.ChoiceField(
        label=_lazy("Vacancies"),
        choices=[("", _lazy("With and without")), ("1", _lazy("No chair or no coordinator"))],
        required=False,
    )

    def __init__(self, data: Any, *, clusters: QuerySet[Cluster]) -> None:
        super().__init__(data)
        ids = clusters.order_by().values("pk")
        self._offer("organisation", Organisation.objects.filter(pk__in=_of(clusters)))
        self._offer(
            "programme",
            Programme.objects.filter(
                pk__in=Participation.objects.filter(cluster__in=ids).values("programme")
            ),
        )
        self._offer(
            "authority",
            Authority.objects.filter(schools__in=_schools(clusters)).distinct(),
        )

    def _offer(self, name: str, found: QuerySet[Any]) -> None:
        self.fields[name].queryset = found  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Wanted:
        """What holds; a field with an error is left out."""
        self.is_valid()
        given = self.cleaned_data
        status = given.get("status") or NOT_CLOSED
        return Wanted(
            words=given.get("q", "").strip(),
            organisation=given.get("organisation"),
            status="" if status == "any" else status,
            programme=given.get("programme"),
            authority=given.get("authority"),
            vacant=given.get("vacant") == "1",
        )


def _of(clusters: QuerySet[Cluster]) -> Any:
    return clusters.order_by().values("organisation")


def _schools(clusters: QuerySet[Cluster]) -> Any:
    return (
        clusters.order_by().filter(memberships__school__isnull=False).values("memberships__school")
    )


def chips(request: HttpRequest, wanted: Wanted) -> list[Chip]:
    """The filters that hold, each with the address of the list without it."""
    statuses: dict[str, Any] = dict(STATUSES)
    told = (
        ("q", _("Search"), wanted.words),
        ("organisation", _("Organisation"), str(wanted.organisation or "")),
        ("status", _("Status"), str(statuses.get(wanted.status or "any", ""))),
        ("programme", _("Programme"), str(wanted.programme or "")),
        ("authority", _("Authority"), str(wanted.authority or "")),
        ("vacant", _("Vacancies"), _("No chair or no coordinator") if wanted.vacant else ""),
    )
    return [
        Chip(label, value, with_query(request, page=None, **{name: None}))
        for name, label, value in told
        if value and not (name == "status" and wanted.status == NOT_CLOSED)
    ]


def order_of(request: HttpRequest) -> tuple[str, bool]:
    """The column to order by, and whether downwards."""
    asked = request.GET.get("sort", "")
    name = asked.removeprefix("-")
    return (name if name in SORTS else "name"), asked.startswith("-") and name in SORTS

"""Which clusters take part in a programme on a day; taking them in, and ending their part."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Cluster, Programme
from clusterwork.clusters.permissions import organisations_for
from clusterwork.clusters.selectors.clusters import names_on
from clusterwork.clusters.selectors.eligibility import schools_in_programme
from clusterwork.clusters.selectors.memberships import n_schools_of
from clusterwork.clusters.selectors.participations import (
    clusters_in,
    clusters_within_reach,
    participations_apart,
    participations_on,
)
from clusterwork.clusters.services.participations import (
    end_participation,
    part_of,
    take_back,
    take_in_all,
)
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.programme.forms.clusters import EndForm, TakeInForm
from clusterwork.web.clusters.programme.loading import Step, asked, framed, run, seen, taken
from clusterwork.web.day import planned_day_of
from clusterwork.web.guards import only, signed_in
from clusterwork.web.spreadsheet import csv_response

PAGE_SIZE, MOST_APART = 50, 50
HERE = "programme_clusters"


@signed_in
@require_safe
def programme_clusters(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes part on the day; who did before and will later."""
    programme, day = seen(request, pk), planned_day_of(request)
    page = Paginator(participations_on(programme, day.on), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    here = [each.cluster for each in page]
    apart = list(participations_apart(programme, day.on)[:MOST_APART])
    context = {
        **framed(request, programme, HERE, day),
        "page": page,
        "n_schools": n_schools_of([each.pk for each in here], day.on),
        "n_all_schools": len(schools_in_programme(programme, day.on)),
        "names": names_on([*here, *(each.cluster for each in apart)], day.on),
        "before": [each for each in apart if each.start_on <= day.on],
        "to_come": [each for each in apart if each.start_on > day.on],
    }
    return render(request, "clusters/programme/clusters.html", context, using="jinja2")


@signed_in
@require_safe
def programme_clusters_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The clusters that take part on the day, as a CSV file."""
    programme, day = seen(request, pk), planned_day_of(request)
    parts = list(participations_on(programme, day.on))
    n_schools = n_schools_of([each.cluster_id for each in parts], day.on)
    header = [
        _("Cluster"),
        _("Code"),
        _("Organisation"),
        _("Schools"),
        _("Takes part from"),
        _("Takes part until"),
        _("As at"),
    ]

    def rows() -> Iterator[tuple[object, ...]]:
        names = names_on([each.cluster for each in parts], day.on)
        for each in parts:
            yield (
                names[each.cluster_id],
                each.cluster.code,
                each.cluster.organisation,
                n_schools.get(each.cluster_id, 0),
                each.start_on,
                each.end_on or "",
                day.on,
            )

    return csv_response(_("clusters of the programme"), header, rows())


@signed_in
@only("GET", "HEAD", "POST")
def programme_take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes clusters in from a day."""
    programme = run(request, pk)
    offered = clusters_to_take_in(request, programme)
    form = TakeInForm(request.POST or None, programme=programme, clusters=offered, today=today())
    step = Step(
        question=_("Take clusters in"),
        send=_("Take them in"),
        form=form,
        act=lambda: take_in_all(
            **asked(request, pk),
            cluster_pks=form.cluster_pks,
            start_on=form.cleaned_data["start_on"],
            end_on=form.cleaned_data["end_on"],
        ),
        said=_("The clusters take part."),
        page=HERE,
        lead="" if offered else _("Every cluster within your reach takes part already."),
    )
    return taken(request, programme, step)


def clusters_to_take_in(request: HttpRequest, programme: Programme) -> list[Cluster]:
    """Those within reach that do not take part today, by their names."""
    reach = clusters_within_reach(
        programme, organisations_for(person_of(request), today()), today()
    )
    apart = reach.exclude(pk__in=clusters_in(programme.pk, today()))
    return sorted(apart.select_related("organisation"), key=lambda each: str(each).casefold())


@signed_in
@only("GET", "HEAD", "POST")
def programme_part_end(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Ends the part of one cluster."""
    programme = run(request, pk)
    held = part_of(programme, part)
    form = EndForm(request.POST or None)
    step = Step(
        question=_("End its part: %(cluster)s") % {"cluster": held.cluster},
        send=_("End its part"),
        form=form,
        act=lambda: end_participation(**asked(request, pk), part_pk=part, **form.cleaned_data),
        said=_("The end of its part is recorded."),
        page=HERE,
        at="on",
    )
    return taken(request, programme, step)


@signed_in
@only("POST")
def programme_part_take_back(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Takes back a part that has not begun."""
    take_back(**asked(request, pk), part_pk=part)
    messages.success(request, _("The planned part is taken back."))
    return redirect(HERE, pk)

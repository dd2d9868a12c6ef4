"""How proposals, chairs and hosting spread over the schools of a cluster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import Appointment, Cluster
from clusterwork.clusters.permissions.deciding import cluster_to_look_into
from clusterwork.clusters.selectors.voice import Voices, voices_of
from clusterwork.web.address import with_query
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.deciding.frame import deciding_frame
from clusterwork.web.clusters.deciding.wording import seen_inside
from clusterwork.web.day import Day, planned_day_of
from clusterwork.web.formats import day as in_words
from clusterwork.web.guards import signed_in
from clusterwork.web.spreadsheet import csv_response

SEPTEMBER = 9
THIS, LAST, ALL = "this", "last", "all"


@dataclass(frozen=True)
class Period:
    """A period to count in: [since, until), with its words."""

    name: str
    words: str
    since: dt.date
    until: dt.date


@signed_in
@require_safe
def cluster_voice(request: HttpRequest, pk: int) -> HttpResponse:
    """A line for each school, by name: what it proposed, when it chaired, its turns."""
    cluster, day, period = _asked(request, pk)
    voices = voices_of(cluster, period.since, period.until)
    context = {
        **deciding_frame(request, cluster, day, "cluster_voice"),
        "rows": voices.rows,
        "of_nobody": voices.of_nobody,
        "n_proposals": voices.of_nobody + sum(each.proposals for each in voices.rows),
        "n_turns": sum(each.turns for each in voices.rows),
        "period": period,
        "last_day": min(period.until - dt.timedelta(days=1), day.on),
        "links": _links(request, cluster, day, period),
        "seen_by_words": seen_inside(),
    }
    return render(request, "clusters/deciding/voice.html", context, using="jinja2")


@signed_in
@require_safe
def voice_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same rows as a file."""
    cluster, _day, period = _asked(request, pk)
    header = (
        _("School"),
        _("School number"),
        _("Proposals"),
        _("In the chair"),
        _("Turns had"),
        _("Of them for another school"),
    )
    return csv_response("voice", header, _rows(voices_of(cluster, period.since, period.until)))


def _rows(voices: Voices) -> list[Sequence[object]]:
    return [
        (
            str(each.school),
            each.school.number,
            each.proposals,
            "; ".join(chaired(one) for one in each.chairs),
            each.turns,
            each.stood_in,
        )
        for each in voices.rows
    ]


def chaired(chair: Appointment) -> str:
    """Who was in the chair from when until when."""
    until = in_words(chair.end_on) if chair.end_on else _("today")
    return f"{chair.name}, {in_words(chair.start_on)} – {until}"


def _asked(request: HttpRequest, pk: int) -> tuple[Cluster, Day, Period]:
    cluster, day = cluster_to_look_into(person_of(request), pk, today()), planned_day_of(request)
    options = periods(cluster, day.on)
    asked = request.GET.get("period", THIS)
    return cluster, day, next((each for each in options if each.name == asked), options[0])


def periods(cluster: Cluster, day: dt.date) -> list[Period]:
    """This school year up to `day`, the one before, and all the cluster's time."""
    year = day.year if day.month >= SEPTEMBER else day.year - 1
    start, before = dt.date(year, SEPTEMBER, 1), dt.date(year - 1, SEPTEMBER, 1)
    until = day + dt.timedelta(days=1)
    return [
        Period(THIS, _("This school year"), start, until),
        Period(LAST, _("Last school year"), before, start),
        Period(ALL, _("All the time"), min(cluster.start_on, day), until),
    ]


def _links(
    request: HttpRequest, cluster: Cluster, day: Day, chosen: Period
) -> list[dict[str, Any]]:
    return [
        {
            "text": each.words,
            "href": with_query(request, period=each.name),
            "current": each.name == chosen.name,
        }
        for each in periods(cluster, day.on)
    ]

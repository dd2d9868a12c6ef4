"""A school's figures: all of them by measure, and one measure over time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.permissions import may_prepare_for, may_send_for
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import ALL, Figure, Measure, Release
from clusterwork.measures.permissions.entering import may_enter_for
from clusterwork.measures.permissions.seeing import schools_of
from clusterwork.measures.selectors.releases import releases_in_force
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.day import Day, day_of
from clusterwork.web.guards import signed_in
from clusterwork.web.measures.frame import seen_by_the_school
from clusterwork.web.measures.school import before_it, figures_seen, lines_of, n_private, years_of
from clusterwork.web.measures.words import (
    Words,
    figure_shown,
    key_of,
    school_year,
    unit_shown,
    value_shown,
    when_shown,
    words,
    year_of,
)
from clusterwork.web.registry.drawing.bars import bars_of
from clusterwork.web.registry.frame import school_frame
from clusterwork.web.registry.loading import school_with
from clusterwork.web.spreadsheet import csv_response


@signed_in
@require_safe
def school_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of the school in figures, by measure and year, as far as the reader sees."""
    school, day = school_with(pk), day_of(request)
    earlier = before_it(school)
    figures = list(figures_seen(_ids(school, earlier), person_of(request), day.on))
    context = {
        **framed(request, school, day),
        "earlier": [each for each in earlier if _has(each.school, figures)],
        "n_private": n_private(figures),
        "n": len(figures),
    }
    lines = lines_of(school, figures, context["releases"])
    context |= {
        "lines": lines,
        "years": years_of(lines),
        "keys": key_of((each.code for each in figures), words()),
    }
    return render(request, "measures/school/figures.html", context, using="jinja2")


def framed(request: HttpRequest, school: School, day: Day) -> dict[str, Any]:
    """What stands on both pages: who may do what, and what is released to whom."""
    person = person_of(request)
    is_own = schools_of(person, today()).filter(pk=school.pk).exists()
    enters = day.is_today and may_enter_for(person, school, today())
    return {
        **school_frame(request, school, day, "school_figures"),
        "is_own": is_own,
        "may_enter": enters,
        "may_comment": day.is_today and may_prepare_for(person, school, today()),
        "may_release": day.is_today and may_send_for(person, school, today()),
        "clusters": _clusters(school, day),
        "releases": list(releases_in_force(school)) if is_own else [],
        "figure_shown": figure_shown,
        "value_shown": value_shown,
        "unit_shown": unit_shown,
        "when_shown": when_shown,
        "school_year": school_year,
        "seen_by_words": seen_by_the_school(),
    }


def _clusters(school: School, day: Day) -> list[Any]:
    held = memberships_on(day.on).filter(school=school).select_related("cluster")
    return [each.cluster for each in held]


def _ids(school: School, earlier: list[Any]) -> list[School]:
    return [school, *(each.school for each in earlier)]


def _has(school: School | None, figures: list[Figure]) -> bool:
    return any(school and each.school_id == school.pk for each in figures)


@signed_in
@require_safe
def school_measure(request: HttpRequest, pk: int, measure_pk: int) -> HttpResponse:
    """One measure of the school over time, with every group, who entered it and what was said."""
    school, day = school_with(pk), day_of(request)
    found = figures_seen(_ids(school, before_it(school)), person_of(request), day.on)
    chain = found.filter(measure=measure_pk).prefetch_related("comments__by")
    figures = sorted(chain, key=lambda each: (-each.on.toordinal(), each.group != ALL))
    if not figures:
        raise _none()
    measure, names = figures[0].measure, words()
    frame = framed(request, school, day)
    context = {
        **frame,
        "measure": measure,
        "figures": figures,
        "words": names,
        "keys": key_of((each.code for each in figures), names),
        "chart": _chart(figures),
        "show_value": lambda value: value_shown(measure, value),
        "releases": [each for each in frame["releases"] if _covers(each, measure)],
    }
    return render(request, "measures/school/measure.html", context, using="jinja2")


def _covers(release: Release, measure: Measure) -> bool:
    return release.measure_id in (None, measure.pk)


def _chart(figures: list[Figure]) -> Any:
    """A bar a year, of all pupils; none where a value is below zero."""
    of_all = [each for each in figures if each.group == ALL and each.value is not None]
    by_year = {year_of(each): float(each.value or 0) for each in reversed(of_all)}
    if any(value < 0 for value in by_year.values()):
        return None
    return bars_of(sorted(by_year.items()))


def _none() -> NotThere:
    return NotThere(
        Message(N_("The school has no figure of this measure that you can see.")),
        next_step=Message(N_("Open the school's figures to see those that there are.")),
    )


@signed_in
@require_safe
def school_figures_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same figures, one a row."""
    school, day = school_with(pk), day_of(request)
    found = figures_seen(_ids(school, before_it(school)), person_of(request), day.on)
    header = [
        _("Measure"), _("Code in files"), _("Group"), _("Date"), _("Value"), _("Unit"),
        _("Number counted"), _("Source"), _("Published nationally"), _("School"),
        _("Published under the number"),
    ]  # fmt: skip
    return csv_response(_("figures"), header, _rows(found, words()))


def _rows(figures: Any, names: Words) -> Iterator[tuple[object, ...]]:
    for each in figures.iterator(chunk_size=500):
        measure = each.measure
        yield (
            str(measure),
            measure.code,
            names.group(each.group),
            each.on,
            each.shown_value,
            unit_shown(measure),
            "" if each.denominator is None else each.denominator,
            each.source or measure.shown_source,
            _("Yes") if each.is_public else _("No"),
            str(each.school),
            each.published_as,
        )

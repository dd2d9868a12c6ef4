"""A result as files: for programs, for spreadsheets, and the table that it was worked out from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.evaluation.permissions.studies import analysis_to_read, may_work_on
from clusterwork.evaluation.selectors.exports import exported
from clusterwork.evaluation.selectors.frozen import text_of
from clusterwork.evaluation.selectors.results import Results, results_of
from clusterwork.evaluation.services.taking import take_table
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.documents import file_name
from clusterwork.web.evaluation.planning.shown.registrations import (
    VersionShown,
    versions_shown,
)
from clusterwork.web.evaluation.results.shown.result import ResultShown, result_shown
from clusterwork.web.guards import signed_in
from clusterwork.web.spreadsheet import csv_response

R = TypeVar("R", bound=HttpResponse)


@signed_in
@require_safe
def result_json(request: HttpRequest, pk: int) -> JsonResponse:
    """The result as its reader may see it, for programs."""
    results, works = _results(request, pk)
    told = exported(results, works=works)
    if told is None:
        raise _none_yet()
    response = JsonResponse(told, json_dumps_params={"indent": 1, "ensure_ascii": False})
    return _named(response, f"{results.name} {_('result')}.json")


@signed_in
@require_safe
def result_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The sentences, the marks, and every table of the result with a line for each cell."""
    results, works = _results(request, pk)
    shown = result_shown(results, works=works)
    if shown is None:
        raise _none_yet()
    header = [_("Part"), _("Row"), _("Column"), _("Value")]
    versions = versions_shown(results.registrations[::-1])
    cells = chain(_said(shown, versions), _cells(shown))
    return csv_response(file_name(f"{results.name} {_('result')}"), header, cells)


@signed_in
@require_safe
def result_table(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen table, for those who work on the analysis and see all figures in it; recorded."""
    frozen = take_table(person=person_of(request), day=today(), pk=pk)
    response = HttpResponse(text_of(frozen), content_type="text/csv; charset=utf-8")
    return _named(response, f"{frozen.data_hash[:12]}.csv")


def _results(request: HttpRequest, pk: int) -> tuple[Results, bool]:
    person = person_of(request)
    analysis = analysis_to_read(person, pk, today())
    works = may_work_on(person, analysis.study, today())
    return results_of(analysis, works=works), works


def _said(shown: ResultShown, versions: Sequence[VersionShown]) -> Iterator[tuple[object, ...]]:
    """The sentences, then what has to be known of how it was registered."""
    for n, sentence in enumerate(shown.sentences, start=1):
        yield (_("What was found"), n, "", sentence)
    for version in reversed(versions):
        for mark in version.marks:
            yield (_("Take note"), _("Version %(number)s") % {"number": version.number}, "", mark)
    for n, sentence in enumerate(shown.cohort, start=1):
        yield (_("Take note"), n, "", sentence)


def _cells(shown: ResultShown) -> Iterator[tuple[object, ...]]:
    """The tables of the pictures, then those of the checks."""
    for figure in shown.figures:
        for row in figure.rows:
            for column, value in zip(figure.columns[1:], row[1:], strict=True):
                yield (figure.finding, row[0], column.heading, column.in_file(value))
    tables = (shown.flow, shown.changes, *(each.table for each in shown.checks))
    for table in tables:
        for line in table.rows if table else ():
            for column, text in zip(table.columns[1:] if table else (), line[1:], strict=True):
                yield (table.caption if table else "", line[0], column.heading, text)


def _named(response: R, name: str) -> R:
    disposition = content_disposition_header(True, file_name(name))
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response


def _none_yet() -> NotThere:
    return NotThere(
        Message(N_("There is no result of this analysis yet.")),
        next_step=Message(N_("Open the analysis to see where it stands.")),
    )

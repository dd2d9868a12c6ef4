"""The method note of a result: on a page, and as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.documents import Document
from clusterwork.evaluation.permissions.studies import analysis_to_read, may_work_on
from clusterwork.evaluation.selectors.results import is_shown_in, results_of
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.documents import document_page, document_response
from clusterwork.web.evaluation.frame import analysis_frame
from clusterwork.web.evaluation.results.shown.method import method_note
from clusterwork.web.evaluation.results.shown.result import result_shown
from clusterwork.web.guards import signed_in


@signed_in
@require_safe
def analysis_method(request: HttpRequest, pk: int) -> HttpResponse:
    """The note on a page, with links to its other forms; without a result, what stands there."""
    frame, note = _note(request, pk)
    if note is None:
        return redirect("analysis_result", pk)
    here = {"text": _("Result"), "href": reverse("analysis_result", args=[pk])}
    return document_page(
        request,
        note,
        lambda form: reverse("analysis_method_file", args=[pk, form]),
        seen_by_words=frame["seen_by_words"],
        trail_items=[*frame["trail_items"], here],
    )


@signed_in
@require_safe
def analysis_method_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The note as PDF, Word, a web page or JSON."""
    _frame, note = _note(request, pk)
    if note is None:
        raise NotThere(
            Message(N_("There is no method note yet.")),
            why=Message(N_("It tells how a result was worked out, and there is none.")),
            next_step=Message(N_("Open the analysis to see where it stands.")),
        )
    return document_response(note, form, note.title)


def _note(request: HttpRequest, pk: int) -> tuple[dict[str, Any], Document | None]:
    person = person_of(request)
    analysis = analysis_to_read(person, pk, today())
    works = may_work_on(person, analysis.study, today())
    results = results_of(analysis, works=works)
    shown = result_shown(results, works=works)
    frame = analysis_frame(analysis, "analysis_method", works=works, is_shown=is_shown_in(results))
    return frame, method_note(results, shown) if shown else None

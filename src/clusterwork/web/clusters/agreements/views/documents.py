"""Any version as a document, with its signatures: HTML, PDF and Word."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from clusterwork.documents import to_docx, to_html_page, to_pdf
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.clusters.agreements.frame import read
from clusterwork.web.clusters.agreements.paper import paper_of
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.guards import signed_in

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"pdf": "application/pdf", "docx": WORD, "html": "text/html; charset=utf-8"}


@signed_in
@require_safe
def agreement_document(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The version as its readers can keep, print and change it."""
    version, _rights = read(person_of(request), pk)
    if form not in FORMS:
        raise NotThere(
            Message(N_("There is no such form of the agreement.")),
            next_step=Message(N_("It can be had as PDF, Word and HTML.")),
        )
    paper = paper_of(version, today())
    write = {"pdf": to_pdf, "docx": to_docx, "html": to_html_page}[form]
    answer = HttpResponse(write(paper), content_type=FORMS[form])
    name = slugify(f"{version.agreement.cluster} {version.agreement.kind} {version.number}")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer

"""Taking a spreadsheet of clusters, the template for it, and the list of earlier ones."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.imports import template
from clusterwork.clusters.models import Arrival
from clusterwork.clusters.permissions import organisations_for
from clusterwork.clusters.permissions.arrivals import arrivals_for
from clusterwork.clusters.services.arriving.loading import stage_clusters
from clusterwork.web.clusters.arrivals.forms import SpreadsheetForm
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import needs_role, only
from clusterwork.web.registry.forms import posted

PAGE_SIZE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
officer = needs_role(Role.Kind.PROGRAMME_OFFICER)


@officer
@only("GET", "HEAD", "POST")
def clusters_arriving(request: HttpRequest) -> HttpResponse:
    """Takes a file and shows what it would do; nothing is changed yet."""
    mine = list(organisations_for(person_of(request), today()).order_by("name"))
    form = SpreadsheetForm(*posted(request), organisations=mine)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        organisation = given.get("organisation") or mine[0]
        staged: Arrival | None = done_or_said(
            form,
            "file",
            lambda: stage_clusters(
                given["file"].file,
                person=person_of(request),
                day=today(),
                organisation=organisation,
                sheet=given["sheet"],
                name=given["file"].name or "",
            ),
        )
        if staged:
            return redirect("clusters_arrival", pk=staged.pk)
    page = Paginator(arrivals_for(person_of(request), today()), PAGE_SIZE)
    context = {
        "form": form,
        "page": page.get_page(request.GET.get("page")),
        "meanings": meanings(),
        "seen_by_words": _("programme officers, each the files of their own organisations"),
    }
    return render(request, "clusters/arrivals/arriving.html", context, using="jinja2")


def meanings() -> list[tuple[str, str]]:
    """Each column with what it is for, in the reader's language."""
    headings = template.headings(language())
    texts = template.MEANINGS.items()
    return [
        (heading, _(text) % {"words": template.words_of(column)})
        for heading, (column, text) in zip(headings, texts, strict=True)
    ]


def language() -> str:
    """Whose headings the template has."""
    return "cy" if get_language() == "cy" else "en"


@officer
@require_safe
def clusters_template(request: HttpRequest) -> HttpResponse:
    """The columns as a CSV file to fill in."""
    text = "\ufeff" + template.as_csv(language())
    return _download(text.encode(), "text/csv; charset=utf-8", "clusters.csv")


@officer
@require_safe
def clusters_template_xlsx(request: HttpRequest) -> HttpResponse:
    """The columns as a workbook to fill in, with a sheet that explains them."""
    titles = (_("Clusters"), _("Columns"))
    content = template.as_workbook(meanings(), titles, language())
    return _download(content, XLSX, "clusters.xlsx")


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

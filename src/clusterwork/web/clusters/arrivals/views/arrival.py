"""One spreadsheet of clusters: what it would do, confirmed or put aside."""

from __future__ import annotations

import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Arrival
from clusterwork.clusters.permissions.arrivals import arrival_for, arrival_to_decide
from clusterwork.clusters.selectors.overtaken import overtaken_by
from clusterwork.clusters.services.arriving.loading import abandon_clusters, confirm_clusters
from clusterwork.registry.imports.rejected import write_rejected
from clusterwork.registry.wording import from_json
from clusterwork.web.clusters.arrivals import shown as words
from clusterwork.web.clusters.arrivals.forms import ConfirmForm
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.refusing import done_or_said
from clusterwork.web.guards import needs_role, only
from clusterwork.web.registry.staged import rejection_of
from clusterwork.web.spreadsheet import BYTE_ORDER_MARK

PAGE_SIZE = 50
officer = needs_role(Role.Kind.PROGRAMME_OFFICER)


@officer
@require_safe
def arrival(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would do, or what it has done."""
    found = arrival_for(person_of(request), pk, today())
    return page_of(request, found, ConfirmForm(arrival=found, labels=words.labels_of(found)))


def page_of(request: HttpRequest, found: Arrival, form: ConfirmForm) -> HttpResponse:
    """The page of a file, with one of its lists."""
    lists = words.lists_of(found)
    asked = request.GET.get("show", "")
    current = next((each for each in lists if each.key == asked), lists[0] if lists else None)
    rows = words.rows_of(found, current.key) if current else []
    context = {
        "arrival": found,
        "run": found.run,
        "form": form,
        "waiting": words.is_waiting(found),
        "later": overtaken_by(found) if words.is_waiting(found) else None,
        "counts": words.counts_of(found),
        "n": words.n_steps(found),
        "consequence": words.button_words(found),
        "lists": lists,
        "current": current,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "from_json": from_json,
        "field_words": words.field_words,
        "value_words": words.value_words,
        "is_addition": words.is_addition,
        "seen_by_words": _("programme officers. Organisation: %(organisation)s")
        % {"organisation": found.organisation},
    }
    return render(request, "clusters/arrivals/arrival.html", context, using="jinja2")


@officer
@only("GET", "HEAD", "POST")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Does what was shown, once. Links of its page with an error lead back to the file's own."""
    found = arrival_to_decide(person_of(request), pk, today())
    if request.method != "POST" or not words.is_waiting(found):
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("clusters_arrival", args=[pk]) + query)
    form = ConfirmForm(request.POST, arrival=found, labels=words.labels_of(found))
    if form.is_valid():
        done = done_or_said(
            form,
            None,
            lambda: confirm_clusters(
                person=person_of(request), day=today(), pk=pk, **form.cleaned_data
            ),
        )
        if done:
            messages.success(request, _("The clusters of the file are brought in."))
            return redirect("clusters_arrival", pk=pk)
    return page_of(request, found, form)


@officer
@require_POST
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Throws what is staged away; the clusters stay as they are."""
    abandon_clusters(person=person_of(request), day=today(), pk=pk)
    messages.success(request, _("The file was put aside. The clusters are as they were."))
    return redirect("clusters_arriving")


@officer
@require_safe
def rejected_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The rejected rows in the file's own columns, to be mended and uploaded again."""
    run = arrival_for(person_of(request), pk, today()).run
    text = io.StringIO(BYTE_ORDER_MARK)
    text.seek(0, io.SEEK_END)
    write_rejected(text, run.header, map(rejection_of, run.rejected_rows.all()), gettext)
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rejected-{run.pk}.csv"'
    return response

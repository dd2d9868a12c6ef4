"""Importing a register: upload, look at what would change, confirm or abandon."""

from __future__ import annotations

import io
import uuid
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clusterwork.accounts.models import Role
from clusterwork.accounts.permissions.register import check_may_decide_import, may_decide_import
from clusterwork.registry.imports.raw import is_packed
from clusterwork.registry.imports.rejected import write_rejected
from clusterwork.registry.models import ImportRun
from clusterwork.registry.selectors.uploaders import uploader_of
from clusterwork.registry.services import errands
from clusterwork.registry.services.errands import Errand
from clusterwork.registry.services.imports import abandon_import
from clusterwork.registry.services.running import give_up, run_errand
from clusterwork.registry.tasks import put_to_work
from clusterwork.registry.wording import from_json
from clusterwork.web.accounts.reader import person_of
from clusterwork.web.guards import needs_role, only
from clusterwork.web.registry.forms import posted
from clusterwork.web.registry.forms.imports import ConfirmForm, UploadForm
from clusterwork.web.registry.loading import import_to_decide, loaded, runs
from clusterwork.web.registry.staged import (
    button_words,
    counts_of,
    good_rows_words,
    is_waiting,
    n_to_load,
    parts_of,
    rejection_of,
    rows_of,
)
from clusterwork.web.registry.wording import field_words, value_words
from clusterwork.web.spreadsheet import BYTE_ORDER_MARK

PAGE_SIZE = 50
AT_ONCE_BYTES = 100_000  # a smaller file is read while the page waits
AT_ONCE_SCHOOLS = 500
officer = needs_role(Role.Kind.PROGRAMME_OFFICER)


@officer
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """All imports, the latest first: who, when, what came of it."""
    page = Paginator(runs(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "registry/imports.html", {"page": page}, using="jinja2")


@officer
@only("GET", "HEAD", "POST")
def import_new(request: HttpRequest) -> HttpResponse:
    """Takes a file; a small one is read at once, a large one by the worker."""
    form = UploadForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        return started(kept(form.cleaned_data, request.user), by_worker=AT_ONCE_BYTES)
    return render(request, "registry/import_new.html", {"form": form}, using="jinja2")


def kept(given: dict[str, Any], person: Any) -> Errand:
    """The upload in the data folder."""
    file: UploadedFile[Any] = given["file"]
    about = Errand(
        token=errands.new_token(),
        kind=errands.READ,
        who_id=person.pk,
        who=str(person),
        file_name=file.name or "",
        source=given["source"],
        as_at=given["as_at"].isoformat() if given["as_at"] else "",
        complete=given["complete"],
    )
    return errands.keep_upload(file.chunks(), about)


def started(errand: Errand, *, by_worker: int) -> HttpResponseRedirect:
    """Does the errand at once; one of `by_worker` bytes or more, or packed, the worker does."""
    if errand.total < by_worker and not is_packed(errand.file):
        done_at_once(errand.token)
    else:
        put_to_work(errand.token)
    return redirect("import_progress", token=errand.token)


def done_at_once(token: str) -> Errand:
    """Does the errand while the page waits; what breaks is said on its page too."""
    try:
        return run_errand(token)
    except Exception:
        give_up(token, tried_often=False)
        raise


@officer
@require_safe
def import_progress(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """How far the reading or loading is; leads on to the import when it has ended."""
    errand = errands.errand_with(str(token))
    if errand.state == errands.DONE and errand.run_id:
        return redirect("import", pk=errand.run_id)
    stopping = errands.is_to_stop(errand.token)
    may_stop = may_decide_import(person_of(request), errand.who_id, timezone.localdate())
    context = {
        "errand": errand,
        "stopping": stopping,
        "from_json": from_json,
        "may_stop": may_stop,
    }
    return render(request, "registry/import_progress.html", context, using="jinja2")


@officer
@require_POST
def import_stop(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Stops the reading of an upload; the register stays as it is."""
    errand = errands.errand_with(str(token))
    today = timezone.localdate()
    check_may_decide_import(person_of(request), errand.who_id, errand.who, today)
    errands.ask_to_stop(errand.token)
    return redirect("import_progress", token=token)


@officer
@require_safe
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would change, or what it has changed."""
    run = loaded(runs(), pk)
    loading = errands.find(errands.token_of_load(pk))
    if loading and not loading.has_ended:
        return redirect("import_progress", token=loading.token)
    return shown(request, run, ConfirmForm(run=run, label=good_rows_words(run)), loading)


def shown(
    request: HttpRequest, run: ImportRun, form: ConfirmForm, loading: Errand | None = None
) -> HttpResponse:
    """The page of an import, with one of its lists."""
    parts = parts_of(run) if is_waiting(run) or run.n_rejected or run.notices else []
    if not is_waiting(run):
        parts = [part for part in parts if part.key in ("rejected", "notices")]
    asked = request.GET.get("show", "")
    part = next((each for each in parts if each.key == asked), parts[0] if parts else None)
    rows = rows_of(run, part.key) if part else []
    context = {
        "run": run,
        "form": form,
        "waiting": is_waiting(run),
        "may_decide": may_decide_import(person_of(request), uploader_of(run), timezone.localdate()),
        "counts": counts_of(run),
        "n": n_to_load(run),
        "consequence": button_words(run),
        "from_json": from_json,
        "field_words": field_words,
        "value_words": value_words,
        "parts": parts,
        "part": part,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "trouble": loading.trouble if loading and is_waiting(run) else {},
    }
    return render(request, "registry/import.html", context, using="jinja2")


@officer
@require_POST
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Loads what was staged; many schools by the worker."""
    run = import_to_decide(request, pk)
    before = errands.find(errands.token_of_load(pk))
    if before and not before.has_ended:
        return redirect("import_progress", token=before.token)
    if not is_waiting(run):
        return redirect("import", pk=pk)
    form = ConfirmForm(request.POST, run=run, label=good_rows_words(run))
    if not form.is_valid():
        return shown(request, run, form)
    errand = errands.write(load_of(run, request.user, form.cleaned_data["accept_good_rows"]))
    if n_to_load(run) > AT_ONCE_SCHOOLS:
        put_to_work(errand.token)
        return redirect("import_progress", token=errand.token)
    if done_at_once(errand.token).state == errands.DONE:
        messages.success(request, _("The schools of the file are loaded."))
    return redirect("import", pk=pk)


def load_of(run: ImportRun, person: Any, accept_good_rows: bool) -> Errand:
    """The errand that loads the run."""
    return Errand(
        token=errands.token_of_load(run.pk),
        kind=errands.LOAD,
        who_id=person.pk,
        who=str(person),
        file_name=run.file_name,
        run_id=run.pk,
        accept_good_rows=accept_good_rows,
    )


@officer
@require_POST
def import_abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Throws the staged changes away; the register stays as it is."""
    run = import_to_decide(request, pk)
    abandon_import(run_id=run.pk, by=person_of(request))
    messages.success(request, _("The file was put aside. The register is as it was."))
    return redirect("imports")


@officer
@require_safe
def import_rejected_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The rejected rows in the file's own columns, to be mended and uploaded again."""
    run = loaded(runs(), pk)
    text = io.StringIO(BYTE_ORDER_MARK)
    text.seek(0, io.SEEK_END)
    write_rejected(text, run.header, map(rejection_of, run.rejected_rows.all()), gettext)
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rejected-{run.pk}.csv"'
    return response

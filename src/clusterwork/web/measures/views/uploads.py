"""Files of figures: upload, look at what would change, confirm or put aside."""

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
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clusterwork.accounts.models import Role
from clusterwork.accounts.permissions.register import check_may_decide_import
from clusterwork.clusters.permissions.programmes import organisations_for
from clusterwork.measures.imports.template import as_csv
from clusterwork.measures.models import Upload
from clusterwork.measures.permissions.uploading import upload_for, upload_to_decide, uploads_for
from clusterwork.measures.services.uploading.loading import abandon_figures
from clusterwork.measures.services.uploading.working import run_figures, token_of_figures
from clusterwork.measures.tasks import put_to_work
from clusterwork.registry.imports.raw import is_packed
from clusterwork.registry.imports.rejected import write_rejected
from clusterwork.registry.services import errands
from clusterwork.registry.services.errands import Errand
from clusterwork.registry.services.running import give_up
from clusterwork.registry.wording import from_json
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.guards import needs_role, only
from clusterwork.web.measures.forms.uploads import UploadForm
from clusterwork.web.measures.frame import seen_by_uploaders, to_measures, to_uploads
from clusterwork.web.measures.uploads import (
    button_words,
    counts_of,
    errand_of_figures,
    good_rows_words,
    is_waiting,
    layout_words,
    parts_of,
    rows_of,
)
from clusterwork.web.measures.words import figure_shown, value_shown, when_shown, words
from clusterwork.web.registry.forms import posted
from clusterwork.web.registry.forms.imports import ConfirmForm
from clusterwork.web.registry.staged import rejection_of
from clusterwork.web.spreadsheet import BYTE_ORDER_MARK

PAGE_SIZE = 50
AT_ONCE_BYTES = 100_000  # a smaller file is read while the page waits
AT_ONCE_FIGURES = 2_000
officer = needs_role(Role.Kind.PROGRAMME_OFFICER)


@officer
@require_safe
def figure_uploads(request: HttpRequest) -> HttpResponse:
    """All files of the officer's organisations, the latest first."""
    found = uploads_for(person_of(request), today())
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "layout_words": layout_words,
        "trail_items": to_measures(),
        "seen_by_words": seen_by_uploaders(),
    }
    return render(request, "measures/uploads/list.html", context, using="jinja2")


@officer
@only("GET", "HEAD", "POST")
def figure_upload_new(request: HttpRequest) -> HttpResponse:
    """Takes a file; a small one is read at once, a large one by the worker."""
    organisations = list(organisations_for(person_of(request), today()))
    form = UploadForm(*posted(request), organisations=organisations, this_year=today().year)
    if request.method == "POST" and form.is_valid():
        return started(kept(form, person_of(request)), form.cleaned_data["file"].size or 0)
    context = {
        "form": form,
        "trail_items": to_uploads(),
        "seen_by_words": seen_by_uploaders(),
    }
    return render(request, "measures/uploads/new.html", context, using="jinja2")


def kept(form: UploadForm, person: Any) -> Errand:
    """The file in the data folder."""
    file: UploadedFile[Any] = form.cleaned_data["file"]
    about = Errand(
        token=errands.new_token(),
        kind=errands.READ,
        who_id=person.pk,
        who=str(person),
        file_name=file.name or "",
        source=form.cleaned_data["layout"],
        more=form.more,
    )
    return errands.keep_upload(file.chunks(), about)


def started(errand: Errand, size: int) -> HttpResponseRedirect:
    """Does a small errand at once; the worker does a large one."""
    packed = errand.kind == errands.READ and is_packed(errand.file)
    if size < AT_ONCE_BYTES and not packed:
        done_at_once(errand.token)
    else:
        put_to_work(errand.token)
    return redirect("figure_upload_progress", token=errand.token)


def done_at_once(token: str) -> Errand:
    """Does the errand while the page waits; what breaks is said on its page too."""
    try:
        return run_figures(token)
    except Exception:
        give_up(token, tried_often=False)
        raise


@officer
@require_safe
def figure_upload_progress(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """How far the reading or loading is; leads on to the file when it has ended."""
    errand = mine(request, token)
    if errand.state == errands.DONE and errand.run_id:
        return redirect("figure_upload", pk=errand.run_id)
    context = {
        "errand": errand,
        "stopping": errands.is_to_stop(errand.token),
        "from_json": from_json,
        "trail_items": to_uploads(),
        "seen_by_words": seen_by_uploaders(),
    }
    return render(request, "measures/uploads/progress.html", context, using="jinja2")


def mine(request: HttpRequest, token: uuid.UUID) -> Errand:
    """The errand for whoever began it and fellow officers; or `NotThere`, or `NotAllowed`."""
    errand = errand_of_figures(errands.errand_with(str(token)))
    check_may_decide_import(person_of(request), errand.who_id, errand.who, today())
    return errand


@officer
@require_POST
def figure_upload_stop(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Stops the reading of a file; the figures stay as they are."""
    errands.ask_to_stop(mine(request, token).token)
    return redirect("figure_upload_progress", token=token)


@officer
@require_safe
def figure_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would change, or what it has changed."""
    upload = upload_for(person_of(request), pk, today())
    loading = errands.find(token_of_figures(pk))
    if loading and not loading.has_ended:
        return redirect("figure_upload_progress", token=loading.token)
    form = ConfirmForm(run=upload.run, label=good_rows_words(upload))
    return shown(request, upload, form, loading)


def shown(
    request: HttpRequest, upload: Upload, form: ConfirmForm, loading: Errand | None = None
) -> HttpResponse:
    """The page of a file, with one of its lists."""
    parts = parts_of(upload)
    asked = request.GET.get("show", "")
    part = next((each for each in parts if each.key == asked), parts[0] if parts else None)
    rows = rows_of(upload, part.key) if part else []
    waiting = is_waiting(upload)
    context = {
        "upload": upload,
        "run": upload.run,
        "form": form,
        "waiting": waiting,
        "counts": counts_of(upload),
        "layout": layout_words(upload),
        "consequence": button_words(upload),
        "from_json": from_json,
        "parts": parts,
        "part": part,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "trouble": loading.trouble if loading and waiting else {},
        "value_shown": value_shown,
        "figure_shown": figure_shown,
        "when_shown": when_shown,
        "words": words(),
        "trail_items": to_uploads(),
        "seen_by_words": seen_by_uploaders(),
    }
    return render(request, "measures/uploads/upload.html", context, using="jinja2")


@officer
@require_POST
def figure_upload_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Loads what was staged; many figures by the worker."""
    upload = upload_to_decide(person_of(request), pk, today())
    before = errands.find(token_of_figures(pk))
    if before and not before.has_ended:
        return redirect("figure_upload_progress", token=before.token)
    if not is_waiting(upload):
        return redirect("figure_upload", pk=pk)
    form = ConfirmForm(request.POST, run=upload.run, label=good_rows_words(upload))
    if not form.is_valid():
        return shown(request, upload, form)
    errand = errands.write(load_of(request, upload, form.cleaned_data["accept_good_rows"]))
    if upload.n_staged > AT_ONCE_FIGURES:
        put_to_work(errand.token)
        return redirect("figure_upload_progress", token=errand.token)
    if done_at_once(errand.token).state == errands.DONE:
        messages.success(request, _("The figures of the file are loaded."))
    return redirect("figure_upload", pk=pk)


def load_of(request: HttpRequest, upload: Upload, accept_good_rows: bool) -> Errand:
    """The errand that loads the file's figures."""
    person = person_of(request)
    return Errand(
        token=token_of_figures(upload.pk),
        kind=errands.LOAD,
        who_id=person.pk,
        who=str(person),
        file_name=upload.run.file_name,
        accept_good_rows=accept_good_rows,
        more={"upload": upload.pk},
    )


@officer
@require_POST
def figure_upload_abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Throws what is staged away; the figures stay as they are."""
    abandon_figures(person=person_of(request), day=today(), now=timezone.now(), pk=pk)
    messages.success(request, _("The file was put aside. The figures are as they were."))
    return redirect("figure_uploads")


@officer
@require_safe
def figure_upload_rejected_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The rejected rows in the file's own columns, to be mended and uploaded again."""
    run = upload_for(person_of(request), pk, today()).run
    text = io.StringIO(BYTE_ORDER_MARK)
    text.seek(0, io.SEEK_END)
    write_rejected(text, run.header, map(rejection_of, run.rejected_rows.all()), gettext)
    return _as_file(text.getvalue(), f"rejected-{pk}.csv")


@officer
@require_safe
def figures_template_csv(request: HttpRequest) -> HttpResponse:
    """The columns of Clusterwork's own layout, to be filled in."""
    return _as_file(BYTE_ORDER_MARK + as_csv(str(get_language())[:2]), "figures.csv")


def _as_file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

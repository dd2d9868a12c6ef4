"""Reading and loading of files that take longer than a page can wait. Safe to run twice."""

from __future__ import annotations

from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.measures.models import Upload
from clusterwork.measures.services.uploading.loading import confirm_figures, stage_figures
from clusterwork.registry.services import errands
from clusterwork.registry.services.errands import Errand
from clusterwork.registry.services.running import Stopped, Watch, run_errand


def token_of_figures(upload_pk: int) -> str:
    """The one errand by which a confirmed file of figures is loaded."""
    return errands.token_of_load(-upload_pk)


def run_figures(token: str) -> Errand:
    """Does the errand and says how it ended; its `run_id` is then the upload's id."""
    return run_errand(token, _read_or_load)


def _read_or_load(errand: Errand) -> int:
    return _read(errand) if errand.kind == errands.READ else _load(errand)


def _read(errand: Errand) -> int:
    if errands.is_to_stop(errand.token):
        raise Stopped
    said = errand.more
    upload = stage_figures(
        errand.file,
        person=_person(errand),
        day=timezone.localdate(),
        organisation_pk=said["organisation"],
        layout=errand.source,
        year=said["year"],
        sheet=said["sheet"],
        name=errand.file_name,
        progress=Watch(errand).note,
    )
    return upload.pk


def _load(errand: Errand) -> int:
    upload_pk = errand.more["upload"]
    if Upload.objects.filter(pk=upload_pk, run__state="confirmed").exists():
        return int(upload_pk)
    confirmed = confirm_figures(
        person=_person(errand),
        day=timezone.localdate(),
        now=timezone.now(),
        pk=upload_pk,
        accept_good_rows=errand.accept_good_rows,
    )
    return confirmed.pk


def _person(errand: Errand) -> Person:
    return Person.objects.get(pk=errand.who_id or 0)

"""What waits in the register for a programme officer: an import to confirm, a register to load."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.permissions.register import fellow_officers
from clusterwork.registry.models import ImportRun, ImportState, School
from clusterwork.registry.selectors.uploaders import uploaders_of
from clusterwork.web.formats import day
from clusterwork.web.navigation import Viewer
from clusterwork.web.registry.loading import runs
from clusterwork.web.tasks import Task


def registry_tasks(viewer: Viewer) -> list[Task]:
    """The tasks of `viewer`; only programme officers keep the register."""
    if not viewer.has(Role.Kind.PROGRAMME_OFFICER):
        return []
    return [*first_register(), *waiting_imports(viewer)]


def first_register() -> list[Task]:
    """Where the register holds no school: load one."""
    if School.objects.exists():
        return []
    return [
        Task(
            text=_("Import a school register"),
            hint=_("The register holds no schools yet, and everything else starts from it."),
            address=reverse("import_new"),
            status=_("Not started"),
        )
    ]


def waiting_imports(viewer: Viewer) -> list[Task]:
    """Files that were read and that the viewer may confirm or put aside, the oldest first."""
    return [
        Task(
            text=_("Confirm an import, or put it aside: %(file)s") % {"file": run.file_name},
            hint=_("Facts as at: %(day)s. Nothing is changed before you confirm.")
            % {"day": day(run.as_at)},
            address=reverse("import", args=[run.pk]),
            status=_("Waiting"),
        )
        for run in runs_to_decide(viewer.person)
    ]


def runs_to_decide(person: Person | None) -> list[ImportRun]:
    """The imports that wait for this person, or for another of the same organisation."""
    waiting = list(runs().filter(state=ImportState.STAGED).order_by("started_at"))
    if person is None or not waiting:
        return []
    theirs = {None, person.pk} | fellow_officers(person, timezone.localdate())
    uploaders = uploaders_of(waiting)
    return [run for run in waiting if uploaders[run.pk] in theirs]

"""What waits in the register for a programme officer: an import to confirm, a register to load."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Role
from clusterwork.registry.models import School
from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task


def registry_tasks(viewer: Viewer) -> list[Task]:
    """The tasks of `viewer`; only programme officers keep the register."""
    if not viewer.has(Role.Kind.PROGRAMME_OFFICER):
        return []
    return first_register()


def first_register() -> list[Task]:
    """Where the register holds no school: load one."""
    if School.objects.exists():
        return []
    return [
        Task(
            text=_("Import a school register"),
            hint=_("The register holds no schools yet, and everything else starts from it."),
            address=reverse("schools"),
            status=_("Not started"),
        )
    ]

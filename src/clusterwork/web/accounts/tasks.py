"""What waits for a person in this part of the house: invitations to answer."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.accounts.selectors.invitations import open_invitations_to
from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task


def account_tasks(viewer: Viewer) -> list[Task]:
    """One task an invitation to the viewer's address."""
    if viewer.person is None:
        return []
    return [
        Task(
            text=_("Answer an invitation: %(what)s") % {"what": each},
            hint="",
            address=reverse("account"),
            status=_("To do"),
            by=timezone.localdate(each.expires_at),
            minutes=2,
            asked_by=str(each.invited_by),
        )
        for each in open_invitations_to(viewer.person.email, timezone.now())
    ]

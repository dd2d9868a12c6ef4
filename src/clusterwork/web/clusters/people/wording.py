"""What the roles are called on pages, the head's among them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterwork.clusters.models import Appointment
from clusterwork.clusters.selectors.vacancies import HEAD


def seen_by_workers() -> str:
    """Who can open a page on which a cluster's people or turns are changed."""
    return _("the chair, coordinator and clerk, the heads of the schools, programme officers")


def role_words(role: str) -> str:
    """A role of an appointment, or the headship."""
    return _("Head of the school") if role == HEAD else str(Appointment.Role(role).label)

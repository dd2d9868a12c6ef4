"""What has happened to a school, in words."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from clusterwork.accounts.permissions import places_of
from clusterwork.audit.models import Entry
from clusterwork.audit.selectors import entries_about
from clusterwork.registry.models import Change, School
from clusterwork.web.navigation import Viewer
from clusterwork.web.registry.wording import GRADE

OF_THE_REGISTER = Q(verb__startswith="school.") | Q(verb__startswith="partnership.")


def changes_shown(school: School, *, until: dt.date, with_grades: bool) -> QuerySet[Change]:
    """The list of changes, latest first; changes of grades only for those who see grades."""
    changes = Change.objects.filter(school=school, as_at__lte=until).select_related("run")
    changes = changes.order_by("-as_at", "-id")
    return changes if with_grades else changes.exclude(field__startswith=f"{GRADE}.")


def entries_shown(school: School, viewer: Viewer, *, until: dt.date) -> QuerySet[Entry]:
    """What people did to the school, latest first; to outsiders only what the register is about.

    Whom its head names, say, is for the school's people and the officers of its authority.
    """
    entries = entries_about(school).filter(at__date__lte=until)
    return entries if is_close_to(viewer, school) else entries.filter(OF_THE_REGISTER)


def is_close_to(viewer: Viewer, school: School) -> bool:
    """Whether the viewer has a role in the school, or looks after its people as an officer."""
    if viewer.person is None:
        return False
    in_it = any(role.school_id == school.pk for role in viewer.roles)
    return in_it or places_of(viewer.person, timezone.localdate()).as_officer(school)

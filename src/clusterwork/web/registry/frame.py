"""What stands on every page of one school: who it is, the way around, the day, who may do what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Role
from clusterwork.accounts.permissions.register import may_keep
from clusterwork.registry.models import School
from clusterwork.web.context import viewer_of
from clusterwork.web.day import Day
from clusterwork.web.navigation import Viewer

PAGES = (
    "school",
    "school_figures",
    "school_needs",
    "school_partnerships",
    "school_headship",
    "school_history",
)


def school_frame(request: HttpRequest, school: School, day: Day, current: str) -> dict[str, Any]:
    """The context of the frame; `current` is the name of the page shown."""
    viewer = viewer_of(request)
    return {
        "school": school,
        "day": day,
        "around": around(
            school, day, current, own=current == "school_needs" or is_of(viewer, school)
        ),
        "may_keep": is_kept_by(viewer, school),
    }


def is_kept_by(viewer: Viewer, school: School) -> bool:
    """Whether the viewer may change the school by hand."""
    if viewer.person is None or not viewer.has(Role.Kind.PROGRAMME_OFFICER):
        return False
    return may_keep(viewer.person, school.authority, timezone.localdate())


def is_of(viewer: Viewer, school: School) -> bool:
    """Whether the viewer works for the school, and sees what it keeps to itself."""
    of_school = any(role.school_id == school.pk for role in viewer.roles)
    return of_school or school.pk in viewer.acts_for


def around(school: School, day: Day, current: str, *, own: bool) -> list[dict[str, Any]]:
    """The sub-navigation; it keeps the day. What the school needs is its own."""
    words = {
        "school": _("Facts"),
        "school_figures": _("Figures"),
        "school_needs": _("Needs and strengths"),
        "school_partnerships": _("Partnerships"),
        "school_headship": _("Headship"),
        "school_history": _("History"),
    }
    kept = f"?on={day.on.isoformat()}" if day.is_past else ""
    return [
        {
            "text": words[name],
            "href": reverse(name, args=[school.pk]) + kept,
            "current": name == current,
        }
        for name in PAGES
        if own or name != "school_needs"
    ]

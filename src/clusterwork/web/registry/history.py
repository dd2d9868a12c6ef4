"""What has happened to a school, in words."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext

from clusterwork.audit.models import Entry
from clusterwork.registry.models import Change, School
from clusterwork.web.registry.wording import GRADE


def changes_shown(school: School, *, until: dt.date, with_grades: bool) -> QuerySet[Change]:
    """The list of changes, latest first; changes of grades only for those who see grades."""
    changes = Change.objects.filter(school=school, as_at__lte=until).select_related("run")
    changes = changes.order_by("-as_at", "-id")
    return changes if with_grades else changes.exclude(field__startswith=f"{GRADE}.")


def sentence(entry: Entry) -> str:
    """What was done, in the reader's language."""
    return gettext(entry.summary) % entry.params if entry.params else gettext(entry.summary)


def actor_words(entry: Entry) -> str:
    """Who did it: a person's name of the day, or the system in the reader's language."""
    return entry.actor_label if entry.actor_id else gettext(entry.actor_label)

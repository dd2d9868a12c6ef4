"""Who heads each of many schools on a day, for letters and for saying who cannot be reached."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.selectors.roles import is_on


def heads_by_school(school_ids: Iterable[int], day: dt.date) -> dict[int, list[Person]]:
    """School id to its heads on `day` who can be written to; schools without one are absent."""
    held = Role.objects.filter(
        is_on(day),
        kind=Role.Kind.HEADTEACHER,
        school__in=list(school_ids),
        person__is_active=True,
    ).select_related("person")
    found: dict[int, list[Person]] = defaultdict(list)
    for role in held.order_by("start_on", "pk"):
        if role.school_id is not None:
            found[role.school_id].append(role.person)
    return dict(found)


def without_head(school_ids: Collection[int], day: dt.date) -> set[int]:
    """Those of the schools whose head has no sign-in, so that nobody could be written to."""
    return set(school_ids) - set(heads_by_school(school_ids, day))

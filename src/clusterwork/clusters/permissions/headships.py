"""Who says who heads a school: officers of its authority, its head, and whom she named to send."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from clusterwork.accounts.models import Person
from clusterwork.accounts.permissions.register import authorities_kept_by
from clusterwork.clusters.models import Headship
from clusterwork.clusters.permissions.schools import schools_to_send_for
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School


def may_say_who_heads(person: Person, school: School, day: dt.date) -> bool:
    """Whether `person` may record who heads this school."""
    return not _others_than_allowed(person, [school], day)


def check_may_say_who_heads(person: Person, schools: Sequence[School], day: dt.date) -> None:
    """Raises `NotAllowed` with the first school that is not theirs to speak for."""
    others = _others_than_allowed(person, schools, day)
    if others:
        raise NotAllowed(
            Message(
                N_("You may not say who heads this school: %(school)s."), {"school": others[0]}
            ),
            next_step=Message(
                N_(
                    "Its head can, whoever she has named to send for her, and the programme "
                    "officers of its authority’s organisations. Ask one of them."
                )
            ),
        )


def headship_to_change(person: Person, pk: int, day: dt.date) -> Headship:
    """The headship, or `NotThere`, or `NotAllowed`."""
    found = Headship.objects.select_related("school__authority", "person").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such headship any more.")))
    check_may_say_who_heads(person, [found.school], day)
    return found


def schools_to_head_with(person: Person, school: School, day: dt.date) -> list[School]:
    """Other open schools of the same authority that an executive head may head besides."""
    found = School.objects.filter(authority_id=school.authority_id, status="open")
    found = found.exclude(pk=school.pk)
    if not authorities_kept_by(person, day).filter(pk=school.authority_id).exists():
        found = found.filter(pk__in=schools_to_send_for(person, day))
    return list(found)


def _others_than_allowed(person: Person, schools: Sequence[School], day: dt.date) -> list[School]:
    kept = set(authorities_kept_by(person, day).values_list("pk", flat=True))
    left = [school for school in schools if school.authority_id not in kept]
    if not left:
        return []
    mine = set(schools_to_send_for(person, day).values_list("pk", flat=True))
    return [school for school in left if school.pk not in mine]

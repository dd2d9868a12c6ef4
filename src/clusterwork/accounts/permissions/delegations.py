"""Who acts for a school: its head, and whom the head has named."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.delegations import delegations_on
from clusterwork.accounts.selectors.roles import heads_on
from clusterwork.registry.models import School


def is_head_of(person: Person, school: School, day: dt.date) -> bool:
    """Whether `person` heads `school` on `day`."""
    return heads_on(school, day).filter(person=person).exists()


def may_name_for(person: Person, school: School, day: dt.date) -> bool:
    """Whether `person` names who prepares or sends for `school`: its head only."""
    return is_head_of(person, school, day)


def may_prepare_for(person: Person, school: School, day: dt.date) -> bool:
    """Whether `person` prepares for `school`: its head, or named to prepare or to send."""
    named = delegations_on(school, day).filter(person=person)
    return is_head_of(person, school, day) or named.exists()


def may_send_for(person: Person, school: School, day: dt.date) -> bool:
    """Whether `person` sends for `school`: its head, or named to send. Nobody else signs."""
    named = delegations_on(school, day).filter(Q(may_send=True), person=person)
    return is_head_of(person, school, day) or named.exists()

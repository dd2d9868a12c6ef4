"""What a cluster puts on record of how its schools were asked about a plan."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import Consulted
from clusterwork.plans.permissions.plans import plan_to_write
from clusterwork.plans.selectors.consulted import not_asked
from clusterwork.registry.models import School

MOST_WORDS = 300  # characters


class OnRecordAlready(Problem):
    """The school is not in the cluster, or its say is on record."""


class NotSaidHow(Problem):
    """No words, or a day to come."""


@transaction.atomic
def tell_consulted(
    *, person: Person, now: dt.datetime, pk: int, school_pk: int, how: str, on: dt.date
) -> Consulted:
    """Puts on record how and when a school was asked about the plan.

    Raises `NotThere`, `NotAllowed`, `OnRecordAlready`, and `NotSaidHow` without words or for a
    day to come.
    """
    day = timezone.localdate(now)
    plan = plan_to_write(person, pk, day)
    school = School.objects.filter(pk=school_pk).first()
    if school is None or school not in not_asked(plan, day):
        raise OnRecordAlready(
            Message(N_("This school need not be put on record.")),
            why=Message(N_("It is not in the cluster, or its say is on record already.")),
            next_step=Message(N_("Open the page again to see who has not been asked.")),
        )
    if not how.strip() or on > day:
        raise NotSaidHow(
            Message(N_("Say how the school was asked, and on which day that was.")),
            next_step=Message(N_("Write a few words, with today’s date or an earlier one.")),
        )
    told = Consulted.objects.create(
        plan=plan, school=school, how=how.strip()[:MOST_WORDS], on=on, by=person
    )
    summary = Message(N_("Noted how a school was asked about the plan. School: %(school)s."),
                      {"school": str(school)})  # fmt: skip
    record(actor=person, verb="plan.consulted", subject=plan, summary=summary)
    return told

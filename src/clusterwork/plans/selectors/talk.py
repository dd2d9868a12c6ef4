"""What is said about a plan, and who has it open."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import F, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.plans.models import Plan, PlanComment, Writer

OPEN_FOR = dt.timedelta(minutes=15)


def comments_of(plan: Plan) -> QuerySet[PlanComment]:
    """The plan's comments, those that wait for an answer first."""
    found = PlanComment.objects.filter(plan=plan).select_related("answered_by")
    return found.order_by(F("answered_at").asc(nulls_first=True), "at", "pk")


def comments_at(plan: Plan, uid: UUID | None) -> QuerySet[PlanComment]:
    """The comments on one part and its fields; None: on the plan as a whole."""
    return comments_of(plan).filter(uid=uid)


def others_writing(plan: Plan, uid: UUID | None, person: Person, now: dt.datetime) -> list[str]:
    """The names of those who opened the same part within the last quarter of an hour."""
    found = Writer.objects.filter(plan=plan, uid=uid, seen_at__gt=now - OPEN_FOR)
    names = found.exclude(person=person).order_by("person__name").values_list("person__name")
    return [name for (name,) in names]


def writing_now(plan: Plan, person: Person, now: dt.datetime) -> list[tuple[str, UUID | None]]:
    """Who else has which part of the plan open."""
    found = Writer.objects.filter(plan=plan, seen_at__gt=now - OPEN_FOR).exclude(person=person)
    return list(found.order_by("person__name", "pk").values_list("person__name", "uid"))

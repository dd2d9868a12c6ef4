"""A cluster asks its schools what they need, and reminds those that have not said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster
from clusterwork.clusters.selectors.heads import heads_by_school
from clusterwork.clusters.services.locking import check_lives
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.notify.services import queue_many
from clusterwork.plans.letters import needs as letters
from clusterwork.plans.models import NeedsAsking
from clusterwork.plans.permissions.needs import cluster_to_ask_needs_of
from clusterwork.plans.rules.years import year_words
from clusterwork.plans.selectors.needs import not_answered
from clusterwork.plans.services.needs import check_year
from clusterwork.registry.models import School

LinkFor = Callable[[int, str], str]
"""The full address for the number of a school or thing, in a language."""


class AnswersEndInThePast(Problem):
    """A last day for answers that has gone."""


class AllHaveAnswered(Problem):
    """Nobody is left to ask."""


class NotAskedYet(Problem):
    """A reminder of what was never asked."""


class RemindedToday(Problem):
    """A second reminder on one day."""


@transaction.atomic
def ask_needs(
    *,
    person: Person,
    now: dt.datetime,
    cluster_pk: int,
    year: int,
    by: dt.date,
    link_for: LinkFor,
) -> NeedsAsking:
    """A letter to the head of every school that has not answered; asked again, `by` is the later.

    `link_for` makes the address of a school's statement.
    Raises `NotThere`, `NotAllowed`, `ClusterHasClosed`, `NotThisYear`, `AnswersEndInThePast`,
    `AllHaveAnswered`.
    """
    day = timezone.localdate(now)
    cluster = cluster_to_ask_needs_of(person, cluster_pk, day)
    check_lives(cluster, day)
    check_year(year, day)
    if by < day:
        raise AnswersEndInThePast(
            Message(N_("The last day for answers has gone.")),
            next_step=Message(N_("Choose today or a later day.")),
        )
    silent = _silent(cluster, year, day)
    told = {"by": by, "asked_by": person, "asked_at": now, "reminded_on": day}
    asking, _new = NeedsAsking.objects.update_or_create(cluster=cluster, year=year, defaults=told)
    _write(letters.ASKED, asking, silent, day, link_for)
    _record(person, asking, "needs.ask", N_("Asked what schools need. Schools: %(n)s."), silent)
    return asking


@transaction.atomic
def remind_needs(
    *, person: Person, now: dt.datetime, cluster_pk: int, year: int, link_for: LinkFor
) -> int:
    """A letter to the heads of schools that have not answered, once a day; how many schools.

    Raises `NotThere`, `NotAllowed`, `NotAskedYet`, `RemindedToday`, `AllHaveAnswered`.
    """
    day = timezone.localdate(now)
    cluster = cluster_to_ask_needs_of(person, cluster_pk, day)
    rows = NeedsAsking.objects.select_for_update(of=("self",)).select_related("cluster")
    asking = rows.filter(cluster=cluster, year=year).first()
    if asking is None:
        raise NotAskedYet(
            Message(N_("The schools have not been asked yet.")),
            next_step=Message(N_("Ask them first.")),
        )
    if asking.reminded_on == day:
        raise RemindedToday(
            Message(N_("The schools were written to today already.")),
            next_step=Message(N_("Remind them tomorrow.")),
        )
    silent = _silent(cluster, year, day)
    asking.reminded_on = day
    asking.save(update_fields=("reminded_on",))
    _write(letters.REMINDED, asking, silent, day, link_for)
    _record(person, asking, "needs.remind", N_("Reminded of their needs. Schools: %(n)s."), silent)
    return len(silent)


def _silent(cluster: Cluster, year: int, day: dt.date) -> list[School]:
    found = not_answered(cluster, year, day)
    if not found:
        raise AllHaveAnswered(
            Message(N_("There is nobody to ask: every school of the cluster has answered.")),
            next_step=Message(N_("Read what they said.")),
        )
    return found


def _write(
    template: str, asking: NeedsAsking, schools: Iterable[School], day: dt.date, link_for: LinkFor
) -> int:
    listed = list(schools)
    heads = heads_by_school([each.pk for each in listed], day)
    return queue_many(
        template,
        (
            (head, _words(asking, school, head, link_for))
            for school in listed
            for head in heads.get(school.pk, ())
        ),
    )


def _words(asking: NeedsAsking, school: School, head: Person, link_for: LinkFor) -> dict[str, Any]:
    with override(head.language):
        names = {"cluster": str(asking.cluster), "school": str(school)}
    return {
        **names,
        "year": year_words(asking.year),
        "day": {"day": asking.by.isoformat()},
        "link": link_for(school.pk, head.language),
    }


def _record(
    person: Person, asking: NeedsAsking, verb: str, text: str, schools: list[School]
) -> None:
    record(
        actor=person,
        verb=verb,
        subject=asking,
        summary=Message(text, {"n": len(schools)}),
        details={"year": asking.year, "schools": [each.pk for each in schools]},
    )

"""What a new head answers to what her cluster agreed before she came; and asking her."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import override

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.letters.deciding import NEW_HEAD
from clusterwork.clusters.models import Affirmation, AskedHead, Headship
from clusterwork.clusters.permissions.clusters import cluster_for
from clusterwork.clusters.selectors.memberships import is_on, memberships_on
from clusterwork.clusters.selectors.new_heads import (
    NewHead,
    may_answer,
    new_heads_among,
    new_heads_on,
    who_answers,
)
from clusterwork.clusters.services.deciding_letters import LinkFor
from clusterwork.clusters.services.leading_letters import tell_of_answer
from clusterwork.clusters.services.noting import check_length
from clusterwork.clusters.states.cluster import LIVING
from clusterwork.kernel.errors import NotAllowed, NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.notify.services import queue

LinkToNew = Callable[[int, int, str], str]
ASKED_WITHIN = dt.timedelta(days=90)  # of coming; who came earlier finds it on her pages


class NothingWritten(Problem):
    """Comments, or a wish to reopen, without words."""


@transaction.atomic
def affirm(
    *,
    person: Person,
    day: dt.date,
    cluster_pk: int,
    headship_pk: int,
    answer: str,
    link_for: LinkFor,
    text: str = "",
) -> Affirmation:
    """The new head's answer; an earlier one is kept, and the last counts.

    Chair and coordinator hear of comments and of a wish to reopen. `link_for` makes the address
    of a cluster's decisions.

    Raises `NotThere`, `NotAllowed`, `NothingWritten`, `TooLong`.
    """
    Headship.objects.select_for_update().filter(pk=headship_pk).first()
    new = new_head_for(person, cluster_pk, headship_pk, day)
    if answer != Affirmation.Answer.AFFIRM and not text.strip():
        raise NothingWritten(
            Message(N_("It is not said what your comments are, or what is to be reopened.")),
            next_step=Message(N_("Write it in a few words, or affirm what was agreed.")),
        )
    check_length(text)
    made = Affirmation.objects.create(
        cluster=new.cluster,
        school=new.school,
        headship=new.headship,
        answer=answer,
        text=text.strip(),
        by=person,
    )
    summary = Message(
        N_("Answered as the new head. School: %(school)s."), {"school": str(new.school)}
    )
    record(actor=person, verb="head.affirm", subject=made, summary=summary)
    tell_of_answer(made, day=day, link_for=link_for)
    return made


def new_head_for(person: Person, cluster_pk: int, headship_pk: int, day: dt.date) -> NewHead:
    """The new head's own view, for nobody else. Raises `NotThere`, `NotAllowed`."""
    cluster = cluster_for(person, cluster_pk, day)
    found = [each for each in new_heads_on(cluster, day) if each.headship.pk == headship_pk]
    if not found:
        raise NotThere(
            Message(N_("Nobody is new at the head of this school any more.")),
            next_step=Message(N_("Open the page of the cluster’s decisions.")),
        )
    if not may_answer(person, found[0], day):
        raise NotAllowed(
            Message(N_("Only the new head can answer this.")),
            why=Message(N_("School: %(school)s."), {"school": str(found[0].school)}),
            next_step=Message(N_("She signs in herself; what she answers shows to the cluster.")),
        )
    return found[0]


@transaction.atomic
def ask_new_heads(*, day: dt.date, link_for: LinkToNew) -> int:
    """Writes once to every new head who can be written to; how many letters.

    `link_for` makes the page's address from the keys of cluster and headship, and a language.
    """
    lately = Headship.objects.filter(is_on(day), start_on__gt=day - ASKED_WITHIN)
    stays = memberships_on(day).filter(
        school__in=lately.values("school_id"), cluster__status__in=LIVING
    )
    asked = set(AskedHead.objects.values_list("cluster_id", "headship_id"))
    found = new_heads_among(stays.select_related("school", "cluster__organisation"), day)
    return sum(
        _ask(new, day, link_for)
        for new in found
        if new.is_open and (new.cluster.pk, new.headship.pk) not in asked
    )


def _ask(new: NewHead, day: dt.date, link_for: LinkToNew) -> int:
    people = who_answers(new, day)
    if not people:
        return 0
    _row, is_first = AskedHead.objects.get_or_create(
        cluster=new.cluster, headship=new.headship, defaults={"on": day}
    )
    if not is_first:
        return 0
    for person in people:
        with override(person.language):
            words = {"cluster": str(new.cluster), "school": str(new.school)}
        link = link_for(new.cluster.pk, new.headship.pk, person.language)
        queue(NEW_HEAD, person, {**words, "link": link})
    return len(people)

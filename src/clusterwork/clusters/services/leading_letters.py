"""Letters to a cluster's chair and coordinator about objections and new heads' answers."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import override

from clusterwork.accounts.models import Person
from clusterwork.clusters.letters.deciding import HEAD_HAS_COMMENTS, HEAD_REOPENS, OBJECTED
from clusterwork.clusters.models import Affirmation, Appointment, Cluster, Vote
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.clusters.services.deciding_letters import LinkFor
from clusterwork.notify.services import queue
from clusterwork.registry.models import School

LEADING = (Appointment.Role.CHAIR, Appointment.Role.COORDINATOR)
OF_ANSWER = {
    Affirmation.Answer.COMMENTS.value: HEAD_HAS_COMMENTS,
    Affirmation.Answer.REOPEN.value: HEAD_REOPENS,
}


def tell_of_objection(vote: Vote, *, day: dt.date, link_for: LinkFor) -> int:
    """That a school objects to a proposal; the reason stands on its page. How many letters."""
    decision = vote.decision
    to = who_leads(decision.cluster, day, but=vote.by)
    for person in to:
        words = _words(person, decision.cluster, vote.school)
        link = link_for(decision.pk, person.language)
        queue(OBJECTED, person, {**words, "title": decision.title, "link": link})
    return len(to)


def tell_of_answer(said: Affirmation, *, day: dt.date, link_for: LinkFor) -> int:
    """That a new head has comments or asks to reopen; nothing where she affirms. How many.

    `link_for` makes the address of the cluster's decisions, where her words stand.
    """
    template = OF_ANSWER.get(said.answer)
    if template is None:
        return 0
    to = who_leads(said.cluster, day, but=said.by)
    for person in to:
        link = link_for(said.cluster_id, person.language)
        queue(template, person, {**_words(person, said.cluster, said.school), "link": link})
    return len(to)


def who_leads(cluster: Cluster, day: dt.date, *, but: Person | None = None) -> list[Person]:
    """The chair and coordinators on `day` who sign in, once each, without `but`."""
    held = cluster.appointments.filter(is_on(day), role__in=LEADING, person__is_active=True)
    rows = held.select_related("person").order_by("start_on", "pk")
    found = {each.person.pk: each.person for each in rows if each.person}
    return [each for pk, each in found.items() if but is None or pk != but.pk]


def _words(to: Person, cluster: Cluster, school: School) -> dict[str, str]:
    with override(to.language):
        return {"cluster": str(cluster), "school": str(school)}

"""What waits in decisions: votes to cast, votes to close, and a new head's answer."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Decision
from clusterwork.clusters.permissions import schools_to_send_for
from clusterwork.clusters.selectors.decisions import ToVote, to_close, to_vote
from clusterwork.clusters.selectors.new_heads import NewHead, new_heads_for
from clusterwork.clusters.services.deciding_letters import proposer_of
from clusterwork.web.clusters.asking import today
from clusterwork.web.formats import day as in_words
from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task

MINUTES_TO_VOTE, MINUTES_TO_CLOSE, MINUTES_TO_READ = 5, 5, 20
MOST = 20
NEW_FOR = dt.timedelta(days=365)


def deciding_tasks(viewer: Viewer) -> list[Task]:
    """Votes of my schools, votes of my clusters that are over, and what I found agreed."""
    if viewer.person is None:
        return []
    found = [_close(each) for each in to_close(viewer.person, today())[:MOST]]
    if not viewer.acts_for:
        return found
    return [*_votes(viewer.person), *found, *_of_new_head(viewer.person)]


def _votes(person: Person) -> list[Task]:
    schools = list(schools_to_send_for(person, today()).order_by("sort_key", "pk"))
    return [_vote(each) for each in to_vote(schools, today())[:MOST]] if schools else []


def _vote(waiting: ToVote) -> Task:
    decision, school = waiting.decision, waiting.school
    told = {"title": decision.title, "day": in_words(decision.vote_by)}
    text = _("Vote by %(day)s: %(title)s") if decision.vote_by else _("Vote: %(title)s")
    return Task(
        text % told,
        _("School: %(school)s. Proposed by: %(proposer)s")
        % {"school": school, "proposer": proposer_of(decision)},
        reverse("decision_vote", args=[decision.pk, school.pk]),
        _("Not voted"),
        by=decision.vote_by,
        minutes=MINUTES_TO_VOTE,
        asked_by=str(decision.cluster),
    )


def _close(decision: Decision) -> Task:
    return Task(
        _("Close the vote: %(title)s") % {"title": decision.title},
        _("The last day for votes was: %(day)s.") % {"day": in_words(decision.vote_by)},
        reverse("decision_close", args=[decision.pk]),
        _("Over"),
        minutes=MINUTES_TO_CLOSE,
        asked_by=str(decision.cluster),
    )


def _of_new_head(person: Person) -> list[Task]:
    since = today() - NEW_FOR
    found = [each for each in new_heads_for(person, today()) if each.is_open and each.since > since]
    return [_answer(each) for each in found[:MOST]]


def _answer(new: NewHead) -> Task:
    return Task(
        _("Read what was agreed before you came: %(cluster)s") % {"cluster": new.cluster},
        _("School: %(school)s. Affirm it, comment, or ask to reopen it.") % {"school": new.school},
        reverse("new_head", args=[new.cluster.pk, new.headship.pk]),
        _("Not answered"),
        minutes=MINUTES_TO_READ,
        asked_by=str(new.cluster),
    )

"""Letters about a cluster that schools form themselves; each inside its service's transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from clusterwork.accounts.models import Person
from clusterwork.accounts.services.answer_links import make_answer_link
from clusterwork.clusters.letters import founding as letters
from clusterwork.clusters.models import Founding, FoundingSchool
from clusterwork.clusters.selectors.foundings import founder_of, officers_of
from clusterwork.clusters.selectors.heads import heads_by_school
from clusterwork.notify.services import queue
from clusterwork.registry.models import School

ANSWER = "answer_founding"
LINK_HOLDS = dt.timedelta(days=60)


@dataclass(frozen=True)
class Links:
    """Full addresses in a language: of the answer to a token, of a founding, of a cluster."""

    answer: Callable[[str, str], str]
    founding: Callable[[int, str], str]
    cluster: Callable[[int, str], str]


def write_to_invited(
    template: str, rows: Iterable[FoundingSchool], *, links: Links, now: dt.datetime
) -> set[int]:
    """A letter with a link of her own to every head of each school; the ids of those reached."""
    invited = list(rows)
    heads = heads_by_school([row.school_id for row in invited], timezone.localdate(now))
    for row in invited:
        for head in heads.get(row.school_id, ()):
            token = make_answer_link(
                purpose=ANSWER, person=head, subject=row, now=now, holds=LINK_HOLDS
            )
            words = _words(row.founding, head, row.school)
            queue(template, head, words, secrets={"link": links.answer(token, head.language)})
    return set(heads)


def write_to_officers(founding: Founding, n: int, *, links: Links, day: dt.date) -> None:
    """Tells the organisation's officers that `n` schools ask to be recognised."""
    for officer in officers_of(founding.cluster.organisation, day):
        link = links.founding(founding.pk, officer.language)
        queue(letters.ASKED, officer, {**_words(founding, officer), "n": n, "link": link})


def write_of_return(founding: Founding, *, links: Links, day: dt.date) -> None:
    """Tells the school that began why it was returned."""
    for head in heads_by_school([founder_of(founding).pk], day).get(founder_of(founding).pk, ()):
        link = links.founding(founding.pk, head.language)
        words = {**_words(founding, head), "because": founding.because, "link": link}
        queue(letters.RETURNED, head, words)


def write_of_recognition(
    founding: Founding,
    schools: Iterable[School],
    *,
    from_day: dt.date,
    links: Links,
    day: dt.date,
) -> None:
    """Tells every school of the cluster from when it is recognised."""
    start = {"start": {"day": from_day.isoformat()}}
    for head, school in _heads(schools, day):
        link = links.cluster(founding.cluster_id, head.language)
        words = {**_words(founding, head, school), **start, "link": link}
        queue(letters.RECOGNISED, head, words)


def write_of_withdrawal(founding: Founding, schools: Iterable[School], *, day: dt.date) -> None:
    """Tells the schools that were invited that nothing comes of it."""
    for head, school in _heads(schools, day):
        queue(letters.WITHDRAWN, head, _words(founding, head, school))


def _heads(schools: Iterable[School], day: dt.date) -> Iterable[tuple[Person, School]]:
    listed = list(schools)
    heads = heads_by_school([each.pk for each in listed], day)
    return [(head, each) for each in listed for head in heads.get(each.pk, ())]


def _words(founding: Founding, to: Person, school: School | None = None) -> Mapping[str, Any]:
    with override(to.language):
        return {
            "cluster": str(founding.cluster),
            "school": str(school or ""),
            "founder": str(founder_of(founding)),
            "organisation": str(founding.cluster.organisation),
            "purpose": founding.purpose,
        }

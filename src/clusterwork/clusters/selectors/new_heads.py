"""Heads who came after their school joined a cluster, and what they answered to what they found.

A new head is one whose time at the school began after the school's unbroken stay in the cluster.
Somebody who headed it before in another way, such as acting, is no newer for that.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.delegations import headed_by
from clusterwork.clusters.models import Affirmation, Cluster, Headship, Membership
from clusterwork.clusters.selectors.heads import heads_by_school
from clusterwork.clusters.selectors.memberships import is_on, memberships_on
from clusterwork.registry.models import School


@dataclass(frozen=True)
class NewHead:
    """A head new to a cluster: since when, who headed the school before, and her last answer."""

    cluster: Cluster
    school: School
    headship: Headship
    since: dt.date
    before: Headship | None
    answer: Affirmation | None

    @property
    def is_open(self) -> bool:
        """Whether she has not answered."""
        return self.answer is None


def new_heads_on(cluster: Cluster, day: dt.date) -> list[NewHead]:
    """The cluster's new heads on `day`, by school."""
    rows = memberships_on(day).filter(cluster=cluster, school__isnull=False)
    return new_heads_among(rows.select_related("school", "cluster"), day)


def new_heads_for(person: Person, day: dt.date) -> list[NewHead]:
    """Where `person` is a new head herself, by cluster and school."""
    mine = Headship.objects.filter(is_on(day), person=person).values("school_id")
    schools = headed_by(person, day).values("pk")
    rows = memberships_on(day).filter(school__in=mine) | memberships_on(day).filter(
        school__in=schools
    )
    found = new_heads_among(rows.select_related("school", "cluster__organisation"), day)
    return [each for each in found if may_answer(person, each, day)]


def new_heads_among(stays: Iterable[Membership], day: dt.date) -> list[NewHead]:
    """The new heads among the schools of these stays: three queries."""
    rows = [each for each in stays if each.school]
    held = _headships([each.school_id or 0 for each in rows], day)
    joined = _joined(rows)
    answers = _answers(rows)
    found = [_new_head(row, held[row.school_id or 0], joined[row.pk], answers) for row in rows]
    shown = [each for each in found if each]
    return sorted(shown, key=lambda each: (each.cluster.pk, each.school.sort_key, each.school.pk))


def who_answers(new: NewHead, day: dt.date) -> list[Person]:
    """Who signs in as the new head: named in the headship, or the school's head who is not the one
    before."""
    if new.headship.person:
        return [new.headship.person]
    before = new.before.person_id if new.before else None
    heads = heads_by_school([new.school.pk], day).get(new.school.pk, [])
    return [each for each in heads if each.pk != before]


def may_answer(person: Person, new: NewHead, day: dt.date) -> bool:
    """Whether `person` is this new head."""
    return any(each.pk == person.pk for each in who_answers(new, day))


def _new_head(
    row: Membership,
    held: Sequence[Headship],
    joined: dt.date,
    answers: dict[tuple[int, int], Affirmation],
) -> NewHead | None:
    if not held or held[0].kind == Headship.Kind.VACANT or row.school is None:
        return None
    time = _time_of(held)
    since = time[-1].start_on
    if since <= joined:
        return None
    before = held[len(time)] if len(held) > len(time) else None
    said = [
        answers[row.cluster_id, each.pk] for each in time if (row.cluster_id, each.pk) in answers
    ]
    return NewHead(row.cluster, row.school, held[0], since, before, said[0] if said else None)


def _time_of(held: Sequence[Headship]) -> list[Headship]:
    """The present headship and those right before it of the same person, the latest first."""
    time = [held[0]]
    for later, earlier in pairwise(held):
        if earlier.end_on != later.start_on or not _is_same(earlier, later):
            break
        time.append(earlier)
    return time


def _is_same(one: Headship, other: Headship) -> bool:
    if one.person_id and other.person_id:
        return one.person_id == other.person_id
    return bool(one.name) and one.name.casefold() == other.name.casefold()


def _headships(schools: Sequence[int], day: dt.date) -> dict[int, list[Headship]]:
    """Each school's headships up to `day`, the latest first; empty where none holds on `day`."""
    rows = Headship.objects.filter(school__in=schools, start_on__lte=day).select_related("person")
    found: dict[int, list[Headship]] = defaultdict(list)
    for row in rows.order_by("-start_on", "-pk"):
        found[row.school_id].append(row)
    return defaultdict(
        list,
        {
            school: held
            for school, held in found.items()
            if held[0].end_on is None or held[0].end_on > day
        },
    )


def _joined(stays: Sequence[Membership]) -> dict[int, dt.date]:
    """By stay, the first day of the school in the cluster without a gap."""
    pairs = {(each.cluster_id, each.school_id): each for each in stays}
    since = {key: each.start_on for key, each in pairs.items()}
    rows = Membership.objects.filter(
        cluster__in={cluster for cluster, _school in pairs},
        school__in={school for _cluster, school in pairs},
        end_on__isnull=False,
    )
    for row in rows.order_by("-start_on"):
        key = (row.cluster_id, row.school_id)
        if since.get(key) == row.end_on:
            since[key] = row.start_on
    return {each.pk: since[each.cluster_id, each.school_id] for each in stays}


def _answers(stays: Sequence[Membership]) -> dict[tuple[int, int], Affirmation]:
    """By cluster and headship, the last answer."""
    rows = Affirmation.objects.filter(
        cluster__in={each.cluster_id for each in stays},
        school__in={each.school_id for each in stays},
    )
    return {
        (row.cluster_id, row.headship_id): row
        for row in rows.select_related("by").order_by("at", "pk")
    }

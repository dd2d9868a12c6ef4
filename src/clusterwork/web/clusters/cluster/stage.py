"""What stage a cluster is at on a day, and what comes next, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.models import Appointment, Cluster, Membership
from clusterwork.web.formats import day as in_words

Status = Cluster.Status
NEXT_DAYS = 5
NOT_BEGUN = "not_begun"


@dataclass(frozen=True)
class Next:
    """One thing that comes next; `href` leads to where it is done, if the viewer can do it."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Stage:
    """The sentence of the stage, and what comes next, soonest or most pressing first."""

    now: str
    nexts: list[Next]


@dataclass(frozen=True)
class Facts:
    """What the stage is told from; `to_come` are memberships that start or end after the day.

    `plan` is how the cluster's plan stands, and its address, for those who may read it.
    """

    cluster: Cluster
    status: str
    day: dt.date
    n_schools: int
    roles: frozenset[str]
    n_effects: int
    to_come: list[Membership]
    may_run: bool
    may_work: bool
    is_past: bool = False
    splits_ahead: list[tuple[str, str]] = field(default_factory=list)
    plan: tuple[str, str] | None = None

    @property
    def n_first(self) -> int:
        """How many schools are in it from its first day, where that lies ahead."""
        first = self.cluster.start_on
        return sum(1 for each in self.to_come if each.school_id and each.start_on == first)


def stage_of(facts: Facts) -> Stage:
    """The stage on the day; what came after a day that is past is not told of it."""
    return Stage(_now(facts), [] if facts.is_past else list(_nexts(facts)))


def _now(facts: Facts) -> str:
    words = {
        "n": facts.n_schools,
        "since": in_words(facts.cluster.start_on),
        "end": in_words(facts.cluster.end_on),
    }
    if facts.cluster.start_on > facts.day:
        return _begins(facts.n_first) % {**words, "n": facts.n_first}
    if facts.status == Status.CLOSED:
        return _("Closed on %(end)s.") % words if facts.cluster.end_on else _("Closed.")
    return _with_schools(facts.status, facts.n_schools) % words


def _begins(n: int) -> str:
    if not n:
        return _("Begins on %(since)s.")
    return ngettext(
        "Begins on %(since)s, with one school.",
        "Begins on %(since)s, with %(n)s schools.",
        n,
    )


def _with_schools(status: str, n: int) -> str:
    if status == Status.PROPOSED:
        return ngettext("Proposed, with one school.", "Proposed, with %(n)s schools.", n)
    if status == Status.RECOGNISED:
        return ngettext(
            "Recognised, with one school; its work has not begun.",
            "Recognised, with %(n)s schools; its work has not begun.",
            n,
        )
    if status == Status.CLOSING:
        return ngettext("Closing, with one school.", "Closing, with %(n)s schools.", n)
    return ngettext(
        "At work since %(since)s, with one school.",
        "At work since %(since)s, with %(n)s schools.",
        n,
    )


def _nexts(facts: Facts) -> Iterator[Next]:
    if facts.status == Status.CLOSED:
        return
    yield from _to_settle(facts)
    if facts.plan:
        yield Next(*facts.plan)
    yield from _of_status(facts)
    yield from _vacant(facts)
    yield from _to_come(facts)
    yield from _unnamed(facts)


def _to_settle(facts: Facts) -> Iterator[Next]:
    if facts.n_effects and facts.may_run:
        said = ngettext(
            "One change in the register waits for your decision.",
            "%(n)s changes in the register wait for your decision.",
            facts.n_effects,
        )
        yield Next(said % {"n": facts.n_effects}, _address("cluster_effects", facts))


def _of_status(facts: Facts) -> Iterator[Next]:
    href = _address("cluster_status", facts) if facts.may_run else ""
    if facts.status == Status.PROPOSED:
        yield Next(_("Its organisation recognises it, or closes it."), href)
    elif facts.status == Status.RECOGNISED:
        yield Next(_("Its work begins."), href)
    elif facts.status == Status.CLOSING and facts.cluster.end_on is None:
        yield Next(_("It closes, or goes on after all."), href)
    for words, names in facts.splits_ahead:
        yield Next(f"{words} {names}")
    if facts.cluster.end_on and facts.cluster.end_on > facts.day:
        yield Next(_("It ends on %(end)s.") % {"end": in_words(facts.cluster.end_on)})


def _vacant(facts: Facts) -> Iterator[Next]:
    href = _address("cluster_people", facts)
    if Appointment.Role.CHAIR not in facts.roles:
        yield Next(_("The chair is vacant."), href)
    if Appointment.Role.COORDINATOR not in facts.roles:
        yield Next(_("It has no coordinator."), href)


def _to_come(facts: Facts) -> Iterator[Next]:
    days: dict[dt.date, list[int]] = {}
    for each in facts.to_come:
        if each.start_on > facts.day:
            days.setdefault(each.start_on, [0, 0])[0] += 1
        elif each.end_on:
            days.setdefault(each.end_on, [0, 0])[1] += 1
    for day, (comes, goes) in sorted(days.items())[:NEXT_DAYS]:
        href = reverse("cluster_members", args=[facts.cluster.pk]) + f"?on={day.isoformat()}"
        if comes:
            said = ngettext(
                "From %(day)s one membership begins.",
                "From %(day)s %(n)s memberships begin.",
                comes,
            )
            yield Next(said % {"day": in_words(day), "n": comes}, href)
        if goes:
            said = ngettext(
                "On %(day)s one membership ends.", "On %(day)s %(n)s memberships end.", goes
            )
            yield Next(said % {"day": in_words(day - dt.timedelta(1)), "n": goes}, href)


def _unnamed(facts: Facts) -> Iterator[Next]:
    if not facts.cluster.name and not facts.cluster.name_cy:
        href = _address("cluster_names", facts) if facts.may_work else ""
        yield Next(_("Its schools choose a name. Until then it has a working name."), href)


def _address(name: str, facts: Facts) -> str:
    try:
        return reverse(name, args=[facts.cluster.pk])
    except NoReverseMatch:
        return ""


def tag_of(cluster: Cluster, status: str, day: dt.date) -> tuple[str, str]:
    """The status of the day for its tag, and its words; before its first day it has none."""
    if cluster.start_on > day and status != Status.CLOSED:
        return NOT_BEGUN, _("Not yet begun")
    return status, words_of(status)


def words_of(status: str) -> str:
    """A status in words."""
    statuses: dict[str, Any] = dict(Status.choices)
    return str(statuses.get(status, status))

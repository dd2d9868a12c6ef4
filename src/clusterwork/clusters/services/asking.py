"""Asking schools first: opening, reminding, answering, closing. Only officers read the answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.accounts.services.answer_links import redeem
from clusterwork.audit.services import record
from clusterwork.clusters.letters.consulting import ASKED, ASKED_AGAIN
from clusterwork.clusters.models import AskedSchool, Asking, Formation, Wish
from clusterwork.clusters.permissions import check_may_send_for, formation_for
from clusterwork.clusters.permissions.consulting import asked_for, asking_for
from clusterwork.clusters.selectors.askings import open_asking_of, takes_wishes
from clusterwork.clusters.selectors.closing import against_closing
from clusterwork.clusters.selectors.formations import schools_of
from clusterwork.clusters.services.unconfirmed import locked_formation
from clusterwork.clusters.services.writing import (
    LinkFor,
    Post,
    nobody_to_remind,
    write_to_heads,
    written,
    written_to_today,
)
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School, Status

PURPOSE = "answer_asking"
WRITING = ("asking.open", "asking.remind")
MOST_LINES = 20


class AskedAlready(Problem):
    """The exercise has an asking that is still open."""


class NobodyToAsk(Problem):
    """No school has been chosen."""


class AskingIsOver(Problem):
    """The schools can no longer answer."""


class WishNotPossible(Problem):
    """A line names the school itself, or says two things about one school."""


@dataclass(frozen=True)
class Line:
    """One line of an answer: a school of the register, or only a name."""

    kind: str
    other: School | None = None
    name: str = ""
    because: str = ""


@transaction.atomic
def open_asking(
    *, person: Person, now: dt.datetime, pk: int, closes_on: dt.date, link_for: LinkFor
) -> Asking:
    """Puts the two questions to the chosen schools and writes to their heads.

    Raises `NotThere`, `NotAllowed`, `ConfirmedAlready`, `NobodyToAsk`, `AskedAlready`, and why
    the closing date cannot be.
    """
    day = timezone.localdate(now)
    formation = formation_for(person, pk, day)
    locked_formation(pk)
    schools = list(schools_of(formation).filter(status=Status.OPEN))
    _check_can_open(formation, schools)
    problem = against_closing(formation.programme.organisation, day, closes_on, 0)
    if problem:
        raise problem
    last = formation.askings.aggregate(last=Max("number"))["last"] or 0
    asking = Asking.objects.create(
        formation=formation, number=last + 1, closes_on=closes_on, opened_by=person
    )
    AskedSchool.objects.bulk_create(AskedSchool(asking=asking, school=each) for each in schools)
    reached = _write(asking, ASKED, list(asking.asked.select_related("school")), now, link_for)
    text = N_("Asked schools first: %(n)s. Answers until: %(day)s.")
    words = {"n": len(schools), "day": closes_on.isoformat()}
    _record(person, asking, "asking.open", text, words, written(reached, now))
    return asking


@transaction.atomic
def remind_asked(*, person: Person, now: dt.datetime, pk: int, link_for: LinkFor) -> int:
    """Writes to the heads of schools that have not answered, once a day each; how many schools.

    Raises `NotThere`, `NotAllowed`, `AskingIsOver`, `WrittenToToday`.
    """
    asking = asking_for(person, pk, timezone.localdate(now))
    Asking.objects.select_for_update().get(pk=pk)
    _check_open(asking, timezone.localdate(now))
    today = written_to_today(asking.formation, WRITING, now)
    silent = asking.asked.filter(answered_at__isnull=True).exclude(school__in=today)
    reached = _write(asking, ASKED_AGAIN, list(silent.select_related("school")), now, link_for)
    if not reached:
        raise nobody_to_remind()
    _record(person, asking, "asking.remind", N_("Reminded schools of the two questions: %(n)s."),
            {"n": len(reached)}, written(reached, now))  # fmt: skip
    return len(reached)


@transaction.atomic
def close_asking(*, person: Person, now: dt.datetime, pk: int) -> Asking:
    """No school answers any more. Raises `NotThere`, `NotAllowed`, `AskingIsOver`."""
    asking = asking_for(person, pk, timezone.localdate(now))
    locked = Asking.objects.select_for_update().get(pk=pk)
    if locked.closed_at:
        raise AskingIsOver(Message(N_("This asking has been closed already.")))
    locked.closed_at = now
    locked.save(update_fields=("closed_at",))
    n = locked.asked.filter(answered_at__isnull=False).count()
    _record(person, asking, "asking.close", N_("Closed the asking. Schools that answered: %(n)s."),
            {"n": n}, {})  # fmt: skip
    return locked


@transaction.atomic
def answer_asking(
    *,
    person: Person,
    now: dt.datetime,
    pk: int,
    lines: Sequence[Line],
    note: str = "",
    by_link: bool = False,
) -> AskedSchool:
    """What the school says, in place of what it said before; no line at all is an answer too.

    Raises `NotThere`, `NotAllowed`, `AskingIsOver`, `WishNotPossible`.
    """
    day = timezone.localdate(now)
    asked = asked_for(person, pk, day)
    check_may_send_for(person, asked.school, day)
    Asking.objects.select_for_update().get(pk=asked.asking_id)
    _check_open(Asking.objects.get(pk=asked.asking_id), day)
    _check_lines(asked.school, lines)
    again = asked.answered_at is not None
    asked.wishes.all().delete()
    Wish.objects.bulk_create(
        Wish(asked=asked, kind=each.kind, other=each.other, name=each.name, because=each.because)
        for each in lines
    )
    asked.answered_by, asked.answered_at, asked.note = person, now, note
    asked.save(update_fields=("answered_by", "answered_at", "note"))
    said = N_("Changed its answer: %(school)s.") if again else N_("Answered: %(school)s.")
    _record(person, asked.asking, "asking.answer", said, {"school": str(asked.school)},
            {"school": asked.school_id, "n_lines": len(lines), "by_link": by_link})  # fmt: skip
    return asked


@transaction.atomic
def answer_asking_by_link(
    *, token: str, now: dt.datetime, lines: Sequence[Line], note: str = ""
) -> AskedSchool:
    """The same by a signed link, which is used up. Raises `LinkLeadsNowhere` besides."""
    link = redeem(token, now=now)
    if link.purpose != PURPOSE:
        raise NotThere(Message(N_("This link is for something else.")))
    return answer_asking(
        person=link.person, now=now, pk=link.subject_id, lines=lines, note=note, by_link=True
    )


def _check_can_open(formation: Formation, schools: Sequence[School]) -> None:
    if not schools:
        raise NobodyToAsk(
            Message(N_("There is nobody to ask: no open school has been chosen.")),
            next_step=Message(N_("Choose the schools first.")),
        )
    if open_asking_of(formation):
        raise AskedAlready(
            Message(N_("The schools are being asked already.")),
            next_step=Message(N_("Close that asking first, then ask again.")),
        )


def _check_open(asking: Asking, day: dt.date) -> None:
    if not takes_wishes(asking, day):
        raise AskingIsOver(
            Message(N_("The questions are closed.")),
            why=Message(
                N_("Answers were taken until: %(day)s."), {"day": last_day(asking).isoformat()}
            ),
            next_step=Message(N_("Tell the programme's officers if something has to be known.")),
        )


def last_day(asking: Asking) -> dt.date:
    """The day on which answers ended: the closing date, or the day of closing before it."""
    ended = timezone.localdate(asking.closed_at) if asking.closed_at else asking.closes_on
    return min(ended, asking.closes_on)


def _check_lines(school: School, lines: Sequence[Line]) -> None:
    seen: dict[int, str] = {}
    for line in lines:
        if line.other is None:
            continue
        if line.other.pk == school.pk:
            raise WishNotPossible(
                Message(N_("A line names your own school.")),
                next_step=Message(N_("Name another school, or leave the line empty.")),
            )
        wishing = line.kind != Wish.Kind.WORKS_WITH
        if wishing and seen.setdefault(line.other.pk, line.kind) != line.kind:
            raise WishNotPossible(
                Message(
                    N_("You wish to be, and wish not to be, with this school: %(school)s."),
                    {"school": str(line.other)},
                ),
                next_step=Message(N_("Take one of the two lines away.")),
            )


def _write(
    asking: Asking,
    template: str,
    asked: Sequence[AskedSchool],
    now: dt.datetime,
    link_for: LinkFor,
) -> list[int]:
    organisation = asking.formation.programme.organisation
    post = Post(template, PURPOSE, organisation, asking.closes_on, {}, link_for)
    return write_to_heads(post, [(each.school, each) for each in asked], now)


def _record(
    person: Person,
    asking: Asking,
    verb: str,
    text: str,
    words: dict[str, Any],
    details: dict[str, Any],
) -> None:
    record(
        actor=person,
        verb=verb,
        subject=asking.formation,
        summary=Message(text, words),
        details={"asking": asking.pk, **details},
    )

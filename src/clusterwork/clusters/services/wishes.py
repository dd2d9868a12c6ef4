"""The officer goes through the wishes one by one: a link, a decision, or not taken up."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Formation, FormationLink, Lock, Wish
from clusterwork.clusters.permissions.consulting import wish_for
from clusterwork.clusters.selectors.askings import link_between, takes_wishes
from clusterwork.clusters.services.locks import add_lock
from clusterwork.clusters.services.unconfirmed import locked_formation
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School

BECAUSE_LENGTH = 300


class StillAsking(Problem):
    """The school may still change what it said."""


class DecidedAlready(Problem):
    """The wish has been decided."""


class NotToBeTakenUp(Problem):
    """The wish cannot become what was asked: no school of the exercise, or a wish to be apart."""


@transaction.atomic
def accept_as_link(
    *, person: Person, now: dt.datetime, pk: int, weight: float = 1.0, because: str = ""
) -> Wish:
    """The two would rather be together, and proposals count it. Parting them costs `weight`.

    Raises `NotThere`, `NotAllowed`, `StillAsking`, `DecidedAlready`, `NotToBeTakenUp`.
    """
    wish, formation = _open_wish(person, now, pk)
    other = _other_chosen(wish, formation)
    if wish.kind == Wish.Kind.WISHES_NOT:
        raise NotToBeTakenUp(
            Message(N_("A wish not to be together cannot become a link.")),
            next_step=Message(N_("Accept it as a decision, or do not take it up.")),
        )
    school = wish.asked.school
    link = link_between(formation, school, other) or FormationLink.objects.create(
        formation=formation, school=school, other=other, weight=weight,
        because=because[:BECAUSE_LENGTH], made_by=person,
    )  # fmt: skip
    wish.link = link
    return _decide(wish, Wish.Decision.LINKED, person, now, N_("Accepted as a link: %(wish)s"))


@transaction.atomic
def accept_as_lock(*, person: Person, now: dt.datetime, pk: int, because: str = "") -> Wish:
    """Every proposal keeps the two together, or apart.

    Raises what `accept_as_link` does, and `LockNotPossible`.
    """
    wish, formation = _open_wish(person, now, pk)
    other = _other_chosen(wish, formation)
    apart = wish.kind == Wish.Kind.WISHES_NOT
    kind = Lock.Kind.APART if apart else Lock.Kind.TOGETHER
    known = _lock_of(formation, kind, wish.asked.school, other)
    made = known or add_lock(
        person=person,
        day=timezone.localdate(now),
        pk=formation.pk,
        kind=kind,
        school=wish.asked.school,
        other=other,
        because=because[:BECAUSE_LENGTH],
    )
    if known is None or known.wishes.exists():  # one made beforehand does not hang on a wish
        wish.lock = made
    return _decide(wish, Wish.Decision.LOCKED, person, now, N_("Accepted as a decision: %(wish)s"))


@transaction.atomic
def decline_wish(*, person: Person, now: dt.datetime, pk: int) -> Wish:
    """Nothing follows from it. Raises `NotThere`, `NotAllowed`, `StillAsking`, `DecidedAlready`."""
    wish, _formation = _open_wish(person, now, pk)
    return _decide(wish, Wish.Decision.DECLINED, person, now, N_("Not taken up: %(wish)s"))


@transaction.atomic
def reopen_wish(*, person: Person, now: dt.datetime, pk: int) -> Wish:
    """Takes the decision about a wish back, with a link or lock that nothing else stands on.

    Raises `NotThere`, `NotAllowed`, `ConfirmedAlready`.
    """
    wish = wish_for(person, pk, timezone.localdate(now))
    locked_formation(wish.asked.asking.formation_id)
    wish = Wish.objects.select_related("asked__school", "asked__asking__formation").get(pk=pk)
    link, lock = wish.link, wish.lock
    wish.link = wish.lock = None
    wish = _decide(wish, "", person, now, N_("Took the decision about a wish back: %(wish)s"))
    if link and not link.wishes.exists():
        link.delete()
    if lock and not lock.wishes.exists():
        lock.delete()
    return wish


def wish_words(wish: Wish) -> str:
    """School, kind and the other school, for the record."""
    return f"{wish.asked.school} – {wish.get_kind_display()}: {wish.other or wish.name}"


def _open_wish(person: Person, now: dt.datetime, pk: int) -> tuple[Wish, Formation]:
    day = timezone.localdate(now)
    asking = wish_for(person, pk, day).asked.asking
    formation = locked_formation(asking.formation_id)
    if takes_wishes(asking, day):
        raise StillAsking(
            Message(N_("The schools can still change what they said.")),
            next_step=Message(N_("Close the asking first, or wait until its closing date.")),
        )
    wish = wish_for(person, pk, day)
    if wish.decision:
        raise DecidedAlready(
            Message(N_("This wish has been decided already.")),
            next_step=Message(N_("Take that decision back first.")),
        )
    return wish, formation


def _other_chosen(wish: Wish, formation: Formation) -> School:
    pair = {wish.asked.school_id, wish.other_id}
    if wish.other and formation.chosen.filter(school__in=pair).count() == len(pair):
        return wish.other
    raise NotToBeTakenUp(
        Message(N_("One of the two schools does not take part in this exercise.")),
        why=Message(N_("Links and decisions are about schools that do.")),
        next_step=Message(N_("Choose the school for the exercise first, or do not take it up.")),
    )


def _lock_of(formation: Formation, kind: str, one: School, other: School) -> Lock | None:
    pair = Q(school=one, other=other) | Q(school=other, other=one)
    return formation.locks.filter(pair, kind=kind).first()


def _decide(wish: Wish, decision: str, person: Person, now: dt.datetime, text: str) -> Wish:
    wish.decision = decision
    wish.decided_by, wish.decided_at = (person, now) if decision else (None, None)
    wish.save()
    record(
        actor=person,
        verb=f"wish.{decision or 'reopen'}",
        subject=wish.asked.asking.formation,
        summary=Message(text, {"wish": wish_words(wish)}),
        details={"wish": wish.pk, "schools": [wish.asked.school_id, wish.other_id]},
    )
    return wish

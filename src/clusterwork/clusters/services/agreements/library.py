"""Keeping an organisation's library of clauses: taking over what is shipped, adding, changing."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import AgreementKind, Clause
from clusterwork.clusters.permissions.agreements import clause_to_keep, library_to_keep
from clusterwork.clusters.selectors.agreements import offered
from clusterwork.clusters.services.agreements.checking import ClauseWords, check_room, checked
from clusterwork.clusters.services.agreements.ordering import moved
from clusterwork.clusters.starter import STARTER
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Organisation


class HasClausesAlready(Problem):
    """A library that is not empty takes no shipped clauses over."""


class ChangedMeanwhile(Problem):
    """Somebody else has changed the words since they were read."""


class ClauseWithdrawn(Problem):
    """A clause that was withdrawn cannot be changed."""


@transaction.atomic
def take_over_starter(
    *, person: Person, day: dt.date, organisation_pk: int, kind: str
) -> list[Clause]:
    """The shipped clauses of this kind as the organisation's own.

    Raises `NotThere`, `NotAllowed`, `HasClausesAlready`.
    """
    organisation = _locked_library(person, organisation_pk, day)
    if offered(organisation, kind).exists():
        raise HasClausesAlready(
            Message(N_("There are clauses for this agreement already.")),
            next_step=Message(N_("Change those, or add others one by one.")),
        )
    made = Clause.objects.bulk_create(
        Clause(
            organisation=organisation,
            kind=kind,
            place=place,
            section=each.section,
            title=each.title,
            title_cy=each.title_cy,
            text=each.text,
            text_cy=each.text_cy,
            required=each.required,
        )
        for place, each in enumerate(STARTER[kind], start=1)
    )
    record(
        actor=person,
        verb="clauses.take_over",
        subject=organisation,
        summary=Message(
            N_("Took over the shipped clauses. Agreement: %(kind)s. Clauses: %(n)s."),
            {"kind": _kind(kind), "n": len(made)},
        ),
    )
    return made


@transaction.atomic
def add_clause(
    *,
    person: Person,
    day: dt.date,
    organisation_pk: int,
    kind: str,
    words: ClauseWords,
    required: bool = False,
) -> Clause:
    """A new clause, last in its library.

    Raises `NotThere`, `NotAllowed`, `WordsTooLong`, `NoWords`, `TooManyClauses`.
    """
    organisation = _locked_library(person, organisation_pk, day)
    held = list(offered(organisation, kind))
    check_room(len(held) + 1)
    made = Clause.objects.create(
        organisation=organisation,
        kind=kind,
        place=max((each.place for each in held), default=0) + 1,
        required=required,
        **checked(words),
    )
    _told(person, made, "clauses.add", N_("Added a clause: %(title)s."))
    return made


@transaction.atomic
def change_clause(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    words: ClauseWords,
    required: bool,
    seen: str,
) -> Clause:
    """The clause with other words; agreements that were made of it keep theirs.

    `seen` is `digest` of the words that the person read. Raises `NotThere`, `NotAllowed`,
    `ChangedMeanwhile`, `ClauseWithdrawn`, `WordsTooLong`, `NoWords`.
    """
    clause = _locked(person, pk, day)
    if clause.withdrawn_at:
        raise ClauseWithdrawn(
            Message(N_("This clause has been withdrawn.")),
            next_step=Message(N_("Offer it again first.")),
        )
    check_seen(seen, clause)
    for name, value in checked(words).items():
        setattr(clause, name, value)
    clause.required = required
    clause.save()
    _told(person, clause, "clauses.change", N_("Changed a clause: %(title)s."))
    return clause


@transaction.atomic
def withdraw_clause(*, person: Person, now: dt.datetime, day: dt.date, pk: int) -> Clause:
    """The clause is offered no more; agreements keep it. Raises `NotThere`, `NotAllowed`."""
    clause = _locked(person, pk, day)
    if clause.withdrawn_at is None:
        clause.withdrawn_at = now
        clause.save(update_fields=("withdrawn_at",))
        _told(person, clause, "clauses.withdraw", N_("Withdrew a clause: %(title)s."))
    return clause


@transaction.atomic
def offer_again(*, person: Person, day: dt.date, pk: int) -> Clause:
    """A withdrawn clause is offered again, last. Raises `NotThere`, `NotAllowed`."""
    clause = _locked(person, pk, day)
    if clause.withdrawn_at:
        last = offered(clause.organisation, clause.kind).order_by("-place").first()
        clause.withdrawn_at = None
        clause.place = (last.place if last else 0) + 1
        clause.save(update_fields=("withdrawn_at", "place"))
        _told(person, clause, "clauses.offer", N_("Offered a clause again: %(title)s."))
    return clause


@transaction.atomic
def move_clause(*, person: Person, day: dt.date, pk: int, up: bool) -> Clause:
    """The clause one place up or down in its library. Raises `NotThere`, `NotAllowed`."""
    clause = _locked(person, pk, day)
    held = list(offered(clause.organisation, clause.kind))
    for place, each in enumerate(moved(held, clause, up=up), start=1):
        Clause.objects.filter(pk=each.pk).exclude(place=place).update(place=place)
    return clause


def digest(clause: object) -> str:
    """A short mark of a clause's words, by which it is known whether somebody has changed them."""
    names = ("section", "title", "title_cy", "text", "text_cy")
    text = "\x1f".join(str(getattr(clause, name)) for name in names)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def check_seen(seen: str, clause: object) -> None:
    """Raises `ChangedMeanwhile` where the words are not those that the person read."""
    if seen != digest(clause):
        raise ChangedMeanwhile(
            Message(N_("Somebody else has changed this clause since you opened it.")),
            why=Message(N_("Their words stand beside yours below; nothing of yours is lost.")),
            next_step=Message(N_("Put together what is right, and save again.")),
        )


def _locked_library(person: Person, pk: int, day: dt.date) -> Organisation:
    library_to_keep(person, pk, day)
    return Organisation.objects.select_for_update().get(pk=pk)


def _locked(person: Person, pk: int, day: dt.date) -> Clause:
    """The clause under the lock of its library, so that places are counted once."""
    found = clause_to_keep(person, pk, day)
    _locked_library(person, found.organisation_id, day)
    return Clause.objects.select_related("organisation").get(pk=pk)


def _told(person: Person, clause: Clause, verb: str, summary: str) -> None:
    record(
        actor=person,
        verb=verb,
        subject=clause.organisation,
        summary=Message(summary, {"title": clause.title}),
        details={"clause": clause.pk},
    )


def _kind(kind: str) -> str:
    return str(AgreementKind(kind).label)

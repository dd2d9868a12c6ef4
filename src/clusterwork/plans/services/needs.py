"""The lines of a school's statement while it is a draft: writing, removing, keeping last year's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.selectors.memberships import clusters_of
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Measure
from clusterwork.plans.models import Need, NeedsStatement
from clusterwork.plans.permissions.needs import (
    need_to_change,
    school_to_prepare_needs_of,
)
from clusterwork.plans.rules.years import year_of, year_words
from clusterwork.plans.selectors.needs import offered_to
from clusterwork.plans.services.reusing import count_reused
from clusterwork.plans.states import needs as states
from clusterwork.registry.models import School

MOST_CHARACTERS = 5_000
MOST_LINES = 60
FROM_LAST_YEAR = N_("The school’s statement of an earlier year")


class SentAlready(Problem):
    """A change to a statement that the cluster has."""


class NotThisYear(Problem):
    """A statement of a year that is over, or far ahead."""


class NothingSaid(Problem):
    """A line without words, one that does not say whose voice it is, or a statement without any."""


class LineTooLong(Problem):
    """A line longer than anybody reads, or more lines than that."""


class ChangedMeanwhile(Problem):
    """Somebody else of the school saved the line after it was opened."""


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """What one line says."""

    kind: str
    text: str
    area: str = Need.Area.OTHER
    told_by: str = ""
    measure: Measure | None = None


@transaction.atomic
def add_need(*, person: Person, day: dt.date, school_pk: int, year: int, facts: NeedFacts) -> Need:
    """One more line of the draft, which is begun with it.

    Raises `NotThere`, `NotAllowed`, `NotThisYear`, `SentAlready`, `NothingSaid`, `LineTooLong`.
    """
    school = school_to_prepare_needs_of(person, school_pk, day)
    check_line(facts)
    statement = draft_of(person, school, year, day)
    made = _add(statement, facts)
    record_needs(person, statement, "needs.add", N_("Wrote a line. School: %(school)s."))
    return made


@transaction.atomic
def change_need(
    *, person: Person, day: dt.date, pk: int, facts: NeedFacts, seen: str | None = None
) -> Need:
    """The line says something else; `seen` is its text as it was when it was opened.

    Raises what `add_need` does, and `ChangedMeanwhile`.
    """
    need = need_to_change(person, pk, day)
    check_line(facts)
    draft_of(person, need.statement.school, need.statement.year, day)
    held = Need.objects.get(pk=pk)
    if seen is not None and held.text != seen:
        raise ChangedMeanwhile(
            Message(N_("Somebody else of your school has changed this line since you opened it.")),
            why=Message(N_("It now says: %(text)s"), {"text": held.text}),
            next_step=Message(N_("Put both together, and save again.")),
        )
    for name in ("kind", "area", "told_by", "measure"):
        setattr(held, name, getattr(facts, name))
    held.text = facts.text.strip()
    held.save()
    record_needs(person, need.statement, "needs.change", N_("Changed a line. School: %(school)s."))
    return held


@transaction.atomic
def remove_need(*, person: Person, day: dt.date, pk: int) -> NeedsStatement:
    """The line goes. Raises `NotThere`, `NotAllowed`, `NotThisYear`, `SentAlready`."""
    need = need_to_change(person, pk, day)
    statement = draft_of(person, need.statement.school, need.statement.year, day)
    need.delete()
    record_needs(person, statement, "needs.remove", N_("Removed a line. School: %(school)s."))
    return statement


@transaction.atomic
def keep_needs(
    *, person: Person, day: dt.date, school_pk: int, year: int, pks: Iterable[int] | None = None
) -> list[Need]:
    """Lines of the school's last statement, taken over as they are; all of them without `pks`.

    Kept again, a line stays one. Raises `NotThere`, `NotAllowed`, `NotThisYear`, `SentAlready`,
    `LineTooLong`.
    """
    school = school_to_prepare_needs_of(person, school_pk, day)
    statement = draft_of(person, school, year, day)
    wanted = None if pks is None else set(pks)
    made = [
        _add(statement, _facts_of(each), carried_from=each)
        for each in offered_to(school, year)
        if wanted is None or each.pk in wanted
    ]
    if made:
        _count(school, day, year, made)
        record_needs(
            person, statement, "needs.keep", N_("Kept lines: %(n)s. School: %(school)s."), made
        )
    return made


def check_year(year: int, day: dt.date) -> None:
    """Raises `NotThisYear`; this school year and the next can be written."""
    this = year_of(day)
    if year not in (this, this + 1):
        raise NotThisYear(
            Message(
                N_("The statement of this school year cannot be written now: %(year)s."),
                {"year": year_words(year)},
            ),
            why=Message(N_("The present and the next school year can be written.")),
            next_step=Message(
                N_("Write it for this school year: %(year)s."), {"year": year_words(this)}
            ),
        )


def check_line(facts: NeedFacts) -> None:
    """Raises `NothingSaid`, `LineTooLong`."""
    text = facts.text.strip()
    if not text:
        raise NothingSaid(
            Message(N_("The line has no words.")),
            next_step=Message(N_("Write it in your own words, or leave it.")),
        )
    if facts.kind == Need.Kind.VOICE and not facts.told_by:
        raise NothingSaid(
            Message(N_("It is not said who told you.")),
            next_step=Message(N_("Choose pupils, staff or parents.")),
        )
    if len(text) > MOST_CHARACTERS:
        raise LineTooLong(
            Message(N_("This text is too long: %(n)s characters."), {"n": len(text)}),
            why=Message(N_("At most %(n)s characters are kept."), {"n": MOST_CHARACTERS}),
            next_step=Message(N_("Shorten it, or make two lines of it.")),
        )


def draft_of(person: Person, school: School, year: int, day: dt.date) -> NeedsStatement:
    """The statement under lock, begun if there is none. Raises `NotThisYear`, `SentAlready`."""
    check_year(year, day)
    NeedsStatement.objects.bulk_create(  # two who begin at once begin the same one
        [NeedsStatement(school=school, year=year, started_by=person)], ignore_conflicts=True
    )
    statement = _under_lock().get(school=school, year=year)
    if statement.state != states.DRAFT:
        raise SentAlready(
            Message(N_("The statement has been sent to the cluster.")),
            next_step=Message(N_("Take it back first. The head can, and whoever sends for her.")),
        )
    return statement


def locked_statement(school: School, year: int) -> NeedsStatement | None:
    """The school's statement for the year, under lock, if there is one."""
    return _under_lock().filter(school=school, year=year).first()


def _under_lock() -> QuerySet[NeedsStatement]:
    rows = NeedsStatement.objects.select_for_update(of=("self",))
    return rows.select_related("school")


def _add(statement: NeedsStatement, facts: NeedFacts, carried_from: Need | None = None) -> Need:
    last = statement.needs.aggregate(last=Max("place"))["last"] or 0
    if statement.needs.count() >= MOST_LINES:
        raise LineTooLong(
            Message(
                N_("The statement has as many lines as it can have: %(n)s."), {"n": MOST_LINES}
            ),
            next_step=Message(N_("Put some of them together.")),
        )
    return Need.objects.create(
        statement=statement,
        kind=facts.kind,
        area=facts.area,
        told_by=facts.told_by if facts.kind == Need.Kind.VOICE else "",
        text=facts.text.strip(),
        measure=facts.measure,
        carried_from=carried_from,
        place=last + 1,
    )


def _facts_of(need: Need) -> NeedFacts:
    return NeedFacts(need.kind, need.text, need.area, need.told_by, need.measure)


def _count(school: School, day: dt.date, year: int, made: list[Need]) -> None:
    count_reused(
        clusters=[each.cluster_id for each in clusters_of(school, day)],
        form=f"needs:{school.pk}:{year}",
        fields={f"line:{each.carried_from_id}": FROM_LAST_YEAR for each in made},
    )


def record_needs(
    person: Person, statement: NeedsStatement, verb: str, text: str, made: list[Need] | None = None
) -> None:
    """An entry of the record about the statement; it is no more public than that."""
    words = {"school": str(statement.school), **({"n": len(made)} if made else {})}
    record(
        actor=person,
        verb=verb,
        subject=statement,
        summary=Message(text, words),
        details={"year": statement.year, "school": statement.school_id},
    )

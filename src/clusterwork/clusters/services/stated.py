"""A school says which partnership is its main one, and which others it has."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import StatedPartnership
from clusterwork.clusters.models.standing import Formality
from clusterwork.clusters.permissions.stated import school_to_state_for, stated_to_change
from clusterwork.clusters.rules.stated import Turn, turn_of
from clusterwork.clusters.selectors.stated import (
    BY_NAME,
    IN_NONE,
    STATED,
    Line,
    line_called,
    lines_for_main,
    main_on,
    name_of,
    stated_on,
)
from clusterwork.clusters.services.refusals import ends_before_it_starts, in_words
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School


class NotInThisPartnership(Problem):
    """The school is not in the cluster or partnership that was chosen."""


class PartnershipUnnamed(Problem):
    """A partnership that nobody knows yet needs a name."""


class CategoryMissing(Problem):
    """A main partnership has a category, and only "none" has the first."""


class NotYet(Problem):
    """The day lies in the future."""


class SinceWhen(Problem):
    """Another main partnership holds, so the day of the change is needed."""


class BeganLater(Problem):
    """The main partnership so far began after the day given for the new one."""


class StatedAlready(Problem):
    """The school has a line about this partnership already."""


class EndedAlready(Problem):
    """What has ended is not ended again."""


@dataclass(frozen=True)
class StatedFacts:
    """What a form asks. Name and kind count only for a partnership that nobody knows yet;
    `start_on` is None where nobody remembers."""

    name: str = ""
    kind: str = ""
    formality: int | None = None
    what_for: str = ""
    start_on: dt.date | None = None
    signed_on: dt.date | None = None


@transaction.atomic
def state_main(
    *, person: Person, day: dt.date, school_pk: int, line: str, facts: StatedFacts
) -> StatedPartnership:
    """From its start the school's main partnership; the one so far ends on that day.

    `line` is the key of a line, `name` for another, `none` for no collaboration. A main one that
    was stated for the very same day is replaced. Raises `NotThere`, `NotAllowed`,
    `NotInThisPartnership`, `PartnershipUnnamed`, `CategoryMissing`, `NotYet`, `SinceWhen`,
    `BeganLater`, `EndsBeforeItStarts`.
    """
    school = _locked(person, school_pk, day)
    values = _values(school, line, facts, day)
    _check_category(line, facts.formality)
    row = _make_room(school, facts.start_on, day)
    _take_up(school, line, facts.start_on)
    row.is_main = True
    _save(row, values)
    _say(person, row, "partnership.main", N_("Stated as the main partnership: %(name)s."))
    return row


@transaction.atomic
def add_partnership(
    *, person: Person, day: dt.date, school_pk: int, line: str, facts: StatedFacts
) -> StatedPartnership:
    """One more partnership of the school, in a line.

    Raises `NotThere`, `NotAllowed`, `NotInThisPartnership`, `PartnershipUnnamed`, `NotYet`,
    `StatedAlready`, `EndsBeforeItStarts`.
    """
    school = _locked(person, school_pk, day)
    values = _values(school, line, facts, day)
    _check_new(school, values, day)
    row = StatedPartnership(school=school)
    _save(row, values)
    _say(person, row, "partnership.state", N_("Stated as another partnership: %(name)s."))
    return row


@transaction.atomic
def correct_partnership(
    *, person: Person, day: dt.date, pk: int, facts: StatedFacts
) -> StatedPartnership:
    """Puts right what was said; what it names stays. The earlier words stay in the history.

    Raises `NotThere`, `NotAllowed`, `PartnershipUnnamed`, `CategoryMissing`, `NotYet`,
    `BeganLater`, `EndsBeforeItStarts`.
    """
    row = stated_to_change(person, pk, day)
    _locked(person, row.school_id, day)
    _check_days(facts, day)
    values = {"formality": facts.formality, "what_for": facts.what_for.strip()}
    if row.is_main:
        in_none = row.formality == Formality.NONE
        _check_category(IN_NONE if in_none else BY_NAME, facts.formality)
    if not (row.cluster_id or row.partnership_id or row.formality == Formality.NONE):
        values |= _named(facts)
    _save(row, {**values, "start_on": facts.start_on, "signed_on": facts.signed_on})
    _say(person, row, "partnership.correct", N_("Corrected what is said of: %(name)s."))
    return row


@transaction.atomic
def end_partnership(*, person: Person, day: dt.date, pk: int, on: dt.date) -> StatedPartnership:
    """From the day `on` it is no longer one of the school's partnerships.

    Raises `NotThere`, `NotAllowed`, `NotYet`, `EndedAlready`, `EndsBeforeItStarts`.
    """
    row = stated_to_change(person, pk, day)
    _locked(person, row.school_id, day)
    row.refresh_from_db(fields=("start_on", "end_on"))
    if row.end_on:
        raise EndedAlready(
            Message(N_("This partnership has ended already.")),
            next_step=Message(N_("Open the school's page again to see how it stands now.")),
        )
    _check_past(on, day)
    _save(row, {"end_on": on})
    _say(person, row, "partnership.end", N_("Stated as ended: %(name)s."))
    return row


def _locked(person: Person, pk: int, day: dt.date) -> School:
    """The school, held against a second statement at the same time."""
    school = school_to_state_for(person, pk, day)
    School.objects.select_for_update().get(pk=pk)
    return school


def _values(school: School, line: str, facts: StatedFacts, day: dt.date) -> dict[str, Any]:
    """The fields of the row; of a known partnership name and kind are ours, never typed."""
    _check_days(facts, day)
    values = asdict(facts) | {"what_for": facts.what_for.strip()}
    if line == IN_NONE:
        return values | {"name": "", "kind": "", "signed_on": None, "what_for": ""}
    if line == BY_NAME:
        return values | _named(facts)
    known = _known(school, line, day)
    return values | {
        "name": known.name,
        "kind": known.kind,
        "cluster": known.cluster,
        "partnership": known.partnership,
    }


def _known(school: School, line: str, day: dt.date) -> Line:
    found = line_called(lines_for_main(school, day), line)
    if found is None:
        raise NotInThisPartnership(
            Message(N_("The school is not in this partnership today.")),
            next_step=Message(N_("Choose one that it is in, or write the name of another.")),
        )
    return found


def _named(facts: StatedFacts) -> dict[str, Any]:
    name = " ".join(facts.name.split())
    if not name:
        raise PartnershipUnnamed(
            Message(N_("The partnership has no name.")),
            next_step=Message(N_("Write the name that its schools use.")),
        )
    return {"name": name, "kind": facts.kind}


def _check_category(line: str, category: int | None) -> None:
    if (category == Formality.NONE) != (line == IN_NONE) or category is None:
        raise CategoryMissing(
            Message(N_("The category does not fit the partnership.")),
            why=Message(
                N_("A main partnership is in one of the categories 2 to 5; category 1 is none.")
            ),
            next_step=Message(N_("Choose the category whose description fits best.")),
        )


def _check_days(facts: StatedFacts, day: dt.date) -> None:
    for each in (facts.start_on, facts.signed_on):
        if each:
            _check_past(each, day)


def _check_past(given: dt.date, day: dt.date) -> None:
    if given > day:
        raise NotYet(
            Message(N_("This day lies in the future.")),
            why=Message(N_("What is planned is not yet a fact.")),
            next_step=Message(N_("Enter today's date or an earlier one.")),
        )


def _make_room(school: School, starts_on: dt.date | None, day: dt.date) -> StatedPartnership:
    """The row to fill: a new one, the one so far having ended; or that one, if it was a slip."""
    so_far = main_on(school, day)
    turn = turn_of(so_far is not None, so_far.start_on if so_far else None, starts_on)
    if turn in REFUSED:
        raise REFUSED[turn]()
    if turn is Turn.REPLACED and so_far is not None:
        so_far.cluster = so_far.partnership = None
        return so_far
    if turn is Turn.ENDS and so_far is not None:
        so_far.end_on = starts_on
        so_far.save(update_fields=("end_on",))
    return StatedPartnership(school=school)


def _take_up(school: School, line: str, starts_on: dt.date | None) -> None:
    """The line of a partnership that becomes the main one ends, or never was."""
    kind, _colon, number = line.partition(":")
    if kind != STATED:
        return
    other = StatedPartnership.objects.get(school=school, pk=int(number))
    if starts_on and (other.start_on is None or other.start_on < starts_on):
        other.end_on = starts_on
        other.save(update_fields=("end_on",))
    else:
        other.delete()


def _since_when() -> Problem:
    return SinceWhen(
        Message(N_("The day of the change is missing.")),
        why=Message(N_("The school has another main partnership, which ends on that day.")),
        next_step=Message(N_("Enter the day from which this one is the main one.")),
    )


def _began_later() -> Problem:
    return BeganLater(
        Message(N_("The main partnership so far began later than this day.")),
        next_step=Message(
            N_("Enter a later day, or correct the start of the main partnership first.")
        ),
    )


REFUSED = {Turn.NEEDS_DAY: _since_when, Turn.TOO_EARLY: _began_later}


def _check_new(school: School, values: dict[str, Any], day: dt.date) -> None:
    same = stated_on(school, day).filter(is_main=False)
    known = {key: values[key] for key in ("cluster", "partnership") if values.get(key)}
    if same.filter(**(known or {"name__iexact": values["name"]})).exists():
        raise StatedAlready(
            Message(N_("There is a line about this partnership already.")),
            next_step=Message(N_("Correct that line, or end it.")),
        )


def _save(row: StatedPartnership, values: dict[str, Any]) -> None:
    """Writes the row; what its constraints refuse is said in words."""
    for name, value in values.items():
        setattr(row, name, value)
    with in_words(SAID):
        row.save()


SAID = {
    "stated_partnership_one_main": _began_later,
    "stated_partnership_ends_after_it_starts": ends_before_it_starts,
}


def _say(person: Person, row: StatedPartnership, verb: str, template: str) -> None:
    told = {"name": name_of(row)}
    summary = Message(template, told) if told["name"] else Message(N_("Stated: in none."))
    record(
        actor=person,
        verb=verb,
        subject=row.school,
        summary=summary,
        details={
            "stated": row.pk,
            "formality": row.formality,
            "start_on": row.start_on and row.start_on.isoformat(),
            "end_on": row.end_on and row.end_on.isoformat(),
        },
    )

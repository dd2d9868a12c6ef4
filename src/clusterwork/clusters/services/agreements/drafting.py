"""Writing a draft: clauses picked, added, changed, ordered and taken out; blanks filled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import AgreementVersion, Clause, SealedClause, Section
from clusterwork.clusters.permissions.agreements import clause_to_draft
from clusterwork.clusters.rules.agreements.blanks import TYPED, blanks_in
from clusterwork.clusters.selectors.agreements import clauses_of, library_of
from clusterwork.clusters.selectors.known_blanks import Filled, kept_blanks, known_blanks
from clusterwork.clusters.services.agreements.checking import (
    ClauseWords,
    check_length,
    check_room,
    checked,
)
from clusterwork.clusters.services.agreements.library import check_seen
from clusterwork.clusters.services.agreements.loading import draft_to_change
from clusterwork.clusters.services.agreements.ordering import moved
from clusterwork.clusters.services.agreements.starting import check_because
from clusterwork.clusters.services.agreements.telling import told
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

LONGEST_BLANK = 500
SECTIONS = tuple(Section.values)


class ClauseIsRequired(Problem):
    """A clause that every agreement must have."""


class ReviewHasPassed(Problem):
    """A day of review that is over already."""


@transaction.atomic
def pick_clauses(
    *, person: Person, day: dt.date, version_pk: int, clause_pks: Collection[int]
) -> AgreementVersion:
    """The draft with exactly these clauses of the library; its own clauses stay.

    A clause that is new comes last in its section. Raises `NotThere`, `NotAllowed`,
    `WordsAreSealed`, `ClauseIsRequired`, `TooManyClauses`.
    """
    version = draft_to_change(person, version_pk, day)
    library = library_of(version.agreement.cluster.organisation, version.agreement.kind)
    for each in library:
        if each.required and each.pk not in clause_pks and version.varies_id is None:
            raise clause_is_required(each.title)
    held = clauses_of(version)
    known = known_blanks(version, day) | kept_blanks(held)
    keys = {each.clause_id for each in held}
    stay = [each for each in held if each.clause_id is None or each.clause_id in clause_pks]
    fresh = [each for each in library if each.pk in clause_pks and each.pk not in keys]
    check_room(len(stay) + len(fresh))
    gone = [each.pk for each in held if each not in stay]
    SealedClause.objects.filter(pk__in=gone).delete()
    _put_in_place(stay, [_sealed(version, each, known) for each in fresh])
    told(person, version, "agreement.pick", N_("Chose the clauses of: %(agreement)s."))
    return version


@transaction.atomic
def add_own_clause(
    *, person: Person, day: dt.date, version_pk: int, words: ClauseWords
) -> SealedClause:
    """A clause of the cluster's own, last in its section.

    Raises `NotThere`, `NotAllowed`, `WordsAreSealed`, `WordsTooLong`, `NoWords`, `TooManyClauses`.
    """
    version = draft_to_change(person, version_pk, day)
    held = clauses_of(version)
    check_room(len(held) + 1)
    made = SealedClause(version=version, place=0, **checked(words))
    made.blanks = _blanks_of(made, known_blanks(version, day) | kept_blanks(held))
    _put_in_place(held, [made])
    told(person, version, "agreement.add", N_("Added a clause: %(title)s."), title=made.title)
    return made


@transaction.atomic
def change_own_words(
    *, person: Person, day: dt.date, pk: int, words: ClauseWords, seen: str
) -> SealedClause:
    """The clause of a draft in other words; the library keeps its own.

    Raises `NotThere`, `NotAllowed`, `WordsAreSealed`, `ChangedMeanwhile`, `WordsTooLong`,
    `NoWords`.
    """
    clause = _clause_to_change(person, pk, day)
    check_seen(seen, clause)
    for name, value in checked(words).items():
        setattr(clause, name, value)
    known = known_blanks(clause.version, day) | kept_blanks(clauses_of(clause.version))
    clause.blanks = _blanks_of(clause, known)
    clause.save()
    told(
        person,
        clause.version,
        "agreement.change",
        N_("Changed a clause: %(title)s."),
        title=clause.title,
    )
    return clause


@transaction.atomic
def take_clause_out(*, person: Person, day: dt.date, pk: int) -> AgreementVersion:
    """The draft without the clause.

    Raises `NotThere`, `NotAllowed`, `WordsAreSealed`, `ClauseIsRequired`.
    """
    clause = _clause_to_change(person, pk, day)
    source = clause.clause
    if source and source.required and not source.withdrawn_at and not clause.version.varies_id:
        raise clause_is_required(clause.title)
    version, title = clause.version, clause.title
    clause.delete()
    told(person, version, "agreement.take_out", N_("Took a clause out: %(title)s."), title=title)
    return version


@transaction.atomic
def move_in_draft(*, person: Person, day: dt.date, pk: int, up: bool) -> AgreementVersion:
    """The clause one place up or down. Raises `NotThere`, `NotAllowed`, `WordsAreSealed`."""
    clause = _clause_to_change(person, pk, day)
    _number(moved(clauses_of(clause.version), clause, up=up))
    return clause.version


@transaction.atomic
def say_about(
    *,
    person: Person,
    day: dt.date,
    version_pk: int,
    review_on: dt.date | None,
    because: str = "",
) -> AgreementVersion:
    """The draft with the day by which it is looked at again, and what changes, and why.

    Raises `NotThere`, `NotAllowed`, `WordsAreSealed`, `ReviewHasPassed`, `NotSaidWhy`.
    """
    version = draft_to_change(person, version_pk, day)
    check_review(review_on, day)
    if version.varies_id:
        check_because(because)
    check_length(because.strip(), LONGEST_BLANK)
    version.review_on, version.because = review_on, because.strip()
    version.save(update_fields=("review_on", "because"))
    known = known_blanks(version, day)
    if "review_on" in known:
        _fill(version, {"review_on": known["review_on"]})
    told(person, version, "agreement.about", N_("Set the day of review of: %(agreement)s."))
    return version


@transaction.atomic
def fill_blanks(
    *,
    person: Person,
    day: dt.date,
    version_pk: int,
    values: Mapping[str, tuple[str, str]],
) -> AgreementVersion:
    """The draft with its blanks filled, each in English and in Welsh (which may be empty).

    What is left as the system knows it keeps where it came from. Raises `NotThere`, `NotAllowed`,
    `WordsAreSealed`, `WordsTooLong`.
    """
    version = draft_to_change(person, version_pk, day)
    known = known_blanks(version, day)
    new = {
        name: _as_typed(english.strip(), welsh.strip(), known.get(name))
        for name, (english, welsh) in values.items()
    }
    for each in new.values():
        check_length(each.en, LONGEST_BLANK)
        check_length(each.cy, LONGEST_BLANK)
    _fill(version, new)
    told(person, version, "agreement.fill", N_("Filled in the blanks of: %(agreement)s."))
    return version


def clause_is_required(title: str) -> Problem:
    """For a clause that cannot be left out."""
    return ClauseIsRequired(
        Message(N_("This clause cannot be left out: %(title)s."), {"title": title}),
        why=Message(N_("Your organisation asks that every agreement has it.")),
        next_step=Message(N_("Keep it, and change its words where they do not fit.")),
    )


def check_review(review_on: dt.date | None, day: dt.date) -> None:
    """Raises `ReviewHasPassed`."""
    if review_on and review_on <= day:
        raise ReviewHasPassed(
            Message(N_("The day of review has come already: %(on)s."), {"on": review_on}),
            next_step=Message(N_("Choose a day to come.")),
        )


def _as_typed(english: str, welsh: str, known: Filled | None) -> Filled:
    if known and (english, welsh or known.cy) == (known.en, known.cy):
        return known
    return Filled(english, welsh, TYPED)


def _fill(version: AgreementVersion, values: Mapping[str, Filled]) -> None:
    for clause in clauses_of(version):
        mine = {name: values[name].plain() for name in _names(clause) if name in values}
        if mine:
            clause.blanks = {**clause.blanks, **mine}
            clause.save(update_fields=("blanks",))


def _clause_to_change(person: Person, pk: int, day: dt.date) -> SealedClause:
    found = clause_to_draft(person, pk, day)
    version = draft_to_change(person, found.version_id, day)
    clause = clause_to_draft(person, pk, day)  # again, under the lock
    clause.version = version
    return clause


def _sealed(version: AgreementVersion, clause: Clause, known: Mapping[str, Filled]) -> SealedClause:
    names = ("section", "title", "title_cy", "text", "text_cy")
    made = SealedClause(
        version=version, clause=clause, place=0, **{n: getattr(clause, n) for n in names}
    )
    made.blanks = _blanks_of(made, known)
    return made


def _blanks_of(clause: SealedClause, known: Mapping[str, Filled]) -> dict[str, dict[str, str]]:
    return {name: known[name].plain() for name in _names(clause) if name in known}


def _names(clause: SealedClause) -> list[str]:
    return blanks_in(clause.text, clause.text_cy)


def _put_in_place(held: list[SealedClause], fresh: list[SealedClause]) -> None:
    """Each new clause after the last one of its section, or of the sections before it."""
    listed = list(held)
    for each in fresh:
        rank = SECTIONS.index(each.section)
        before = [n for n, one in enumerate(listed) if SECTIONS.index(one.section) <= rank]
        listed.insert(before[-1] + 1 if before else 0, each)
    _number(listed)


def _number(clauses: list[SealedClause]) -> None:
    for place, each in enumerate(clauses, start=1):
        if each.place != place or each.pk is None:
            each.place = place
            each.save()

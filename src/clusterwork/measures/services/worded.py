"""Organisations add groups and codes of their own to the catalogue."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Breakdown, CodeKind, FigureCode
from clusterwork.measures.permissions.catalogue import organisation_to_extend
from clusterwork.measures.rules.values import reads_as_number
from clusterwork.measures.services.refusals import in_words
from clusterwork.registry.models import Organisation
from clusterwork.registry.rules.names import fold
from clusterwork.registry.selectors.organisations import with_ancestors, with_descendants

GROUP_CODE = re.compile(r"[a-z][a-z0-9_-]{0,19}")
CODE = re.compile(r"[^\s,;:\"']{1,20}")
Word = Breakdown | FigureCode
WordT = TypeVar("WordT", Breakdown, FigureCode)


class WordUnnamed(Problem):
    """A group or code has a name."""


class CodeUnusable(Problem):
    """Files could not hold the code."""


class ReadsAsNumber(Problem):
    """A cell with this code would be taken for a value."""


class WordThere(Problem):
    """The catalogue has a group or code that is written so."""


class KindUnknown(Problem):
    """A code stands for one of the things that tables tell apart."""


@dataclass(frozen=True)
class WordFacts:
    """What a form asks; `kind` is one of `CodeKind`, of codes only."""

    code: str
    name: str
    name_cy: str = ""
    kind: str = ""


@transaction.atomic
def add_group(*, person: Person, day: dt.date, organisation_pk: int, facts: WordFacts) -> Breakdown:
    """A group that measures of the organisation, and of those below it, can be broken down by.

    Raises `NotAllowed`, `WordUnnamed`, `CodeUnusable`, `ReadsAsNumber`, `WordThere`.
    """
    organisation = organisation_to_extend(person, organisation_pk, day)
    facts = _stripped(facts, facts.code.strip().lower())
    _check_written(facts, GROUP_CODE, GROUP_STEP)
    row = Breakdown(organisation=organisation, **_words(facts))
    _check_new(Breakdown.objects.all(), organisation, facts, by_name=True)
    return _added(person, row, "measure_group.add", N_("Added a group: %(name)s."))


@transaction.atomic
def add_code(*, person: Person, day: dt.date, organisation_pk: int, facts: WordFacts) -> FigureCode:
    """A code that may stand in place of a value of the organisation's own measures.

    Raises `KindUnknown`, and what `add_group` does.
    """
    organisation = organisation_to_extend(person, organisation_pk, day)
    facts = _stripped(facts, facts.code.strip())
    _check_written(facts, CODE, CODE_STEP)
    _check_kind(facts)
    row = FigureCode(organisation=organisation, kind=facts.kind, **_words(facts))
    _check_new(FigureCode.objects.all(), organisation, facts, by_name=False)
    return _added(person, row, "figure_code.add", N_("Added a code: %(name)s."))


GROUP_STEP = N_(
    "Write small letters, figures, hyphens and low lines, a letter first: for example year-6."
)
CODE_STEP = N_("Write up to 20 letters or signs without a space or comma: for example ABS.")


def _stripped(facts: WordFacts, code: str) -> WordFacts:
    return WordFacts(code, facts.name.strip(), facts.name_cy.strip(), facts.kind)


def _words(facts: WordFacts) -> dict[str, str]:
    return {"code": facts.code, "name": facts.name, "name_cy": facts.name_cy}


def _check_written(facts: WordFacts, pattern: re.Pattern[str], step: str) -> None:
    if not facts.name:
        raise WordUnnamed(
            Message(N_("It has no name.")),
            why=Message(N_("Pages show the name; files use the code.")),
            next_step=Message(N_("Write what readers are to see.")),
        )
    if reads_as_number(facts.code):
        raise ReadsAsNumber(
            Message(N_("This code would be read as a number: %(code)s."), {"code": facts.code}),
            why=Message(N_("A cell of a file could then be a value or a code.")),
            next_step=Message(N_("Choose a code with a letter in it.")),
        )
    if not pattern.fullmatch(facts.code):
        raise CodeUnusable(
            Message(N_("Files cannot hold this code: %(code)s."), {"code": facts.code or "–"}),
            next_step=Message(step),
        )


def _check_kind(facts: WordFacts) -> None:
    if facts.kind not in CodeKind.values:
        raise KindUnknown(
            Message(N_("It is not said what the code stands for.")),
            why=Message(N_("A code is neither zero nor missing, and tables tell the kinds apart.")),
            next_step=Message(N_("Choose one of the list.")),
        )


def _check_new(
    rows: QuerySet[Breakdown] | QuerySet[FigureCode],
    organisation: Organisation,
    facts: WordFacts,
    *,
    by_name: bool,
) -> None:
    """Nothing that ships, or that the organisation or one above or below has, is written so.

    Two who add at once wait for each other at the organisation.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    line = {*with_ancestors(organisation), *with_descendants([organisation])}
    held = rows.filter(Q(organisation__isnull=True) | Q(organisation__in=line))
    for row in held:
        same_name = by_name and _names(row) & _folded(facts.code, facts.name, facts.name_cy)
        if row.code.casefold() == facts.code.casefold() or same_name:
            raise _there(row)


def _names(row: Word) -> set[str]:
    return _folded(row.code, row.name, row.name_cy)


def _folded(*words: str) -> set[str]:
    return {fold(word) for word in words if word}


def _there(row: Word | None = None) -> Problem:
    told = {"name": f"{row} ({row.code})" if row else "–"}
    return WordThere(
        Message(N_("The catalogue has this already: %(name)s."), told),
        why=Message(N_("Files name groups and codes, and each name means one thing.")),
        next_step=Message(N_("Use that one, or choose another code and name.")),
    )


def _added(person: Person, row: WordT, verb: str, summary: str) -> WordT:
    with in_words({"breakdown_code_once": _there, "figure_code_once": _there}):
        row.save()
    record(
        actor=person,
        verb=verb,
        subject=row,
        summary=Message(summary, {"name": row.name}),
        details={"code": row.code, "organisation": row.organisation_id},
    )
    return row

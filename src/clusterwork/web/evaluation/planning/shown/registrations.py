"""Every form in which an analysis was registered: what was changed, why, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from clusterwork.evaluation.models import Registration
from clusterwork.evaluation.rules.plan import AnalysisPlan, read
from clusterwork.web.evaluation.mark_words import mark_words
from clusterwork.web.evaluation.plan_words import PlanWords, field_name

Fields = dict[str, str]


@dataclass(frozen=True)
class Turn:
    """A choice that was changed: what it is called, as it was and as it is."""

    name: str
    was: str
    now: str


@dataclass(frozen=True)
class VersionShown:
    """One registration; `marks` are sentences."""

    number: int
    at: dt.datetime
    by: str
    turns: list[Turn]
    because: str
    is_after_result: bool
    marks: list[str]


def versions_shown(registrations: Sequence[Registration]) -> list[VersionShown]:
    """The last one first; `registrations` in the order of their numbers."""
    told = [_by_field(each) for each in all_in_words([read(each.plan) for each in registrations])]
    shown = [
        VersionShown(
            number=each.number,
            at=each.at,
            by=str(each.by or ""),
            turns=_turns(told[n - 1], told[n]) if n else [],
            because=each.because,
            is_after_result=each.after_result,
            marks=mark_words(each),
        )
        for n, each in enumerate(registrations)
    ]
    return shown[::-1]


def turns_between(was: AnalysisPlan, now: AnalysisPlan) -> list[Turn]:
    """What differs, in words; the years as one."""
    earlier, later = all_in_words([was, now])
    return _turns(_by_field(earlier), _by_field(later))


def all_in_words(plans: Sequence[AnalysisPlan]) -> list[PlanWords]:
    """Plans of one analysis; what several name is asked for once."""
    found: list[PlanWords] = []
    for plan in plans:
        words = PlanWords(plan)
        if found:
            _share(found[-1], words)
        found.append(words)
    return found


def _share(known: PlanWords, words: PlanWords) -> None:
    words.names = known.names
    if known.plan.programme == words.plan.programme:
        words.programme = known.programme
    if known.plan.measure == words.plan.measure:
        words.measure = known.measure
    if known.plan.cluster == words.plan.cluster:
        words.cluster = known.cluster


def _turns(earlier: Fields, later: Fields) -> list[Turn]:
    return [
        Turn(field_name(field), earlier.get(field, "–"), later.get(field, "–"))
        for field in dict.fromkeys([*earlier, *later])
        if earlier.get(field) != later.get(field)
    ]


def _by_field(words: PlanWords) -> Fields:
    return {row.field: row.value for row in words.rows()}

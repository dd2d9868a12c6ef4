"""Whom a programme is for, and what a check found, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.models import EligibilityFinding
from clusterwork.clusters.rules.eligibility import (
    FSM,
    FSM_PROTECTED,
    PUPILS,
    SHARES,
    Between,
    Eligibility,
    Graded,
    Turned,
)
from clusterwork.registry.models import Authority, Grade, Phase, School
from clusterwork.web.formats import number, percent

Result = EligibilityFinding.Result


@dataclass(frozen=True)
class Words:
    """The names behind the codes of a version."""

    authorities: Mapping[int, str]
    grades: Mapping[str, str]
    scale: str


@dataclass(frozen=True)
class Stated:
    """One stated fact: its name, what fits, and what is just outside."""

    key: str
    name: str
    fits: str
    near: str


@dataclass(frozen=True)
class Turn:
    """A school that the last check finds otherwise than the one before."""

    school: School
    before: str
    after: str


def words_for(stated: Eligibility) -> Words:
    """The names of the authorities and grades: two queries."""
    graded = stated.graded
    grades = Grade.objects.filter(scale__code=graded.scale if graded else "")
    found = list(grades.select_related("scale"))
    return Words(
        {each.pk: str(each) for each in Authority.objects.filter(pk__in=stated.authorities)},
        {each.code: str(each) for each in found},
        str(found[0].scale) if found else "",
    )


def stated_shown(stated: Eligibility, words: Words) -> list[Stated]:
    """Each stated fact in words."""
    return list(_stated(stated, words))


def _stated(stated: Eligibility, words: Words) -> Iterator[Stated]:
    if stated.phases:
        labels = ", ".join(str(Phase(each).label) for each in stated.phases)
        yield Stated("phase", _("Phase"), labels, _("No margin"))
    if stated.authorities:
        names = (words.authorities.get(pk, str(pk)) for pk in stated.authorities)
        yield Stated("authority", _("Authority"), ", ".join(names), _("No margin"))
    for key, between in stated.figures.items():
        yield Stated(key, figure_name(key), _range(key, between), _near(key, between.margin))
    if stated.graded:
        name = words.scale or stated.graded.scale
        yield Stated("grade", name, _grades(stated.graded, words), _steps(stated.graded))


def figure_name(key: str) -> str:
    """What a figure is called."""
    names = {
        PUPILS: _("Pupils"),
        FSM: _("Free school meals"),
        FSM_PROTECTED: _("Free school meals, with protection"),
    }
    return names[key]


def _range(key: str, between: Between) -> str:
    least, most = _figure(key, between.least), _figure(key, between.most)
    if between.most is None:
        return _("%(least)s or more") % {"least": least}
    if between.least is None:
        return _("%(most)s or less") % {"most": most}
    return _("%(least)s to %(most)s") % {"least": least, "most": most}


def _near(key: str, margin: float) -> str:
    if not margin:
        return _("No margin")
    if key in SHARES:
        return _("Up to %(n)s percentage points away") % {"n": f"{margin * 100:g}"}
    return ngettext("One pupil away", "Up to %(n)s pupils away", int(margin)) % {"n": int(margin)}


def _grades(graded: Graded, words: Words) -> str:
    return ", ".join(words.grades.get(each, each) for each in graded.grades)


def _steps(graded: Graded) -> str:
    if not graded.margin:
        return _("No margin")
    n = graded.margin
    return ngettext("One step on the scale away", "Up to %(n)s steps away", n) % {"n": n}


def value_shown(key: str, value: Any, words: Words) -> str:
    """The value that a school was judged by."""
    if value in (None, ""):
        return _("Not known")
    if key == "phase":
        return str(Phase(value).label) if value in Phase.values else str(value)
    if key == "grade":
        return words.grades.get(value, str(value))
    if key == "authority":
        return words.authorities.get(value, _("Another"))
    return _figure(key, value)


def _figure(key: str, value: float | None) -> str:
    if key not in SHARES:
        return number(value)
    return percent(value, 0 if value is None or abs(value * 100 - round(value * 100)) < 1e-6 else 1)


def turns_shown(turns: Iterable[Turned]) -> list[Turn]:
    """The turns with their schools: one query."""
    some = list(turns)
    schools = School.objects.in_bulk([each.school for each in some])
    found = [Turn(schools[each.school], _said(each.before), _said(each.after)) for each in some]
    return sorted(found, key=lambda each: each.school.sort_key)


def _said(result: str | None) -> str:
    return str(Result(result or Result.OUTSIDE).label)

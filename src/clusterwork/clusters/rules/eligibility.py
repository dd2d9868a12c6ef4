"""Whether a school fits what a programme is for, fact by fact; plain values only.

What is stated of a programme: phases, authorities, figures between a least and a most, and grades
on a scale. A fact that is not stated judges nobody. A figure or a grade that misses by no more
than the stated margin is just outside; a phase or an authority has no margin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

FITS, JUST_OUTSIDE, UNKNOWN, OUTSIDE = "fits", "just_outside", "unknown", "outside"
WORST_LAST = (FITS, JUST_OUTSIDE, UNKNOWN, OUTSIDE)
PUPILS, FSM, FSM_PROTECTED = "pupils", "fsm_share", "fsm_protected_share"
FIGURES = (PUPILS, FSM, FSM_PROTECTED)
SHARES = (FSM, FSM_PROTECTED)
ROUNDING = 1e-9  # so that 35 % less 5 % is 30 %


class NothingStated(Problem):
    """Whom the programme is for has not one fact."""


class RangeUpsideDown(Problem):
    """The least is more than the most."""


class ShareTooLarge(Problem):
    """A share of more than all, or less than none."""


@dataclass(frozen=True)
class Between:
    """A figure from `least` to `most`, both inclusive; None is no limit. `margin` is in its unit,
    shares from 0 to 1."""

    least: float | None = None
    most: float | None = None
    margin: float = 0


@dataclass(frozen=True)
class Graded:
    """One of these grades on a scale; `margin` counts steps on it to the nearest of them."""

    scale: str
    grades: tuple[str, ...]
    margin: int = 0


@dataclass(frozen=True)
class Eligibility:
    """Whom a programme is for. `authorities` are ids; `figures` by their names in the census."""

    phases: tuple[str, ...] = ()
    authorities: tuple[int, ...] = ()
    figures: Mapping[str, Between] = field(default_factory=dict)
    graded: Graded | None = None


@dataclass(frozen=True)
class SchoolFacts:
    """What is known of a school; a figure or grade that is not known is absent or None."""

    phase: str
    authority: int
    figures: Mapping[str, float | None] = field(default_factory=dict)
    grade: str | None = None


@dataclass(frozen=True)
class Judged:
    """One fact of a school: its value, and how it stands to what is stated."""

    name: str
    value: Any
    result: str


@dataclass(frozen=True)
class Turned:
    """A school that another check finds otherwise; None where it was not recorded."""

    school: int
    before: str | None
    after: str | None


def judge(
    stated: Eligibility, school: SchoolFacts, scale: Sequence[str] = ()
) -> tuple[Judged, ...]:
    """Each stated fact in order; `scale` are the grades of the stated scale in their order."""
    found = []
    if stated.phases:
        found.append(_listed("phase", school.phase, stated.phases))
    if stated.authorities:
        found.append(_listed("authority", school.authority, stated.authorities))
    for name in FIGURES:
        if name in stated.figures:
            value = school.figures.get(name)
            found.append(Judged(name, value, _between(value, stated.figures[name])))
    if stated.graded:
        found.append(Judged("grade", school.grade, _graded(school.grade, stated.graded, scale)))
    return tuple(found)


def overall(judged: Iterable[Judged]) -> str:
    """The worst of all facts: surely outside, then not known, then just outside, then fits."""
    return max((each.result for each in judged), key=WORST_LAST.index, default=FITS)


def turned(before: Mapping[int, str], after: Mapping[int, str]) -> list[Turned]:
    """The schools whose result differs, by number; one that a check did not record is outside."""
    return [
        Turned(school, before.get(school), after.get(school))
        for school in sorted({*before, *after})
        if before.get(school, OUTSIDE) != after.get(school, OUTSIDE)
    ]


def checked(stated: Eligibility) -> Eligibility:
    """The same. Raises `NothingStated`, `RangeUpsideDown`, `ShareTooLarge`."""
    if not (stated.phases or stated.authorities or stated.figures or stated.graded):
        raise NothingStated(
            Message(N_("Nothing is stated, so every school would fit.")),
            next_step=Message(N_("State at least one fact.")),
        )
    for name, between in stated.figures.items():
        _check(name, between)
    return stated


def to_mapping(stated: Eligibility) -> dict[str, Any]:
    """As it is kept; `from_mapping` reads it back."""
    figures = {
        name: {"least": each.least, "most": each.most, "margin": each.margin}
        for name, each in stated.figures.items()
    }
    graded = stated.graded and {
        "scale": stated.graded.scale,
        "grades": list(stated.graded.grades),
        "margin": stated.graded.margin,
    }
    return {
        "phases": list(stated.phases),
        "authorities": list(stated.authorities),
        "figures": figures,
        "graded": graded,
    }


def from_mapping(kept: Mapping[str, Any]) -> Eligibility:
    """From what `to_mapping` made."""
    graded = kept.get("graded")
    return Eligibility(
        tuple(kept.get("phases", ())),
        tuple(kept.get("authorities", ())),
        {name: Between(**kept["figures"][name]) for name in FIGURES if name in kept["figures"]},
        graded and Graded(graded["scale"], tuple(graded["grades"]), graded["margin"]),
    )


def _listed(name: str, value: Any, wanted: Sequence[Any]) -> Judged:
    return Judged(name, value, FITS if value in wanted else OUTSIDE)


def _between(value: float | None, wanted: Between) -> str:
    if value is None:
        return UNKNOWN
    below = 0 if wanted.least is None else wanted.least - value
    above = 0 if wanted.most is None else value - wanted.most
    missing = max(below, above)
    if missing <= ROUNDING:
        return FITS
    return JUST_OUTSIDE if missing <= wanted.margin + ROUNDING else OUTSIDE


def _graded(grade: str | None, wanted: Graded, scale: Sequence[str]) -> str:
    if grade is None:
        return UNKNOWN
    if grade in wanted.grades:
        return FITS
    places = {each: at for at, each in enumerate(scale)}
    if grade not in places:
        return OUTSIDE
    steps = [abs(places[each] - places[grade]) for each in wanted.grades if each in places]
    return JUST_OUTSIDE if min(steps, default=len(places)) <= wanted.margin else OUTSIDE


def _check(name: str, between: Between) -> None:
    least, most = between.least, between.most
    if least is not None and most is not None and least > most:
        raise RangeUpsideDown(
            Message(N_("The least is more than the most, so no school would fit.")),
            next_step=Message(N_("Put the two figures right, or leave one empty.")),
        )
    given = [each for each in (least, most, between.margin) if each is not None]
    if name in SHARES and not all(0 <= each <= 1 for each in given):
        raise ShareTooLarge(
            Message(N_("A share is from 0 to 100 per cent.")),
            next_step=Message(N_("Put the figure right.")),
        )

"""What a scale and its grades may be called, and how grades stand in order; no database here."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

V = TypeVar("V")
LAST_PLACE = 999
Fault = tuple[str, Problem]  # the field that is wrong, and why


@dataclass(frozen=True, slots=True)
class GradeWords:
    """What people say of one grade; `position` is from 1 to `LAST_PLACE`, None if not given."""

    label: str
    label_cy: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True)
class ScaleWords:
    """What people say of a scale; `grades` by their ids. `ended_on` is the first day without it."""

    name: str
    name_cy: str = ""
    grades: Mapping[int, GradeWords] = field(default_factory=dict)
    ended_on: dt.date | None = None


class ScaleWithoutName(Problem):
    """The name of the scale is empty."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("The scale has no name.")),
            why=Message(N_("Each school's page shows the name of the scale beside its grades.")),
            next_step=Message(N_("Enter a name.")),
        )


class GradeWithoutLabel(Problem):
    """The label of a grade is empty; `called` is what the grade was called so far."""

    def __init__(self, called: str) -> None:
        super().__init__(
            Message(N_("This grade has no label: %(grade)s."), {"grade": called}),
            why=Message(N_("Each school's page shows its grades by their labels.")),
            next_step=Message(N_("Enter a label.")),
        )


class NoPlace(Problem):
    """The place of a grade is empty, no whole number, or out of range."""

    def __init__(self, called: str) -> None:
        super().__init__(
            Message(N_("This grade has no place in the order: %(grade)s."), {"grade": called}),
            why=Message(N_("Lists show the grades in the order of these numbers.")),
            next_step=Message(
                N_("Enter a whole number from 1 to %(last)s; the first grade is 1."),
                {"last": LAST_PLACE},
            ),
        )


class PlaceTaken(Problem):
    """Two grades of the scale have the same place."""

    def __init__(self, position: int) -> None:
        super().__init__(
            Message(
                N_("Two grades have the same place in the order: %(place)s."), {"place": position}
            ),
            why=Message(N_("It would be left open which of the two comes first.")),
            next_step=Message(N_("Give each grade a number of its own.")),
        )


class LabelTaken(Problem):
    """Two grades of the scale have the same label in one language."""

    def __init__(self, label: str) -> None:
        super().__init__(
            Message(N_("Two grades have the same label: %(label)s."), {"label": label}),
            why=Message(N_("Readers could not tell the two grades apart.")),
            next_step=Message(N_("Give each grade a label of its own.")),
        )


def field_of(part: str, grade_id: int) -> str:
    """The name of the field for `label`, `label_cy` or `position` of a grade."""
    return f"{part}-{grade_id}"


def faults(words: ScaleWords, called: Mapping[int, str]) -> Iterator[Fault]:
    """All that keeps the words from being saved; `called` are the labels held so far, by id."""
    if not words.name.strip():
        yield "name", ScaleWithoutName()
    for pk, grade in words.grades.items():
        if not grade.label.strip():
            yield field_of("label", pk), GradeWithoutLabel(called[pk])
        if grade.position is None or not 1 <= grade.position <= LAST_PLACE:
            yield field_of("position", pk), NoPlace(called[pk])
    yield from same_labels("label", ((pk, each.label) for pk, each in words.grades.items()))
    yield from same_labels("label_cy", ((pk, each.label_cy) for pk, each in words.grades.items()))
    yield from same_places((pk, each.position or 0) for pk, each in words.grades.items())


def same_places(places: Iterable[tuple[int, int]]) -> Iterator[Fault]:
    """A fault for each place that an earlier grade has too."""
    for pk, place in repeats(places, lambda place: place):
        yield field_of("position", pk), PlaceTaken(place)


def same_labels(part: str, labels: Iterable[tuple[int, str]]) -> Iterator[Fault]:
    """A fault for each label that an earlier grade has too, whatever its case and spaces."""
    for pk, label in repeats(labels, lambda text: " ".join(text.casefold().split())):
        yield field_of(part, pk), LabelTaken(label)


def repeats(values: Iterable[tuple[int, V]], key: Callable[[V], object]) -> Iterator[tuple[int, V]]:
    """Those whose key an earlier one has too; empty keys don't count."""
    met: set[object] = set()
    for pk, value in values:
        known = key(value)
        if known and known in met:
            yield pk, value
        met.add(known)


def fingerprint(words: ScaleWords) -> str:
    """Sixteen hexadecimal digits that differ where anything of the words differs."""
    grades = sorted(words.grades.items(), key=lambda each: each[0])
    told = (words.name, words.name_cy, words.ended_on, grades)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]

"""The form by which an officer names a scale and its grades and puts the grades in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clusterwork.registry.models import Grade, Scale
from clusterwork.registry.rules.scales import (
    GradeWords,
    NoPlace,
    ScaleWords,
    faults,
    field_of,
    fingerprint,
)
from clusterwork.registry.selectors.scales import words_of
from clusterwork.registry.services.scales import ScaleChangedMeanwhile
from clusterwork.web.dayfields import DAY, last_day_field
from clusterwork.web.formats import said

TOO_LONG = _lazy(
    "This has %(show_value)s characters, more than there is room for. "
    "Shorten it to %(limit_value)s."
)


def words_field(label: Any, room: int) -> forms.CharField:
    """A line of text; whether it may be empty is for `faults` to say."""
    return forms.CharField(
        label=label,
        max_length=room,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"} if room < 100 else {}),
        error_messages={"max_length": TOO_LONG},
    )


def place_field(called: str) -> forms.IntegerField:
    """The place in the order of the grade that is called so."""
    return forms.IntegerField(
        label=_lazy("Place in the order"),
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={"invalid": said(NoPlace(called))},
    )


class GradeRow(NamedTuple):
    """The fields of one grade."""

    grade: Grade
    label: BoundField
    label_cy: BoundField
    position: BoundField


class Difference(NamedTuple):
    """A field in which the scale, as it is now, and what was typed differ."""

    name: str
    held: str
    typed: str


class ScaleForm(forms.Form):
    """The scale's names, and three fields for each grade, called `label-7` and so on."""

    name = words_field(_lazy("Name"), 200)
    name_cy = words_field(_lazy("Name in Welsh"), 200)
    ended_on = last_day_field(
        _lazy("Used until"),
        help_text=_lazy("The last day on which these grades were given. Empty while they are."),
        required=False,
    )

    def __init__(self, sent: Mapping[str, Any] | None, *, scale: Scale) -> None:
        self.grades = list(scale.grades.all())
        self.held = words_of(scale)
        self.seen = str(sent.get("seen", "")) if sent is not None else ""
        initial = initial_from(self.held)
        # A grade that an import added meanwhile was not sent; it comes filled from the register.
        filled = None if sent is None else {**initial, **{key: sent[key] for key in sent}}
        super().__init__(filled, initial=initial)
        for grade in self.grades:
            self.fields[field_of("position", grade.pk)] = place_field(str(grade))
            self.fields[field_of("label", grade.pk)] = words_field(_lazy("Label"), 80)
            self.fields[field_of("label_cy", grade.pk)] = words_field(_lazy("Label in Welsh"), 80)

    @property
    def now(self) -> str:
        """The fingerprint of the scale as it is, for the form to send back."""
        return fingerprint(self.held)

    @property
    def is_stale(self) -> bool:
        """Whether the scale was changed after the page was opened from which this was sent."""
        return self.is_bound and self.seen != self.now

    @property
    def words(self) -> ScaleWords:
        """What was entered; a field that could not be read is empty."""
        given = self.cleaned_data
        grades = {
            grade.pk: GradeWords(
                given.get(field_of("label", grade.pk), ""),
                given.get(field_of("label_cy", grade.pk), ""),
                given.get(field_of("position", grade.pk)),
            )
            for grade in self.grades
        }
        return ScaleWords(
            given.get("name", ""), given.get("name_cy", ""), grades, given.get("ended_on")
        )

    def clean(self) -> None:
        if self.is_stale:
            self.add_error(None, said(ScaleChangedMeanwhile()))
        unreadable = set(self.errors)
        for name, problem in faults(self.words, {grade.pk: str(grade) for grade in self.grades}):
            if name not in unreadable:
                self.add_error(name, said(problem))

    def rows(self) -> list[GradeRow]:
        """The fields of each grade, in the order that is held."""
        return [
            GradeRow(
                grade,
                self[field_of("label", grade.pk)],
                self[field_of("label_cy", grade.pk)],
                self[field_of("position", grade.pk)],
            )
            for grade in self.grades
        ]

    def differences(self) -> list[Difference]:
        """What somebody else has saved meanwhile beside what was typed; empty unless stale."""
        if not self.is_stale:
            return []
        named = [(str(self[name].label), self[name]) for name in ("name", "name_cy", "ended_on")]
        pairs = [*named, *(pair for row in self.rows() for pair in named_fields(row))]
        return [
            Difference(name, str(bound.initial), str(bound.value()))
            for name, bound in pairs
            if str(bound.initial) != str(bound.value())
        ]


def initial_from(words: ScaleWords) -> dict[str, Any]:
    """The words by the names of the form's fields."""
    last = (words.ended_on - DAY).isoformat() if words.ended_on else ""
    filled: dict[str, Any] = {
        "name": words.name, "name_cy": words.name_cy, "ended_on": last,
    }  # fmt: skip
    for pk, grade in words.grades.items():
        filled[field_of("label", pk)] = grade.label
        filled[field_of("label_cy", pk)] = grade.label_cy
        filled[field_of("position", pk)] = grade.position
    return filled


def named_fields(row: GradeRow) -> Iterator[tuple[str, BoundField]]:
    """The fields of a grade with names that say which grade it is."""
    for bound in (row.label, row.label_cy, row.position):
        parts = {"field": bound.label, "grade": str(row.grade)}
        yield _("%(field)s. Grade: %(grade)s") % parts, bound

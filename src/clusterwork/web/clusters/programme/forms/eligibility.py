"""Whom a programme is for, as fields: shares as per cent, grades as boxes of one scale."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import EligibilityVersion, Programme
from clusterwork.clusters.rules.eligibility import (
    FSM,
    FSM_PROTECTED,
    PUPILS,
    Between,
    Eligibility,
    Graded,
    from_mapping,
)
from clusterwork.clusters.selectors.candidates import authorities_of
from clusterwork.registry.models import Grade, Phase
from clusterwork.web.clusters.cluster.forms.fields import REASON_LENGTH
from clusterwork.web.clusters.forms.choosing import pupils, several
from clusterwork.web.clusters.forms.fields import DECIMAL, SHORT

MEASURES = (
    (FSM, _("As counted each year")),
    (FSM_PROTECTED, _("With transitional protection (Wales)")),
)


def per_cent(label: Any, *, help_text: Any = "") -> forms.FloatField:
    """A share from 0 to 100, or none."""
    return forms.FloatField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.TextInput(attrs=dict(DECIMAL)),
        error_messages={
            "invalid": _("This is not a number. Write it in figures, for example 35."),
            "min_value": _("The number must be 0 or more."),
            "max_value": _("The number must be 100 or less."),
        },
    )


class EligibilityForm(forms.Form):
    """The facts; what is left empty is not stated and judges nobody."""

    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    phases = several(_("Phases"))
    authorities = several(_("Authorities"))
    fsm_least = per_cent(_("Free school meals, at least (per cent)"))
    fsm_most = per_cent(_("Free school meals, at most (per cent)"))
    fsm_margin = per_cent(
        _("How near is just outside (percentage points)?"),
        help_text=_("For example, 5: with at least 35, schools from 30 are just outside."),
    )
    fsm_measure = forms.ChoiceField(
        label=_("Which figure of free school meals?"),
        choices=MEASURES,
        initial=FSM,
        widget=forms.RadioSelect,
    )
    pupils_least = pupils(_("Pupils, at least"))
    pupils_most = pupils(_("Pupils, at most"))
    pupils_margin = pupils(_("How near is just outside (pupils)?"))
    grades = several(_("Inspection or support grades"))
    grade_margin = forms.IntegerField(
        label=_("How near is just outside (steps on the scale)?"),
        help_text=_(
            "For example, 1: the grades next to those ticked, in the order that officers gave the "
            "scale (Schools, then Scales of grades)."
        ),
        required=False,
        min_value=0,
        widget=forms.TextInput(attrs=dict(SHORT)),
        error_messages={
            "invalid": _("This is not a whole number. Write it in figures, for example 1."),
            "min_value": _("The number must be 0 or more."),
        },
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grades = Grade.objects.select_related("scale").order_by("scale__name", "position", "label")
        self._offer("phases", Phase.choices)
        self._offer("authorities", [(str(a.pk), str(a)) for a in authorities_of(programme)])
        self._offer("grades", [(key_of(each), f"{each.scale}: {each}") for each in grades])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_grades(self) -> list[str]:
        """Grades of one scale only: two scales cannot be compared."""
        chosen: list[str] = self.cleaned_data["grades"]
        if len({key.partition(":")[0] for key in chosen}) > 1:
            raise forms.ValidationError(_("Tick grades of one scale only."))
        return chosen

    @property
    def stated(self) -> Eligibility:
        """What was typed."""
        data = self.cleaned_data
        figures = {
            PUPILS: _between(data, "pupils", 1),
            data["fsm_measure"]: _between(data, "fsm", 100),
        }
        return Eligibility(
            tuple(data["phases"]),
            tuple(sorted(int(pk) for pk in data["authorities"])),
            {name: each for name, each in figures.items() if each},
            _graded(data),
        )

    @staticmethod
    def initial_from(version: EligibilityVersion | None) -> dict[str, Any]:
        """The fields as the last version fills them."""
        if version is None:
            return {"seen": 0}
        stated = from_mapping(version.facts)
        measure = FSM_PROTECTED if FSM_PROTECTED in stated.figures else FSM
        graded = stated.graded
        return {
            "seen": version.number,
            "phases": list(stated.phases),
            "authorities": [str(pk) for pk in stated.authorities],
            "fsm_measure": measure,
            **_typed("pupils", stated.figures.get(PUPILS), 1),
            **_typed("fsm", stated.figures.get(measure), 100),
            "grades": [f"{graded.scale}:{each}" for each in graded.grades] if graded else [],
            "grade_margin": graded.margin if graded else None,
        }


def key_of(grade: Grade) -> str:
    """A grade among those of all scales."""
    return f"{grade.scale.code}:{grade.code}"


def _between(data: dict[str, Any], name: str, per: int) -> Between | None:
    least, most = data[f"{name}_least"], data[f"{name}_most"]
    if least is None and most is None:
        return None
    margin = (data[f"{name}_margin"] or 0) / per
    return Between(_part(least, per), _part(most, per), round(margin, 6))


def _part(value: float | None, per: int) -> float | None:
    return None if value is None else round(value / per, 6)


def _typed(name: str, between: Between | None, per: int) -> dict[str, Any]:
    if between is None:
        return {}
    found = {"least": between.least, "most": between.most, "margin": between.margin}
    return {
        f"{name}_{each}": None if value is None else f"{value * per:g}"
        for each, value in found.items()
    }


def _graded(data: dict[str, Any]) -> Graded | None:
    if not data["grades"]:
        return None
    scale = data["grades"][0].partition(":")[0]
    codes = tuple(key.partition(":")[2] for key in data["grades"])
    return Graded(scale, codes, data["grade_margin"] or 0)


class LookForm(forms.Form):
    """What somebody says who has looked at a flag."""

    note = forms.CharField(
        label=_("What did you find, or decide?"),
        help_text=_("For example: stays until July by agreement. Seen by programme officers."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a few words, so that others need not ask.")},
    )

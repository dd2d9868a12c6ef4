"""Starting a rota, planning turns, saying who took one, swapping two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Rota, RotaTurn
from clusterwork.registry.models import School
from clusterwork.web.clusters.cluster.forms.fields import words_field
from clusterwork.web.clusters.people.forms.appointments import SchoolField, WhoForm, who_fields
from clusterwork.web.dayfields import DAYS, day_field, last_day_field
from clusterwork.web.formats import day as in_words

MOST_TURNS = 60
PLACE = "place_%s"


class DaysField(forms.CharField):
    """Days, one a line."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(
            label=label,
            widget=forms.Textarea(attrs={"rows": 8}),
            error_messages={"required": _("Write at least one day.")},
            **options,
        )

    def clean(self, value: Any) -> Any:
        """The days in order; a line that says one again is refused."""
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(lines) > MOST_TURNS:
            raise forms.ValidationError(_("These are too many days at once: write 60 at most."))
        seen: dict[dt.date, int] = {}
        for number, line in enumerate(lines, 1):
            if (day := self._day(line)) in seen:
                said = gettext("Line %(line)s says the same day as line %(before)s: %(day)s.")
                told = {"line": number, "before": seen[day], "day": in_words(day)}
                raise forms.ValidationError(said % told)
            seen[day] = number
        return sorted(seen)

    def _day(self, line: str) -> dt.date:
        one = forms.DateField(input_formats=DAYS)
        try:
            found: dt.date = one.clean(line)
        except forms.ValidationError:
            said = gettext("This line is not a day: %(line)s. Write it like 27/3/2027.")
            raise forms.ValidationError(said % {"line": line[:40]}) from None
        return found


class RotaForm(forms.Form):
    """How long a turn lasts, from when, and the order of the schools."""

    unit = forms.ChoiceField(
        label=_("How long is a turn?"),
        choices=(
            (Rota.Unit.MEETING, _("One meeting")),
            (Rota.Unit.TERM, _("One term")),
            (Rota.Unit.YEAR, _("One school year")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long a turn is.")},
    )
    start_on = day_field(_("From which day does the rota run?"))

    def __init__(self, *args: Any, schools: Sequence[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = list(schools)
        places = [
            ("", _("Not in the rota")),
            *[(str(n), str(n)) for n in range(1, len(schools) + 1)],
        ]
        for place, school in enumerate(schools, 1):
            self.fields[PLACE % school.pk] = forms.ChoiceField(
                label=str(school), choices=places, required=False, initial=str(place)
            )

    @property
    def places(self) -> list[forms.BoundField]:
        """The fields of the schools."""
        return [self[PLACE % school.pk] for school in self.schools]

    def clean(self) -> dict[str, Any]:
        """Each place once."""
        data = super().clean() or {}
        taken = [data.get(PLACE % school.pk) for school in self.schools]
        given = [place for place in taken if place]
        for school, place in zip(self.schools, taken, strict=True):
            if place and given.count(place) > 1:
                said = _("Two schools have this place in the order. Give each its own.")
                self.add_error(PLACE % school.pk, said)
        return data

    @property
    def order(self) -> list[School]:
        """The schools in the order chosen."""
        data = self.cleaned_data
        placed = [school for school in self.schools if data.get(PLACE % school.pk)]
        return sorted(placed, key=lambda school: int(data[PLACE % school.pk]))


class PlanForm(forms.Form):
    """The first days of the turns, and when the last ends."""

    days = DaysField(_("Days"))
    until = last_day_field(_("When does the last of these turns end?"))

    def __init__(self, *args: Any, rota: Rota, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rota.unit == Rota.Unit.MEETING:
            self.fields["days"].label = _("On which days does the cluster meet?")
            del self.fields["until"]
        elif rota.unit == Rota.Unit.TERM:
            self.fields["days"].label = _("On which days do the terms begin?")
        else:
            self.fields["days"].label = _("On which days do the years begin?")
        self.fields["days"].help_text = _("One day a line, for example 27/3/2027.")
        if "until" in self.fields:
            self.fields["until"].help_text = _("Its last day.")

    def clean(self) -> dict[str, Any]:
        """The end after the last beginning."""
        data = super().clean() or {}
        days, until = data.get("days"), data.get("until")
        if days and until and until <= days[-1]:
            self.add_error("until", _("The last turn must end after the day on which it begins."))
        return data


class SeatForm(forms.Form):
    """Which school, and from which day."""

    school = SchoolField(
        _("Which school?"), asked=_("Choose the school."), nobody=_("Choose a school")
    )
    on = day_field(_("From which day?"))

    def __init__(self, *args: Any, schools: Sequence[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        field.offer(schools)


class OnForm(forms.Form):
    """The first day after the rota."""

    on = day_field(_("From which day does the rota run no more?"))


ITSELF, ANOTHER, NOBODY, OPEN = "itself", "another", "nobody", "open"


class TurnForm(forms.Form):
    """Who takes or took the turn."""

    who = forms.ChoiceField(
        label=_("Who took the chair?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who took it.")},
    )
    school = SchoolField(
        _("Which other school?"),
        nobody=_("None"),
        help_text=_("The turn counts for the school that stands in."),
    )
    because = words_field(_("Why?"), help_text=_("It may stay empty."))

    def __init__(
        self, *args: Any, turn: RotaTurn, begun: bool, schools: Sequence[School], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        who, school = self.fields["who"], self.fields["school"]
        choices: list[tuple[str, Any]] = [
            (ITSELF, str(turn.school)),
            (ANOTHER, _("Another school stood in")),
        ]
        if begun:
            choices += [(NOBODY, _("Nobody: the turn was missed")), (OPEN, _("Not known yet"))]
        else:
            who.label = _("Who will take the chair?")
            choices[1] = (ANOTHER, _("Another school stands in"))
        who.choices = choices  # type: ignore[attr-defined]
        self.begun = begun
        school.offer([each for each in schools if each.pk != turn.school_id])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Another school has a name."""
        data = super().clean() or {}
        if data.get("who") == ANOTHER and not data.get("school") and "school" not in self.errors:
            self.add_error("school", _("Choose the school that stands in."))
        return data

    @property
    def answer(self) -> dict[str, Any]:
        """What the service asks for."""
        data = self.cleaned_data
        taken = {ITSELF: True, ANOTHER: True, NOBODY: False, OPEN: None}[data["who"]]
        return {
            "taken": taken if self.begun else None,
            "stands_in": data["school"] if data["who"] == ANOTHER else None,
            "because": data["because"],
        }


class SwapForm(forms.Form):
    """The other turn."""

    other = forms.TypedChoiceField(
        label=_("Swap with which turn?"),
        coerce=int,
        error_messages={
            "required": _("Choose a turn."),
            "invalid_choice": _("This turn cannot be swapped any more. Choose one from the list."),
        },
    )
    because = words_field(_("Why?"), help_text=_("It may stay empty."))

    def __init__(self, *args: Any, turns: Sequence[RotaTurn], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other: Any = self.fields["other"]
        other.choices = [("", _("Choose a turn"))] + [
            (each.pk, f"{in_words(each.start_on)}: {each.school}") for each in turns
        ]


class ChairForm(WhoForm):
    """Who takes the chair for a turn."""

    name, email = who_fields()

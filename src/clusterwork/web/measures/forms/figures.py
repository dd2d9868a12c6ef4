"""Entering, correcting and commenting on a figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.kernel.errors import NotAllowed, NotThere, Problem
from clusterwork.measures.models import ALL, Covers, Figure, Measure
from clusterwork.measures.rules import values
from clusterwork.measures.rules.days import end_of_year
from clusterwork.measures.services.few import AboutFewPeople
from clusterwork.measures.services.figures import FigureFacts, FigureThere, ReasonMissing
from clusterwork.measures.services.refusals import OutsideTheSchoolsLife
from clusterwork.web.dayfields import day_field
from clusterwork.web.formats import said
from clusterwork.web.measures.words import school_year, words

YEARS_BACK = 15
Places = tuple[tuple[type[Problem] | tuple[type[Problem], ...], str], ...]
AT: Places = (
    ((values.NotANumber, values.CodeNotAllowed, values.OutsideTheLimits), "written"),
    (values.GroupNotAllowed, "group"),
    ((values.InTheFuture, values.NotMeasuredThen, values.NotTheEndOfAYear), "on"),
    ((OutsideTheSchoolsLife, FigureThere), "on"),
    (values.MoreThanAll, "numerator"),
    (ReasonMissing, "because"),
    (AboutFewPeople, "written"),
)


def done_at_its_field(form: forms.Form, act: Callable[[], Any], at: Places = AT) -> Any:
    """What `act` returns, or None with its problem at the field that it speaks of."""
    try:
        return act()
    except (NotAllowed, NotThere):
        raise
    except Problem as problem:
        named = next((name for kinds, name in at if isinstance(problem, kinds)), None)
        form.add_error(named if named in form.fields else None, said(problem))
        return None


def _count(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=2_000_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={
            "invalid": _("Enter a whole number, for example 27."),
            "min_value": _("Enter a number of zero or more."),
            "max_value": _("Enter a smaller number."),
        },
    )


class MeasureForm(forms.Form):
    """Which measure a figure is to be entered for."""

    measure = forms.ChoiceField(
        label=_("Measure"),
        error_messages={
            "required": _("Choose the measure."),
            "invalid_choice": _("Choose one of the measures in the list."),
        },
    )

    def __init__(self, data: Any, *, measures: list[Measure]) -> None:
        super().__init__(data)
        choices = [(str(each.pk), str(each)) for each in measures]
        self.fields["measure"].choices = [("", _("Choose a measure")), *choices]  # type: ignore[attr-defined]


class ValueForm(forms.Form):
    """The value with its counts and source, as it is entered and as it is corrected."""

    written = forms.CharField(
        label=_("Value"),
        max_length=30,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"required": _("Enter the number, or a code that says why there is none.")},
    )
    denominator = _count(_("Number counted"))
    numerator = _count(_("How many of them"))
    source = forms.CharField(
        label=_("Source"),
        help_text=_("Where the figure comes from, for example our register of 3 July."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        codes = ", ".join(measure.codes)
        if codes:
            self.fields["written"].help_text = _(
                "A number, or one of these codes where there is none: %(codes)s"
            ) % {"codes": codes}
        self.fields["denominator"].help_text = _("How many were counted. Unit: %(unit)s") % {
            "unit": measure.get_counts_display()
        }

    def facts_for(self, on: dt.date, group: str) -> FigureFacts:
        """What the service wants."""
        given = self.cleaned_data
        names = ("written", "denominator", "numerator", "source")
        return FigureFacts(on=on, group=group, **{name: given[name] for name in names})


class EnterForm(ValueForm):
    """A new figure: its day or school year, its group, its value."""

    field_order = ("on", "group", "written", "denominator", "numerator", "source")

    def __init__(self, *args: Any, measure: Measure, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, measure=measure, **kwargs)
        self.fields["on"] = _year_field(measure, today) if _yearly(measure) else _day_field()
        if len(measure.breakdowns) > 1:
            names = words()
            self.fields["group"] = forms.ChoiceField(
                label=_("Group"),
                choices=[(each, names.group(each)) for each in measure.breakdowns],
            )
        self.order_fields(self.field_order)

    @property
    def facts(self) -> FigureFacts:
        """What the service wants."""
        on = self.cleaned_data["on"]
        day = end_of_year(int(on)) if _yearly(self.measure) else on
        return self.facts_for(day, self.cleaned_data.get("group") or ALL)


def _yearly(measure: Measure) -> bool:
    return measure.covers == Covers.SCHOOL_YEAR


def _day_field() -> forms.DateField:
    return day_field(_("Day"), help_text=_("The day that the figure holds for."))


def _year_field(measure: Measure, today: dt.date) -> forms.ChoiceField:
    last = today.year if end_of_year(today.year) <= today else today.year - 1
    years = [year for year in range(last, last - YEARS_BACK, -1) if _measured(measure, year)]
    return forms.ChoiceField(
        label=_("School year"),
        choices=[(str(year), school_year(year)) for year in years],
        error_messages={"required": _("Choose the school year.")},
    )


def _measured(measure: Measure, year: int) -> bool:
    on = end_of_year(year)
    begun = measure.started_on is None or measure.started_on <= on
    return begun and (measure.ended_on is None or measure.ended_on > on)


class CorrectForm(ValueForm):
    """Another value in the place of the figure, and why."""

    because = forms.CharField(
        label=_("Why it is corrected"),
        help_text=_("The earlier value stays on record, with this reason beside yours."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write in a few words why the figure is another.")},
    )

    def __init__(self, data: Any, *, figure: Figure) -> None:
        initial = {
            "written": figure.shown_value,
            "denominator": figure.denominator,
            "numerator": figure.numerator,
            "source": figure.source,
        }
        super().__init__(data, measure=figure.measure, initial=initial)


class CommentForm(forms.Form):
    """What others need to know to read the figure."""

    words = forms.CharField(
        label=_("Your comment"),
        help_text=_("It stands beside the figure for everybody who sees it. Name no pupil."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what others need to know to read the figure.")},
    )

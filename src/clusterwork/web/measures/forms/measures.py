"""An organisation's own measure: what it is called, what it counts, what a figure may be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from clusterwork.measures.models import (
    ALL,
    Breakdown,
    Counted,
    Covers,
    Direction,
    FigureCode,
    Measure,
    Unit,
    Way,
)
from clusterwork.measures.selectors.measures import of_organisations
from clusterwork.measures.services import measures as services
from clusterwork.measures.services.measures import MeasureFacts
from clusterwork.registry.models import Organisation
from clusterwork.web.clusters.cluster.forms.fields import name_field
from clusterwork.web.dayfields import day_field, last_day_field
from clusterwork.web.measures.forms.figures import Places

AT: Places = (
    (services.MeasureUnnamed, "name"),
    (services.CodeTaken, "code"),
    (services.LimitsOutOfOrder, "least"),
    (services.EndsBeforeItStarts, "ended_on"),
    (services.GroupOrCodeUnknown, "breakdowns"),
    (services.FiguresWouldNotFit, "unit"),
)


def _choice(label: Any, choices: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", _("Choose")), *choices],
        help_text=help_text,
    )


def _words(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _limit(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=14,
        decimal_places=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
        error_messages={"invalid": _("Enter a number, for example 0 or 120.")},
    )


def _several(label: Any, help_text: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose among those of the list.")},
    )


class MeasureForm(forms.Form):
    """Everything that a measure says; `code` is asked once."""

    organisation = forms.ChoiceField(label=_("For which organisation"))
    name = name_field(_("Name"), asked=_("Enter what the measure is called."))
    name_cy = name_field(_("Name in Welsh"))
    code = forms.SlugField(
        label=_("Code in files"),
        help_text=_("Small letters, figures and hyphens, for example reading-age. It stays."),
        max_length=60,
        error_messages={
            "required": _("Enter the code by which files name the measure."),
            "invalid": _("Use letters, figures and hyphens only, for example reading-age."),
        },
    )
    definition = _words(_("What exactly is measured"))
    definition_cy = _words(_("The same in Welsh"))
    unit = _choice(_("Unit"), Unit.choices)
    counts = _choice(_("Unit of count"), Counted.choices, _("Of what the number counted is."))
    direction = _choice(_("Direction"), Direction.choices)
    way = _choice(_("From schools to clusters"), Way.choices)
    covers = _choice(_("One figure holds for"), Covers.choices)
    source = name_field(_("Source"))
    source_cy = name_field(_("Source in Welsh"))
    least = _limit(_("Least value"))
    most = _limit(_("Greatest value"))
    decimals = forms.ChoiceField(
        label=_("Decimal places"), choices=[(str(n), str(n)) for n in range(5)], required=False
    )
    breakdowns = _several(_("Groups"), _("For whom figures are given besides all."))
    codes = _several(_("Codes"), _("What may stand in place of a number."))
    started_on = day_field(_("Measured since"), required=False)
    ended_on = last_day_field(
        _("Measured until"),
        help_text=_("The last day on which it was measured. Its figures stay."),
        required=False,
    )

    def __init__(
        self,
        data: Any,
        *,
        organisations: list[Organisation],
        measure: Measure | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(measure) if measure else {"decimals": "0"})
        if measure:
            del self.fields["organisation"], self.fields["code"]
        else:
            self._offer("organisation", [(str(each.pk), str(each)) for each in organisations])
        held = of_organisations(_whose(measure, organisations))
        self._offer("breakdowns", _named(Breakdown.objects.filter(held).exclude(code=ALL)))
        self._offer("codes", _named(FigureCode.objects.filter(held)))
        self.measure = measure

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def facts(self) -> MeasureFacts:
        """What the service wants; groups and codes that an organisation added stay."""
        given = dict(self.cleaned_data)
        given.pop("organisation", None)
        given.setdefault("code", self.measure.code if self.measure else "")
        given["decimals"] = int(given["decimals"] or 0)
        given["breakdowns"] = (ALL, *given["breakdowns"], *self._kept("breakdowns"))
        given["codes"] = (*given["codes"], *self._kept("codes"))
        return MeasureFacts(**given)

    def _kept(self, name: str) -> list[str]:
        held: list[str] = getattr(self.measure, name) if self.measure else []
        offered = {code for code, _words in self.fields[name].choices}  # type: ignore[attr-defined]
        return [code for code in held if code not in offered and code != ALL]


def _whose(measure: Measure | None, organisations: list[Organisation]) -> list[Organisation]:
    """Whose groups and codes a measure can have, besides those that ship."""
    return [measure.organisation] if measure and measure.organisation else organisations


def _initial(measure: Measure) -> dict[str, Any]:
    names = MeasureFacts.__dataclass_fields__
    return {name: getattr(measure, name) for name in names} | {"decimals": str(measure.decimals)}


def _named(rows: QuerySet[Any]) -> list[tuple[str, str]]:
    """Each code once; two organisations may each have one of their own."""
    found: dict[str, str] = {}
    for row in rows:
        found.setdefault(row.code, f"{row} ({row.code})")
    return list(found.items())

"""Choosing schools by facts or from a list."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Programme
from clusterwork.clusters.selectors.candidates import SchoolFilter, authorities_of, values_of
from clusterwork.registry.models import Phase
from clusterwork.web.formats import number
from clusterwork.web.registry.wording import value_words

PUPILS = {"class": "govuk-input--width-5", "inputmode": "numeric"}
LARGEST_LIST = 1024 * 1024


def several(label: Any) -> forms.MultipleChoiceField:
    """Boxes to tick; choices come with the programme."""
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple
    )


def pupils(label: Any) -> forms.IntegerField:
    """A number of pupils, or none."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        widget=forms.TextInput(attrs=dict(PUPILS)),
        error_messages={
            "invalid": _("This is not a whole number. Write it in figures, for example 100."),
            "min_value": _("The number must be 0 or more."),
        },
    )


def phase_order(choice: tuple[str, str]) -> int:
    """Nursery first, as children grow."""
    return Phase.values.index(choice[0])


class FactsForm(forms.Form):
    """Which schools are meant; what is left empty does not narrow."""

    authority = several(_("Authority"))
    phase = several(_("Phase"))
    type = several(_("Type"))
    medium = several(_("Medium of instruction"))
    character = several(_("Religious character"))
    least = pupils(_("Pupils, at least"))
    most = pupils(_("Pupils, at most"))

    def __init__(self, *args: Any, programme: Programme, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.within = list(authorities_of(programme))
        self._offer("authority", [(str(each.pk), str(each)) for each in self.within])
        self._offer("phase", sorted(self._counted("phase", day), key=phase_order))
        self._offer("type", self._counted("type_name", day))
        self._offer("medium", self._counted("medium", day))
        self._offer("character", self._counted("religious_character", day))

    def _counted(self, field: str, day: dt.date) -> list[tuple[str, str]]:
        return [
            (value, f"{value_words(field, value)} ({number(n)})")
            for value, n in values_of(field, self.within, day)
        ]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """A question with one answer or none is not asked."""
        if len(choices) < 2:
            del self.fields[name]
        else:
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Smallest first."""
        data = super().clean() or {}
        least, most = data.get("least"), data.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", _("This number is smaller than the one before it."))
        return data

    @property
    def wanted(self) -> SchoolFilter:
        """The filter; a field with an error is left out."""
        data = self.cleaned_data
        return SchoolFilter(
            authorities=tuple(int(pk) for pk in data.get("authority") or ()),
            phases=tuple(data.get("phase") or ()),
            types=tuple(data.get("type") or ()),
            mediums=tuple(data.get("medium") or ()),
            characters=tuple(data.get("character") or ()),
            least_pupils=data.get("least"),
            most_pupils=data.get("most"),
        )


class ListForm(forms.Form):
    """A list of schools, typed or as a file, one a line."""

    lines = forms.CharField(
        label=_("Paste the list"),
        help_text=_(
            "One school a line: its number (URN, Welsh school number, or authority and "
            "establishment), or its full name. Other columns of a spreadsheet do no harm."
        ),
        required=False,
        max_length=LARGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    file = forms.FileField(
        label=_("Or upload it"),
        help_text=_("A text or CSV file."),
        required=False,
        widget=forms.FileInput,
    )

    def clean_file(self) -> str:
        """The file's text, in UTF-8 or Windows-1252."""
        file = self.cleaned_data.get("file")
        if not file:
            return ""
        if file.size > LARGEST_LIST:
            raise forms.ValidationError(
                _("The file is larger than 1 MB. A list of schools is far smaller: check the file.")
            )
        raw = file.read()
        if b"\0" in raw:
            raise forms.ValidationError(
                _("The file is not a text. Save the spreadsheet as CSV and upload that.")
            )
        try:
            return str(raw.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return str(raw.decode("cp1252", errors="replace"))

    def clean(self) -> dict[str, Any]:
        """Something, from either place."""
        data = super().clean() or {}
        if not self.errors and not self.text.strip():
            self.add_error("lines", _("Paste a list, or choose a file that holds one."))
        return data

    @property
    def text(self) -> str:
        """All lines."""
        data = self.cleaned_data
        return "\n".join(part for part in (data.get("lines"), data.get("file")) if part)

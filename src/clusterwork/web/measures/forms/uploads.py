"""Uploading a file of figures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterwork.measures.imports.layouts import LAYOUTS
from clusterwork.registry.models import Organisation
from clusterwork.web.measures.words import school_year

LARGEST_MB = 60
YEARS_BACK = 20


class UploadForm(forms.Form):
    """The file, how it is laid out, and what it does not say itself."""

    organisation = forms.ChoiceField(label=_("For which organisation"))
    layout = forms.ChoiceField(
        label=_("How the file is laid out"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how the file is laid out.")},
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("A CSV file, plain or gzip, or an Excel workbook, of up to 60 megabytes."),
        widget=forms.FileInput(attrs={"accept": ".csv,.gz,.xlsx"}),
        error_messages={
            "required": _("Choose the file to upload."),
            "empty": _("The file is empty. Choose the file that you have."),
        },
    )
    year = forms.ChoiceField(
        label=_("School year of the figures"),
        help_text=_("Only where the file has no column that says it."),
        required=False,
    )
    sheet = forms.CharField(
        label=_("Sheet of the workbook"),
        help_text=_("Only for a workbook with several sheets. Left empty: the first."),
        max_length=100,
        required=False,
    )

    def __init__(
        self, data: Any, files: Any, *, organisations: list[Organisation], this_year: int
    ) -> None:
        super().__init__(data, files)
        offered = [(str(each.pk), str(each)) for each in organisations]
        self._offer("organisation", offered)
        self.fields["organisation"].initial = offered[0][0] if offered else ""
        named = [(code, gettext(each.name)) for code, each in LAYOUTS.items()]
        self._offer("layout", named)
        years = range(this_year, this_year - YEARS_BACK, -1)
        told = [(str(year), school_year(year)) for year in years]
        self._offer("year", [("", _("The file says it")), *told])

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def has_one_organisation(self) -> bool:
        """Whether there is nothing to choose."""
        return len(self.fields["organisation"].choices) == 1  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile[Any]:
        """Not more than a country has."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_MB * 1024 * 1024:
            raise forms.ValidationError(
                _("The file is larger than 60 megabytes. Compress it with gzip and try again.")
            )
        return file

    @property
    def more(self) -> dict[str, Any]:
        """What the file does not say itself."""
        given = self.cleaned_data
        return {
            "organisation": int(given["organisation"]),
            "year": int(given["year"]) if given["year"] else None,
            "sheet": given["sheet"],
        }

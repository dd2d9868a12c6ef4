"""Uploading a spreadsheet of clusters, and confirming what it would do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Arrival
from clusterwork.registry.models import Organisation

LARGEST_MB = 10


class SpreadsheetForm(forms.Form):
    """The file; the organisation is asked for only where there are several."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Whose clusters are they?"),
        help_text=_("Rows that name another of your organisations go there."),
        widget=forms.Select,
        empty_label=None,
    )
    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("An Excel workbook (.xlsx) or a CSV file of up to 10 megabytes."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.gz"}),
        error_messages={
            "required": _("Choose the file to upload."),
            "empty": _("The file is empty. Choose the one with your clusters."),
        },
    )
    sheet = forms.CharField(
        label=_("Name of the sheet"),
        help_text=_("Of a workbook with several sheets. Left empty: the first."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(organisations) < 2:
            del self.fields["organisation"]
            return
        choice = self.fields["organisation"]
        choice.queryset = Organisation.objects.filter(  # type: ignore[attr-defined]
            pk__in=[each.pk for each in organisations]
        ).order_by("name")

    def clean_file(self) -> UploadedFile[Any]:
        """Not more than a list of clusters has."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_MB * 1024 * 1024:
            raise forms.ValidationError(
                _("The file is larger than 10 megabytes. Keep only the rows of your clusters.")
            )
        return file


class ConfirmForm(forms.Form):
    """What has to be said before rows are left out or past days are changed."""

    accept_good_rows = forms.BooleanField(
        required=False,
        error_messages={"required": _("Say that the good rows are to be loaded alone.")},
    )
    change_past = forms.BooleanField(
        required=False,
        error_messages={"required": _("Say that what is held of past days is to be changed.")},
    )

    def __init__(self, *args: Any, arrival: Arrival, labels: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed = {"accept_good_rows": arrival.run.n_rejected, "change_past": arrival.n_past}
        for name, n in needed.items():
            if not n:
                del self.fields[name]
                continue
            self.fields[name].label = labels[name]
            self.fields[name].required = True

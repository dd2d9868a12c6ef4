"""Uploading statistics of pupils, keeping them longer, and choosing a model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from clusterwork.evaluation.impact_adapter.value_added import Model
from clusterwork.evaluation.models import CellSet
from clusterwork.evaluation.models.study import NAME_LENGTH
from clusterwork.evaluation.rules.keeping import usual
from clusterwork.evaluation.services.cells.uploading import LARGEST, About
from clusterwork.web.dayfields import day_field
from clusterwork.web.measures.words import school_year

YEARS_BACK = 20


class UploadForm(forms.Form):
    """The file, and what it does not say of itself."""

    file = forms.FileField(
        label=_("The file that the command made"),
        help_text=_("Its name ends in .json. At most 30 megabytes."),
        widget=forms.FileInput(attrs={"accept": ".json"}),
        error_messages={
            "required": _("Choose the file to upload."),
            "empty": _("The file is empty. Choose the file that the command made."),
        },
    )
    label = forms.CharField(
        label=_("What to call it"),
        help_text=_("For example the authority: it stands in lists and in the record."),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Give it a name.")},
    )
    year = forms.TypedChoiceField(
        label=_("School year of the outcome"),
        coerce=int,
        error_messages={"required": _("Say which school year.")},
    )
    cohort = forms.CharField(
        label=_("Which pupils"),
        help_text=_("For example: Year 6."),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Say which pupils.")},
    )
    keep_until = day_field(
        _("Last day on which it is kept"),
        help_text=_("It is erased the night after. At most two years ahead."),
    )

    def __init__(self, data: Any, files: Any, *, day: dt.date) -> None:
        super().__init__(data, files)
        years = range(day.year + 1, day.year - YEARS_BACK, -1)
        told = [("", ""), *((str(year), school_year(year)) for year in years)]
        self.fields["year"].choices = told  # type: ignore[attr-defined]
        self.fields["keep_until"].initial = usual(day)

    @property
    def about(self) -> About:
        """What the file does not say of itself."""
        told = self.cleaned_data
        return About(told["label"], told["year"], told["cohort"], told["keep_until"])

    @property
    def content(self) -> bytes:
        """The file; of one that is too large no more than shows it."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        return bytes(file.read(LARGEST + 1))


class KeepForm(forms.Form):
    """A later last day, and why."""

    until = day_field(_("New last day"))
    because = forms.CharField(
        label=_("Why they are needed longer"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say why they are needed longer.")},
    )


class EraseForm(forms.Form):
    """Nothing to fill in: the press of the button is the answer."""


class SetsForm(forms.Form):
    """Which sets to add up."""

    of = forms.TypedMultipleChoiceField(
        label=_("Which statistics?"),
        help_text=_("Several are added up: other authorities, other years, with the same columns."),
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        error_messages={"required": _("Tick one or several.")},
    )

    def __init__(self, data: Any, *, sets: Sequence[CellSet]) -> None:
        super().__init__(data)
        self.fields["of"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), f"{each.label}, {school_year(each.year)}, {each.cohort}")
            for each in sets
        ]


class ModelForm(forms.Form):
    """What is chosen among the columns of the sets."""

    covariates = forms.MultipleChoiceField(
        label=_("Starting points"),
        help_text=_("What pupils are compared at: those alike in these."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    levels = forms.MultipleChoiceField(
        label=_("Groups"),
        help_text=_("From the widest to the narrowest. Each has its effects."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one or several groups.")},
    )
    with_slope = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, cells: CellSet) -> None:
        super().__init__(data)
        self.cells = cells
        for name in ("covariates", "levels"):
            offered = getattr(cells, name)
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (str(place), each) for place, each in enumerate(offered)
            ]
            self.fields[name].initial = [str(place) for place in range(len(offered))]
        if cells.slope:
            self.fields["with_slope"].label = _(
                "Let this count differently by school: %(name)s"
            ) % {"name": cells.slope}
            self.fields["with_slope"].initial = True
        else:
            del self.fields["with_slope"]

    @property
    def model(self) -> Model:
        """The model that was chosen."""
        slope = self.cells.slope if self.cleaned_data.get("with_slope") else ""
        return Model(self._chosen("covariates"), self._chosen("levels"), slope)

    def _chosen(self, name: str) -> tuple[str, ...]:
        places = sorted(map(int, self.cleaned_data[name]))
        return tuple(getattr(self.cells, name)[place] for place in places)

"""Uploading a register file, and confirming what it would change."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports.kinds import COMMANDS, NAMES, kind_of
from clusterwork.registry.imports.register import REGISTERS
from clusterwork.registry.imports.table import Table
from clusterwork.registry.models import ImportRun, ImportSource
from clusterwork.registry.services.drafts import DAY_IN_NAME
from clusterwork.web.dayfields import day_field
from clusterwork.web.formats import said

LARGEST_MB = 60
SOURCES = (ImportSource.GIAS, ImportSource.WALES, ImportSource.CSV)


class UploadForm(forms.Form):
    """The file, what it is, and the day whose facts it holds."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A CSV file, plain or gzip, of up to 60 megabytes."),
        widget=forms.FileInput(attrs={"accept": ".csv,.gz"}),
        error_messages={
            "required": _("Choose the file to upload."),
            "empty": _("The file is empty. Choose the file that you downloaded."),
        },
    )
    source = forms.ChoiceField(
        label=_("What the file is"),
        choices=[("", _("Find out from its columns")), *((s.value, s.label) for s in SOURCES)],
        required=False,
        widget=forms.RadioSelect,
    )
    as_at = day_field(
        _("Facts as at"),
        help_text=_(
            "The day on which the file was made. Left empty: the date in its name, or today."
        ),
        required=False,
    )
    complete = forms.BooleanField(
        label=_("The file lists every open school of its authorities"),
        help_text=_("Schools of these authorities that it does not name will be closed."),
        required=False,
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Not more than a register has."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_MB * 1024 * 1024:
            raise forms.ValidationError(
                _("The file is larger than 60 megabytes. Compress it with gzip and try again.")
            )
        return file

    def clean_as_at(self) -> Any:
        """A file cannot tell of days to come."""
        day = self.cleaned_data["as_at"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Enter today's date or an earlier one."))
        return day

    def clean(self) -> dict[str, Any]:
        """Where the source is to be found out: by the columns."""
        given = super().clean() or {}
        if "file" in given and not given.get("source"):
            try:
                given["source"] = recognised(given["file"])
            except Problem as problem:
                self.add_error("file", said(problem))
        if "file" in given and not given.get("as_at") and "as_at" not in self.errors:
            given["as_at"] = day_in_name(given["file"].name or "")
        return given


def day_in_name(name: str) -> dt.date | None:
    """The date that the official sites write into a file's name; None without one, or to come."""
    found = DAY_IN_NAME.search(name)
    try:
        day = dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
    return day if day and day <= timezone.localdate() else None


def recognised(file: UploadedFile[Any]) -> str:
    """The kind of register file by its columns; raises `FileUnreadable` or `NotARegister`."""
    kind = kind_of(Table(file.file, file.name or ""))  # type: ignore[arg-type]
    if kind in REGISTERS:
        return kind
    raise not_a_register(kind)


def not_a_register(kind: str | None) -> Problem:
    """What the file is instead, where that can be told, and what to do with it."""
    if kind is None:
        return Problem(
            Message(N_("The columns of the file are not those of a register that is known here.")),
            next_step=Message(N_("Say what the file is, to be told which columns it lacks.")),
        )
    told = {"kind": Message(NAMES[kind]), "command": COMMANDS[kind]}
    return Problem(
        Message(N_("The file looks like this: %(kind)s."), told),
        next_step=Message(N_("It is loaded by this command: %(command)s."), told),
    )


class ConfirmForm(forms.Form):
    """Loads what was staged; with rejected rows the good ones only if that is said."""

    accept_good_rows = forms.BooleanField(
        required=False,
        error_messages={"required": _("Say that the good rows are to be loaded alone.")},
    )

    def __init__(self, *args: Any, run: ImportRun, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accept_good_rows"].label = label
        self.fields["accept_good_rows"].required = run.n_rejected > 0

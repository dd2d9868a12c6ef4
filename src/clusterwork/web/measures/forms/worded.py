"""A group or a code of an organisation's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.measures.models import CodeKind
from clusterwork.measures.services import worded
from clusterwork.measures.services.worded import WordFacts
from clusterwork.registry.models import Organisation
from clusterwork.web.clusters.cluster.forms.fields import name_field
from clusterwork.web.measures.forms.figures import Places

AT: Places = (
    (worded.WordUnnamed, "name"),
    ((worded.CodeUnusable, worded.ReadsAsNumber, worded.WordThere), "code"),
    (worded.KindUnknown, "kind"),
)


class GroupForm(forms.Form):
    """A group that figures are given for."""

    organisation = forms.ChoiceField(label=_("For which organisation"))
    name = name_field(_("Name"), asked=_("Enter what the group is called."))
    name_cy = name_field(_("Name in Welsh"))
    code = forms.CharField(
        label=_("Code in files"),
        help_text=_("Small letters, figures and hyphens, for example year-6. It stays."),
        max_length=20,
        error_messages={
            "required": _("Enter the code by which files name it."),
            "max_length": _("Enter a code of up to 20 letters."),
        },
    )

    def __init__(self, data: Any, *, organisations: list[Organisation]) -> None:
        super().__init__(data)
        choices = [(str(each.pk), str(each)) for each in organisations]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]

    @property
    def facts(self) -> WordFacts:
        """What the service wants."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "organisation"}
        return WordFacts(**given)


class CodeForm(GroupForm):
    """A code that stands in place of a number."""

    kind = forms.ChoiceField(
        label=_("What it stands for"),
        help_text=_("A code is neither zero nor missing. It is never counted as a number."),
        choices=[("", _("Choose")), *CodeKind.choices],
        error_messages={"required": _("Choose one.")},
    )

    def __init__(self, data: Any, *, organisations: list[Organisation]) -> None:
        super().__init__(data, organisations=organisations)
        self.fields["code"].help_text = _(
            "As the source writes it, for example ABS. It stays, and cannot be a number."
        )
        self.fields["name"].error_messages["required"] = _("Enter what the code says.")

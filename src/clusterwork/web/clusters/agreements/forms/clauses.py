"""The forms for the words of a clause, in a library and in a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Section
from clusterwork.clusters.models.cluster import NAME_LENGTH
from clusterwork.clusters.services.agreements.checking import LONGEST, ClauseWords

AREA = {"rows": "10"}
WIDE = {"class": "govuk-!-width-full"}
TOO_LONG = _(
    "The text is too long. It can have %(limit_value)d characters; this has %(show_value)d."
)


class WordsForm(forms.Form):
    """What a clause says; the Welsh is asked for where the organisation offers Welsh.

    `seen` marks the words that were read, so that nobody's change is lost.
    """

    section = forms.ChoiceField(
        label=_("What it is about"), choices=Section.choices, widget=forms.Select
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs=WIDE),
        error_messages={"required": _("Write a title."), "max_length": TOO_LONG},
    )
    text = forms.CharField(
        label=_("Words"),
        help_text=_(
            "Blanks stand in curly brackets, for example {banker}. Each cluster fills them in."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs=AREA),
        error_messages={"required": _("Write the words of the clause."), "max_length": TOO_LONG},
    )
    title_cy = forms.CharField(
        label=_("Title in Welsh"),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={**WIDE, "lang": "cy"}),
        error_messages={"max_length": TOO_LONG},
    )
    text_cy = forms.CharField(
        label=_("Words in Welsh"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={**AREA, "lang": "cy"}),
        error_messages={"max_length": TOO_LONG},
    )
    required = forms.BooleanField(label=_("Every agreement must have this clause"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, welsh: bool, library: bool = False, kept: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept
        if not welsh:
            del self.fields["title_cy"], self.fields["text_cy"]
        if not library:
            del self.fields["required"]

    @property
    def words(self) -> ClauseWords:
        """What was typed. Welsh that is not shown goes along while the English stays as it was."""
        told = self.cleaned_data
        welsh = (told.get("title_cy", ""), told.get("text_cy", ""))
        if "text_cy" not in self.fields and self.kept and self.kept.text == told["text"].strip():
            welsh = (self.kept.title_cy, self.kept.text_cy)
        return ClauseWords(told["section"], told["title"], told["text"], *welsh)


class PickForm(forms.Form):
    """The clauses of the library that the draft has; the page shows each with its words."""

    clauses = forms.TypedMultipleChoiceField(
        label=_("Clauses"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["clauses"]
        choice.choices = [(each.pk, str(each)) for each in offered]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> set[int]:
        """The keys that stand ticked, typed or as they are."""
        value = self["clauses"].value() or []
        return {int(each) for each in value if str(each).isdigit()}

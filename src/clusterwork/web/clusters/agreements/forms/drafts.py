"""The forms for a draft: its blanks, its day of review, comments, and a letter's reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Section
from clusterwork.clusters.rules.agreements.blanks import EXPLAINED
from clusterwork.clusters.selectors.known_blanks import SOURCES, Filled
from clusterwork.clusters.services.agreements.commenting import LONGEST_COMMENT
from clusterwork.clusters.services.agreements.drafting import LONGEST_BLANK
from clusterwork.clusters.services.agreements.starting import LONGEST_BECAUSE
from clusterwork.web.dayfields import day_field

TOO_LONG = _(
    "The text is too long. It can have %(limit_value)d characters; this has %(show_value)d."
)
NOT_A_DAY = _("Enter a date as day/month/year, for example 27/3/2027.")
WELSH = "_cy"
WIDE = {"class": "govuk-!-width-full"}
LONG = frozenset({"schools", "voting_rule", "surplus"})


class BlanksForm(forms.Form):
    """A field for each blank, filled with what is known and saying from where."""

    def __init__(
        self,
        *args: Any,
        names: Sequence[str],
        known: Mapping[str, Filled],
        welsh: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names, self.welsh = names, welsh
        for name in names:
            held = known.get(name)
            is_long = name in LONG
            self.fields[name] = _blank(
                label_of(name), held.en if held else "", _source(held), is_long=is_long
            )
            if welsh:
                self.fields[name + WELSH] = _blank(
                    _now("In Welsh: %(blank)s") % {"blank": label_of(name)},
                    held.cy if held and held.cy != held.en else "",
                    _now("Left empty: the same words in both languages."),
                    is_long=is_long,
                )
                self.fields[name + WELSH].widget.attrs["lang"] = "cy"

    def fields_of(self, names: Sequence[str]) -> list[forms.BoundField]:
        """The fields of these blanks, each before its Welsh."""
        wanted = {each for name in names for each in (name, name + WELSH)}
        return [bound for bound in self if bound.name in wanted]

    @property
    def values(self) -> dict[str, tuple[str, str]]:
        """The words typed for each blank, English and Welsh."""
        told = self.cleaned_data
        return {name: (told[name], told.get(name + WELSH, "")) for name in self.names}


def label_of(name: str) -> str:
    """What a blank is for, in words."""
    return _now(EXPLAINED[name]) if name in EXPLAINED else name.replace("_", " ").capitalize()


def _source(held: Filled | None) -> str:
    if held is None:
        return ""
    return _now("Filled in already. From: %(source)s.") % {"source": _now(SOURCES[held.source])}


def _blank(label: str, initial: str, hint: str, *, is_long: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        initial=initial,
        help_text=hint,
        required=False,
        max_length=LONGEST_BLANK,
        widget=forms.Textarea(attrs={"rows": "2"}) if is_long else forms.TextInput(attrs=WIDE),
        error_messages={"max_length": TOO_LONG},
    )


class AboutForm(forms.Form):
    """The day of review, and what changes, and why."""

    review_on = day_field(
        _("Looked at again by"),
        help_text=_("For example a year after it is signed. The cluster is reminded of it."),
        required=False,
        wrong=NOT_A_DAY,
    )
    because = forms.CharField(
        label=_("What changes, and why"),
        help_text=_("The schools read this first. Left empty for a first agreement."),
        required=False,
        max_length=LONGEST_BECAUSE,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"max_length": TOO_LONG},
    )


class LetterForm(forms.Form):
    """What a letter changes, and why."""

    because = forms.CharField(
        label=_("What changes, and why"),
        help_text=_("In a sentence or two. You write the words of the letter on the next page."),
        max_length=LONGEST_BECAUSE,
        widget=forms.Textarea(attrs={"rows": "4"}),
        error_messages={"required": _("Write what changes, and why."), "max_length": TOO_LONG},
    )


class CommentForm(forms.Form):
    """A comment on a version, perhaps on one of its sections."""

    section = forms.ChoiceField(
        label=_("About"),
        required=False,
        choices=[("", _("The whole agreement")), *Section.choices],
        widget=forms.Select,
    )
    text = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": "4"}),
        error_messages={"required": _("Write your comment."), "max_length": TOO_LONG},
    )


class CopyForm(forms.Form):
    """What was signed on paper, and the copy."""

    name = forms.CharField(
        label=_("Who signed"),
        max_length=150,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        error_messages={"required": _("Write the name of whoever signed.")},
    )
    signed_on = day_field(
        _("Day that stands on the paper"),
        asked=_("Give the day on which it was signed."),
        wrong=NOT_A_DAY,
    )
    file = forms.FileField(
        label=_("Signed copy"),
        help_text=_("A PDF, a JPEG or a PNG of up to 10 megabytes."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "required": _("Choose the file with the signed copy."),
            "empty": _("The file is empty. Choose the signed copy."),
        },
    )

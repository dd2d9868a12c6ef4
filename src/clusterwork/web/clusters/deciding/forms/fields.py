"""Fields that the forms of this part share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import ClusterGroup, Decision
from clusterwork.clusters.services.noting import MOST_WORDS
from clusterwork.registry.models import School


def long_field(
    label: Any, *, asked: Any = "", help_text: Any = "", rows: int = 6
) -> forms.CharField:
    """Words of any length that people read; `asked` says what to write where it must be filled."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(asked),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": asked},
    )


def title_field() -> forms.CharField:
    """What the proposal is called in lists."""
    return forms.CharField(
        label=_("Title"),
        help_text=_("In a few words, for lists and letters."),
        max_length=200,
        error_messages={"required": _("Write a title.")},
    )


def about_field() -> forms.ChoiceField:
    """What it decides, in one word."""
    return forms.ChoiceField(
        label=_("What is it about?"),
        help_text=_("Associates vote on everything except money."),
        choices=Decision.About.choices,
        initial=Decision.About.OTHER,
    )


class GroupField(forms.TypedChoiceField):
    """The whole cluster, or one of its groups."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Who decides?"),
            coerce=int,
            empty_value=None,
            required=False,
            error_messages={"invalid_choice": _("There is no such group. Choose from the list.")},
        )

    def offer(self, groups: Sequence[ClusterGroup]) -> None:
        """These groups beside the whole cluster."""
        whole: list[tuple[Any, Any]] = [("", _("The whole cluster"))]
        self.choices = whole + [(each.pk, str(each)) for each in groups]


def school_choices(schools: Sequence[School], nobody: Any = "") -> list[tuple[Any, Any]]:
    """The schools to choose from, with a first line for none where it is given."""
    first = [("", nobody)] if nobody else []
    return first + [(each.pk, str(each)) for each in schools]

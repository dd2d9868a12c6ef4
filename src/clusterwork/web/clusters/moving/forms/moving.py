"""Which school goes where, and what of a proposal is held."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.consequences import Move

NONE = "none"


class MoveForm(forms.Form):
    """A school and the cluster that it would go to; `because` where the move breaks a rule."""

    school = forms.TypedChoiceField(
        label=_("Which school?"),
        coerce=int,
        error_messages={
            "required": _("Choose a school."),
            "invalid_choice": _("This school cannot be placed in this proposal. Choose another."),
        },
    )
    to = forms.ChoiceField(
        label=_("To which cluster?"),
        error_messages={
            "required": _("Choose a cluster."),
            "invalid_choice": _("There is no such cluster in this proposal. Choose another."),
        },
    )
    because = forms.CharField(
        label=_("Why is it to be made all the same?"),
        help_text=_("It is kept with the proposal. Officers and inspectors can read it."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,
        schools: list[tuple[int, str]],
        clusters: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = [("", _("Choose a school")), *schools]  # type: ignore[attr-defined]
        self.fields["to"].choices = [("", _("Choose a cluster")), *clusters]  # type: ignore[attr-defined]

    def clean_to(self) -> int | None:
        """The number of the cluster, None for none."""
        value = self.cleaned_data["to"]
        return None if value == NONE else int(value)


class RearrangeForm(forms.Form):
    """Moves as they were seen, each `school:cluster`, the one that was asked about first."""

    moves = forms.RegexField(
        regex=r"^\d+:(\d+|none)( \d+:(\d+|none))*$",
        max_length=2000,
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Arrange the clusters anew and look again."),
            "invalid": _("Arrange the clusters anew and look again."),
        },
    )
    because = forms.CharField(max_length=500, required=False)

    def clean_moves(self) -> list[Move]:
        """The moves in their order."""
        pairs = [each.split(":") for each in self.cleaned_data["moves"].split()]
        return [Move(int(school), None if to == NONE else int(to)) for school, to in pairs]


def as_typed(moves: Iterable[Move]) -> str:
    """The moves as the form reads them."""
    return " ".join(f"{each.school}:{NONE if each.to is None else each.to}" for each in moves)


class HoldForm(forms.Form):
    """Clusters that stay together, moves that stay, and why."""

    clusters = forms.TypedMultipleChoiceField(
        label=_("Clusters that stay together"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    schools = forms.TypedMultipleChoiceField(
        label=_("Moves that stay"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    because = forms.CharField(
        label=_("Why?"),
        help_text=_("One sentence for whoever reads the proposal later."),
        max_length=300,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        clusters: list[tuple[int, str]],
        schools: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clusters"].choices = clusters  # type: ignore[attr-defined]
        self.fields["schools"].choices = schools  # type: ignore[attr-defined]
        if not schools:
            del self.fields["schools"]

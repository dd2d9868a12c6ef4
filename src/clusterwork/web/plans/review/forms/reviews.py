"""What a body says of a plan, and what a cluster answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.plans.models import Check, ChecklistItem
from clusterwork.plans.services.reviewing import MOST_WORDS
from clusterwork.web.dayfields import day_field

APPROVE, RETURN = "approve", "return"


def words(label: Any, *, hint: Any = "", required: bool = True, rows: int = 5) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=MOST_WORDS,
        required=required,
    )


class CommentForm(forms.Form):
    """A comment on a section or on one part of it."""

    text = words(_("Your comment"))
    must_answer = forms.BooleanField(
        label=_("The cluster is to answer this"),
        help_text=_("It is asked to, before it can send the plan again."),
        required=False,
    )


class AnswerForm(forms.Form):
    """The cluster's answer to a comment."""

    answer = words(
        _("Your answer"), hint=_("What you changed, or why you left it. The reviewers read it.")
    )


class VerdictForm(forms.Form):
    """Approve, or return with reasons."""

    verdict = forms.ChoiceField(
        label=_("What does the body say?"),
        choices=((APPROVE, _("It approves the plan")), (RETURN, _("It returns the plan"))),
        widget=forms.RadioSelect,
    )
    reasons = words(
        _("Reasons"),
        hint=_("A plan that is returned needs them: what is missing, and what would do."),
        required=False,
    )
    answer_by = day_field(
        _("By which day is a returned plan to be answered?"),
        help_text=_("It stands in the letter and on the plan’s pages. It may stay empty."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A return has reasons."""
        told = super().clean() or {}
        if told.get("verdict") == RETURN and not told.get("reasons", "").strip():
            self.add_error(
                "reasons", _("Say why the plan is returned, so that the cluster can answer.")
            )
        return told


class ChecklistForm(forms.Form):
    """Every question of the checklist with what was found; none need be answered."""

    def __init__(self, *args: Any, items: Iterable[ChecklistItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            self.fields[f"found_{item.pk}"] = forms.ChoiceField(
                label=str(item),
                choices=Check.Found.choices,
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"note_{item.pk}"] = forms.CharField(
                label=_("Note"), max_length=300, required=False
            )

    @property
    def told(self) -> list[tuple[ChecklistItem, str, str]]:
        """The questions that were answered, with what was found and the note."""
        facts = self.cleaned_data
        rows = ((i, facts[f"found_{i.pk}"], facts[f"note_{i.pk}"]) for i in self.items)
        return [row for row in rows if row[1]]

"""Forms for setting up a funder's form and for answering what the plan does not say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.plans.papers.funder_form import SOURCES, Filled
from clusterwork.plans.services.funder_forms import MOST_WORDS


class NameForm(forms.Form):
    """What the funder calls its form."""

    name = forms.CharField(label=_("What does the funder call its form?"), max_length=200)
    name_cy = forms.CharField(label=_("Its name in Welsh"), max_length=200, required=False)


class QuestionForm(forms.Form):
    """A question of the funder, and what of the plan answers it."""

    label = forms.CharField(label=_("What does the funder ask?"), max_length=300)
    label_cy = forms.CharField(label=_("The question in Welsh"), max_length=300, required=False)
    source = forms.ChoiceField(
        label=_("What in the plan answers it?"),
        help_text=_("It is filled from there each time. Choose nothing where it must be asked."),
        required=False,
    )
    limit = forms.IntegerField(
        label=_("At most how many characters?"),
        help_text=_("Empty where the funder sets no limit."),
        min_value=1,
        max_value=MOST_WORDS,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = [(key, words) for key, (words, _said) in SOURCES.items()]
        self.fields["source"].choices = [("", _("Nothing: it is asked")), *sources]  # type: ignore[attr-defined]


class AnswersForm(forms.Form):
    """A box for every question that the plan does not answer."""

    def __init__(self, *args: Any, filled: Sequence[Filled], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in filled:
            if not each.from_plan:
                self.fields[each.question.key] = forms.CharField(
                    label=each.question.words,
                    help_text=_limit_words(each.question.limit),
                    initial=each.text,
                    widget=forms.Textarea(attrs={"rows": 4}),
                    max_length=each.question.limit or MOST_WORDS,
                    required=False,
                )


def _limit_words(limit: int) -> Any:
    return _("At most %(n)s characters.") % {"n": limit} if limit else ""

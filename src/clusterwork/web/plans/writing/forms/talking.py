"""What is said about a plan, and what is answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.plans.services.talking import MOST
from clusterwork.web.plans.writing.forms.fields import not_longer_than


def text(label: Any, *, asked: Any = "") -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label,
        required=bool(asked),
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[not_longer_than(MOST)],
        error_messages={"required": asked},
    )


class CommentForm(forms.Form):
    """Something said."""

    text = text(_("Your comment"), asked=_("Write what you want to say."))


class AnswerForm(forms.Form):
    """An answer, or none: the comment is settled either way."""

    answer = text(_("Your answer"))


class NoForm(forms.Form):
    """A button that stands alone; its refusals are shown at the top."""

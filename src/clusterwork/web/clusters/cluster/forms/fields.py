"""Fields that the forms of clusters share."""

from __future__ import annotations

from typing import Any

from django import forms

REASON_LENGTH = 500


def words_field(label: Any, *, asked: Any = "", help_text: Any = "") -> forms.CharField:
    """A few sentences; `asked` says what to write where it must be filled."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(asked),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": asked},
    )


def name_field(label: Any, *, asked: Any = "", help_text: Any = "") -> forms.CharField:
    """A name in one line."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(asked),
        max_length=200,
        error_messages={"required": asked},
    )

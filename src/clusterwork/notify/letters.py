"""The words of every letter: subject and text by template name, in the language of the moment.

A letter says who, what, by when, and one link. Rooms add theirs with `register`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel.dates import format_date
from django.utils.translation import get_language, gettext

from clusterwork.kernel.messages import N_


@dataclass(frozen=True)
class Words:
    """English templates with named places; each is looked up in the catalogue when sent."""

    subject: str
    paragraphs: tuple[str, ...]


class UnknownLetter(KeyError):
    """No letter of that name is registered."""


LETTERS: dict[str, Words] = {}

CLOSING = N_(
    "This message was sent by Clusterwork because of your work with schools. If it was not meant "
    "for you, delete it; nothing happens unless you follow the link."
)


def register(name: str, subject: str, *paragraphs: str) -> None:
    """Adds a letter; `subject` and `paragraphs` are English texts marked with `N_`."""
    LETTERS[name] = Words(subject, paragraphs)


def written(name: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text in the language of the moment. Raises `UnknownLetter`.

    Values marked as words of ours, `{"say": "English text"}`, are translated; those marked as
    days, `{"day": "2027-01-09"}`, are written out.
    """
    if name not in LETTERS:
        raise UnknownLetter(name)
    words, values = LETTERS[name], {key: _shown(value) for key, value in context.items()}
    subject = " ".join((_say(words.subject) % values).split())
    text = "\n\n".join(_say(part) % values for part in (*words.paragraphs, CLOSING))
    return subject, text + "\n"


def _say(text: str) -> str:
    """The text in the language of the moment; a text of places only has nothing to translate."""
    return text if text.startswith("%(") and text.endswith(")s") else gettext(text)


def _shown(value: Any) -> Any:
    if isinstance(value, dict) and "say" in value:
        return _say(value["say"])
    if isinstance(value, dict) and "day" in value:
        locale = "cy" if get_language() == "cy" else "en_GB"
        return format_date(dt.date.fromisoformat(value["day"]), "d MMMM y", locale=locale)
    return value

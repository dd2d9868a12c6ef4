"""The audit record as pages show it: when, what, by whom, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from clusterwork.audit.models import Entry
from clusterwork.web.formats import day_in_words

# Values that are our own words, kept in English; all others are names and numbers.
OUR_WORDS = frozenset({"role", "part"})


@dataclass(frozen=True)
class Line:
    """One thing that was done."""

    at: dt.datetime
    text: str
    by: str


def lines_of(entries: Iterable[Entry]) -> list[Line]:
    """The entries in their order."""
    return [Line(entry.at, text_of(entry), by_of(entry)) for entry in entries]


def text_of(entry: Entry) -> str:
    """The sentence of an entry."""
    values = {name: _shown(name, value) for name, value in entry.params.items()}
    return gettext(entry.summary) % values if values else gettext(entry.summary)


def _shown(name: str, value: Any) -> Any:
    if name in OUR_WORDS:
        return gettext(value)
    return day_in_words(value) if isinstance(value, str) else value


def by_of(entry: Entry) -> str:
    """The name of the day of whoever did it; "The system" is translated."""
    return gettext(entry.actor_label) if entry.actor_id is None else entry.actor_label

"""How values read on a page: dates, numbers and sentences in the reader's language."""

from __future__ import annotations

import datetime as dt
import re

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language, gettext

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import Message

MINUS = "\u2212"

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def locale() -> str:
    """Babel's name for the reader's language."""
    return "cy" if get_language() == "cy" else "en_GB"


def day(value: dt.date | None) -> str:
    """9 January 2027; an empty text for none."""
    return format_date(value, "d MMMM y", locale=locale()) if value else ""


def last_day(value: dt.date | None) -> str:
    """The last day of what ends before this one; an empty text for none."""
    return day(value - dt.timedelta(1)) if value else ""


def moment(value: dt.datetime | None) -> str:
    """9 January 2027, 14:05 in local time; an empty text for none."""
    if value is None:
        return ""
    return format_datetime(timezone.localtime(value), "d MMMM y, HH:mm", locale=locale())


def number(value: float | int | None, places: int = 0) -> str:
    """1,234, 1,234.5 or −1; a dash for none, and no sign before nothing."""
    if value is None:
        return "–"
    pattern = "#,##0" + ("." + "0" * places if places else "")
    told = format_decimal(value if round(value, places) else 0, pattern, locale=locale())
    return str(told).replace("-", MINUS)


def percent(share: float | None, places: int = 0) -> str:
    """A share of 0–1 as a percentage; a dash for none."""
    if share is None:
        return "–"
    pattern = "#,##0" + ("." + "0" * places if places else "") + "%"
    return str(format_percent(share, pattern, locale=locale()))


def said(value: Message | Problem | str) -> str:
    """A sentence of a lower room in the reader's language, its days as people write them."""
    if isinstance(value, str):
        return value
    if isinstance(value, Problem):
        parts = (value.what, value.why, value.next_step)
        return " ".join(said(part) for part in parts if part)
    shown = {name: _shown(each) for name, each in value.params.items()}
    return gettext(value.template) % shown if shown else gettext(value.template)


def _shown(value: object) -> object:
    if isinstance(value, Message):
        return said(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return day(value)
    return day_in_words(value) if isinstance(value, str) else value


def day_in_words(text: str) -> str:
    """A day that was kept as 2027-01-09 as people write it; any other text as it is."""
    if not ISO_DAY.fullmatch(text):
        return text
    try:
        return day(dt.date.fromisoformat(text))
    except ValueError:
        return text

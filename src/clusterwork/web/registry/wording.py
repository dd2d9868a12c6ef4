"""The names that people see for what the register's list of changes calls by field and code."""

from __future__ import annotations

import datetime as dt

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clusterwork.registry.models import Phase, Status
from clusterwork.registry.wording import field_label
from clusterwork.web import formats
from clusterwork.web.registry.official import official_words

GRADE = "grade"
# The codes of the Welsh register; anything else is shown as filed.
MEDIA = {
    "EM": _lazy("English"),
    "EW": _lazy("English, with significant use of Welsh"),
    "DS": _lazy("Dual stream"),
    "TR": _lazy("Transitional"),
    "WM": _lazy("Welsh"),
    "BI": _lazy("Bilingual"),
}
OFFICIAL = frozenset({"type_name", "type_group", "phase_name", "religious_character", "gender"})
PLACES = range(1, 5)
CODES: dict[str, type[TextChoices]] = {"phase": Phase, "status": Status}


def field_words(field: str) -> str:
    """The register's own words; a grade without the query that its scale's name would take."""
    kind, _dot, rest = field.partition(".")
    if kind != GRADE:
        return field_label(field)
    scale, _dot, day = rest.rpartition(".")
    words = {"scale": scale.replace("-", " "), "day": formats.day(day_of_text(day))}
    return _("Grade (%(scale)s): %(day)s") % words


def value_words(field: str, value: str, beside: str = "") -> str:
    """A code as its word, a day as people write it, a share as a percentage.

    A share has as many places as tell it from the one `beside` it.
    """
    kind, *rest = field.split(".")
    if not value:
        return ""
    if kind == "census" and rest[-1].endswith("_share"):
        return _share_words(value, beside)
    if kind in OFFICIAL:
        return official_words(value)
    if kind in CODES and value in CODES[kind].values:
        return str(CODES[kind](value).label)
    if kind == "medium" and value in MEDIA:
        return str(MEDIA[value])
    day = day_of_text(value) if kind.endswith("_on") else None
    return formats.day(day) if day else value


def _share_words(value: str, beside: str) -> str:
    told = (
        (formats.percent(float(value), n), formats.percent(float(beside or value), n))
        for n in PLACES
    )
    return next((mine for mine, other in told if mine != other), formats.percent(float(value), 1))


def day_of_text(text: str) -> dt.date | None:
    """An ISO day, or None where the text is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None

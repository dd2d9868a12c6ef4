"""The names that people see for what the register's list of changes calls by field and code."""

from __future__ import annotations

import datetime as dt

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clusterwork.registry.models import Phase, Status
from clusterwork.registry.wording import field_label
from clusterwork.web import formats

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
CODES: dict[str, type[TextChoices]] = {"phase": Phase, "status": Status}


def field_words(field: str) -> str:
    """The register's own words; a grade without the query that its scale's name would take."""
    kind, _dot, rest = field.partition(".")
    if kind != GRADE:
        return field_label(field)
    scale, _dot, day = rest.rpartition(".")
    words = {"scale": scale.replace("-", " "), "day": formats.day(day_of_text(day))}
    return _("Grade (%(scale)s): %(day)s") % words


def value_words(field: str, value: str) -> str:
    """A code as its word, a day as people write it, a share as a percentage."""
    kind, *rest = field.split(".")
    if not value:
        return ""
    if kind == "census" and rest[-1].endswith("_share"):
        return formats.percent(float(value), 1)
    if kind in CODES and value in CODES[kind].values:
        return str(CODES[kind](value).label)
    if kind == "medium" and value in MEDIA:
        return str(MEDIA[value])
    day = day_of_text(value) if kind.endswith("_on") else None
    return formats.day(day) if day else value


def day_of_text(text: str) -> dt.date | None:
    """An ISO day, or None where the text is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None

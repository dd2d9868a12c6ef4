"""The names that people see for what the register's list of changes calls by field and code."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clusterwork.registry.models import Census, PartnershipKind, Phase, School, Status
from clusterwork.web import formats

GRADE = "grade"
CODES: dict[str, type[TextChoices]] = {"phase": Phase, "status": Status}


def field_words(field: str) -> str:
    """`phase` gives "Phase"; `census.2019.pupils` gives "Census 2019: pupils"."""
    kind, _dot, rest = field.partition(".")
    if kind == "census":
        year, _dot, figure = rest.partition(".")
        return _("Census %(year)s: %(figure)s") % {"year": year, "figure": _verbose(Census, figure)}
    if kind == "group":
        return str(PartnershipKind(rest).label) if rest in PartnershipKind.values else rest
    if kind == GRADE:
        scale, _dot, day = rest.rpartition(".")
        words = {"scale": scale.replace("-", " "), "day": formats.day(day_of_text(day))}
        return _("Grade (%(scale)s) of %(day)s") % words
    return capfirst(_verbose(School, field))


def value_words(field: str, value: str) -> str:
    """A code as its word, a day as people write it, a share as a percentage."""
    kind, *rest = field.split(".")
    if not value:
        return ""
    if kind == "census" and rest[-1].endswith("_share"):
        return formats.percent(float(value), 1)
    if kind in CODES and value in CODES[kind].values:
        return str(CODES[kind](value).label)
    day = day_of_text(value) if kind.endswith("_on") else None
    return formats.day(day) if day else value


def day_of_text(text: str) -> dt.date | None:
    """An ISO day, or None where the text is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _verbose(model: Any, field: str) -> str:
    try:
        return str(model._meta.get_field(field).verbose_name)
    except FieldDoesNotExist:
        return field

"""Sentences kept in the database, and the register's field names in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from clusterwork.kernel.messages import Message
from clusterwork.registry.models import Census, PartnershipKind, Scale, School


def to_json(message: Message) -> dict[str, Any]:
    """The sentence as JSON; sentences among its parameters go with it."""
    params = {
        name: to_json(value) if isinstance(value, Message) else value
        for name, value in message.params.items()
    }
    return {"template": message.template, "params": params}


def from_json(kept: Mapping[str, Any]) -> Message:
    """The sentence that `to_json` kept."""
    params = {
        name: from_json(value) if isinstance(value, dict) else value
        for name, value in kept["params"].items()
    }
    return Message(kept["template"], params)


def field_label(field: str) -> str:
    """The name of a changed field as in `Change.field`, in the language of the page."""
    kind, _dot, rest = field.partition(".")
    if kind == "census" and rest:
        year, _dot, figure = rest.partition(".")
        return f"{_('Census')} {year}: {_label_of(Census, figure)}"
    if kind == "grade" and rest:
        code, _dot, on = rest.partition(".")
        scale = Scale.objects.filter(code=code).first()
        return f"{scale or code}, {on}"
    if kind == "group" and rest:
        return str(dict(PartnershipKind.choices).get(rest, rest))
    return _label_of(School, field) if field else ""


def _label_of(model: type[School] | type[Census], field: str) -> str:
    name = str(model._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    return name[:1].upper() + name[1:]

"""Lays down the measures, groups and codes that ship with the system; safe to run again."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import connections, transaction
from django.db.models import Model

from clusterwork.measures.models import Breakdown, FigureCode, Measure
from clusterwork.measures.rules.catalogue import CODES, GROUPS, MEASURES, Shipped


@transaction.atomic
def lay_down_catalogue() -> None:
    """What ships is as in the catalogue; what organisations added is left alone.

    A measure that is no longer in the catalogue stays, since figures may point to it.
    """
    for position, group in enumerate(GROUPS):
        _keep(Breakdown, group.code, {**asdict(group), "position": position})
    for position, code in enumerate(CODES):
        _keep(FigureCode, code.code, {**asdict(code), "position": position})
    held = {each.code: each for each in Measure.objects.filter(organisation__isnull=True)}
    for shipped in MEASURES:
        _keep_measure(held.get(shipped.code), shipped)


def lay_down_after_migration(*, using: str, **_: object) -> None:
    """Once a migration run, and whenever tables were emptied; not on the way to older tables."""
    if all(_stands(model, using) for model in (Breakdown, FigureCode, Measure)):
        lay_down_catalogue()


def _stands(model: type[Model], using: str) -> bool:
    """Whether the table has every column of the model."""
    with connections[using].cursor() as cursor:
        look = connections[using].introspection
        if model._meta.db_table not in look.table_names(cursor):
            return False
        columns = {each.name for each in look.get_table_description(cursor, model._meta.db_table)}
    return {field.column for field in model._meta.concrete_fields} <= columns


def _keep(model: type[Breakdown] | type[FigureCode], code: str, facts: dict[str, Any]) -> None:
    model._default_manager.update_or_create(organisation=None, code=code, defaults=facts)


def _keep_measure(held: Measure | None, shipped: Shipped) -> None:
    facts = asdict(shipped)
    facts |= {"breakdowns": list(shipped.breakdowns), "codes": list(shipped.codes)}
    if held is None:
        Measure.objects.create(**facts)
    elif any(getattr(held, name) != value for name, value in facts.items()):
        Measure.objects.filter(pk=held.pk).update(**facts)

"""Half-open periods in the database's own words: what holds them apart."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce


def ends_after_start(name: str) -> models.CheckConstraint:
    """`end_on` is open or comes after `start_on`."""
    return models.CheckConstraint(
        condition=Q(end_on__isnull=True) | Q(end_on__gt=F("start_on")), name=name
    )


def one_at_a_time(
    name: str, *keys: str, condition: Q | None = None, said: Any
) -> ExclusionConstraint:
    """No two rows with the same `keys` (numbers; nothing counts as 0) overlap in time.

    Without btree_gist a number is held equal as the range of itself.
    """
    same = [
        (Func(*[Coalesce(F(key), 0)] * 2, Value("[]"), function="int8range"), "&&") for key in keys
    ]
    period = Func(F("start_on"), F("end_on"), Value("[)"), function="daterange")
    return ExclusionConstraint(
        name=name,
        expressions=[*same, (period, "&&")],
        condition=condition,
        violation_error_message=said,
    )

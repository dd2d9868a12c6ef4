"""How every room keeps the earlier versions of its rows; decides nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pghistory
import pghistory.models
import pgtrigger
from django.db import models

ModelT = TypeVar("ModelT", bound=models.Model)


class RowVersion(pghistory.models.Event):
    """A version of a row; its number has 64 bits because imports write tens of thousands."""

    pgh_id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True


def keep_history(
    model_name: str, *, without: tuple[str, ...] = ()
) -> Callable[[type[ModelT]], type[ModelT]]:
    """Append-only versions by statement-level triggers, which see bulk changes and plain SQL.

    Fields named in `without` are not kept.
    """
    track: Callable[[type[ModelT]], type[ModelT]] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        model_name=model_name,
        exclude=list(without) or None,
        base_model=RowVersion,
        append_only=True,
        level=pgtrigger.Statement,
    )
    return track

"""How this room keeps every earlier version of a plan; decides nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pghistory
import pghistory.models
import pgtrigger
from django.db import models

ModelT = TypeVar("ModelT", bound=models.Model)


class PlansEvent(pghistory.models.Event):
    """A version of a row, numbered with 64 bits because plans are saved often."""

    pgh_id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True


def keep_history(model_name: str) -> Callable[[type[ModelT]], type[ModelT]]:
    """Append-only versions by statement-level triggers, which see bulk changes and plain SQL."""
    track: Callable[[type[ModelT]], type[ModelT]] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        model_name=model_name,
        base_model=PlansEvent,
        append_only=True,
        level=pgtrigger.Statement,
    )
    return track

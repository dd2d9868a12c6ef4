"""How this room keeps every earlier version of who was where; decides nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pghistory
import pghistory.models
import pgtrigger
from django.db import models

ModelT = TypeVar("ModelT", bound=models.Model)


class ClustersEvent(pghistory.models.Event):
    """A version of a row, numbered with 64 bits because ten years of memberships are many."""

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
        base_model=ClustersEvent,
        append_only=True,
        level=pgtrigger.Statement,
    )
    return track

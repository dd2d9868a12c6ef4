"""One table: what was done, by whom, to what, when."""

from __future__ import annotations

import pgtrigger
from django.db import models


class Entry(models.Model):
    """One thing that somebody did. Never changed or removed: a trigger refuses it.

    The actor and the subject are kept by id and by their name of the day, so that the record
    outlives both. `summary` is the English template of a sentence and `params` its values, shown
    in the reader's language.
    """

    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    subject_label = models.CharField(max_length=300)
    summary = models.TextField()
    params = models.JSONField(default=dict)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=("subject_kind", "subject_id", "-at"), name="audit_by_subject"),
            models.Index(fields=("actor_id", "-at"), name="audit_by_actor"),
        )
        triggers = (
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.actor_label}: {self.summary % self.params}"

"""Tries that are counted so that nobody can try too often; whoever tried is kept as a hash."""

from __future__ import annotations

from django.db import models


class Attempt(models.Model):
    """One try of `action` by `who_hash` (SHA-256, hex, of a person's number or an address)."""

    action = models.CharField(max_length=40)
    who_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("action", "who_hash", "at"), name="attempt_by_whom"),)

    def __str__(self) -> str:
        return f"{self.action}: {self.at:%Y-%m-%d %H:%M}"

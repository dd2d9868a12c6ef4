"""A key by which a program reads the API for a person; only its hash is kept."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models.person import Person


class ApiToken(models.Model):
    """Reads what `person` may read, until `expires_at`. `key_hash` is SHA-256 (hex) of the key."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("what it is for"), max_length=100)
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="api_token_expires_after_making"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def holds_at(self, now: dt.datetime) -> bool:
        """Whether the key still opens anything."""
        return self.withdrawn_at is None and now < self.expires_at

"""One table: letters that wait to be sent, and when they were."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Letter(models.Model):
    """An e-mail to one person, by its template and what fills it, in their language.

    The person is kept by number and address, without a key upward. `sealed` holds what only the
    reader may know (links that let them in), encrypted, and is emptied as soon as it is sent or
    given up.
    """

    template = models.CharField(max_length=60)
    language = models.CharField(max_length=5)
    address = models.EmailField(max_length=254)
    person_id = models.BigIntegerField(null=True)
    context = models.JSONField(default=dict)
    sealed = models.TextField(blank=True, default="")
    queued_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("queued_at", "pk")
        indexes = (
            models.Index(
                fields=("queued_at",),
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="letters_waiting",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(sealed=""), name="letter_sent_keeps_no_secret"
            ),
        )

    def __str__(self) -> str:
        return f"{self.template} ({self.queued_at:%Y-%m-%d %H:%M})"

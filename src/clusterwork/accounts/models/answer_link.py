"""A link that lets one person answer one thing without signing in."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from clusterwork.accounts.models.person import Person


class AnswerLink(models.Model):
    """Leads to one question about one subject, for `person`, until `expires_at`, once.

    The subject is kept by kind (`app.model`) and number, like the audit record's: rooms above
    use links too. The link itself is the row's number, signed with a salt for its purpose;
    nothing in the table lets a reader make one.
    """

    purpose = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="answer_link_expires_after_making"
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose}: {self.subject_kind} {self.subject_id}"

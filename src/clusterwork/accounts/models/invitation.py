"""An offer of a role to whoever reads mail at an address; only the hash of its key is kept."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models.person import Person
from clusterwork.accounts.models.role import Role
from clusterwork.registry.models import Organisation, School


class Invitation(models.Model):
    """Holds until `expires_at`, once. `key_hash` is SHA-256 (hex) of the key in the last letter.

    Sending again replaces the key, so that only the newest letter leads in.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired")

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=150, blank=True, default="")
    language = models.CharField(
        max_length=5, choices=Person.Language.choices, default=Person.Language.ENGLISH
    )
    kind = models.CharField(max_length=30, choices=Role.Kind.choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-sent_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, school__isnull=True)
                | Q(organisation__isnull=True, school__isnull=False),
                name="invitation_is_to_an_organisation_or_a_school",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")), name="invitation_expires_after_sending"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_not_both_accepted_and_withdrawn",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.place}"

    @property
    def place(self) -> Organisation | School:
        """The organisation or the school in which the role would be held."""
        place = self.organisation or self.school
        assert place is not None  # noqa: S101 - a database constraint says so
        return place

    def state_at(self, now: dt.datetime) -> Invitation.State:
        """How the invitation stands at `now`."""
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        return self.State.OPEN if now < self.expires_at else self.State.EXPIRED

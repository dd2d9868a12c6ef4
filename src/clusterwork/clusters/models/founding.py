"""Schools that form a cluster themselves and ask an organisation to recognise it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models.cluster import Cluster
from clusterwork.clusters.states.founding import (
    ASKED,
    GATHERING,
    RECOGNISED,
    RETURNED,
    WITHDRAWN,
)
from clusterwork.registry.models import School


class Founding(models.Model):
    """How a proposed cluster's schools agree and ask. `because` is the officer's last reasons."""

    class State(models.TextChoices):
        GATHERING = GATHERING, _("Gathering schools")
        ASKED = ASKED, _("Asked for recognition")
        RETURNED = RETURNED, _("Returned with reasons")
        RECOGNISED = RECOGNISED, _("Recognised")
        WITHDRAWN = WITHDRAWN, _("Withdrawn")

    cluster = models.OneToOneField(Cluster, on_delete=models.CASCADE, related_name="founding")
    purpose = models.TextField(_("purpose"))
    purpose_number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=State.choices, default=State.GATHERING)
    because = models.TextField(_("reasons"), blank=True, default="")
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.cluster_id}: {self.state}"


class FoundingSchool(models.Model):
    """A school that was invited and whether it joins; it agreed to one wording of the purpose."""

    class Reply(models.TextChoices):
        JOINS = "joins", _("Joins")
        DECLINES = "declines", _("Does not join")

    founding = models.ForeignKey(Founding, on_delete=models.CASCADE, related_name="schools")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    is_founder = models.BooleanField(default=False)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    reply = models.CharField(max_length=10, choices=Reply.choices, blank=True, default="")
    agreed_purpose_number = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True, default="")
    replied_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-is_founder", "school__sort_key", "school_id")
        constraints = (
            models.UniqueConstraint(fields=("founding", "school"), name="founding_school_once"),
        )

    def __str__(self) -> str:
        return f"{self.founding_id} – {self.school_id}"

"""What changes in the register meant for clusters, each taken up once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models.cluster import Cluster
from clusterwork.registry.models import School


class RegisterEffect(models.Model):
    """A change of the register (`change_id` is the number of its `Change`) that touches a cluster.

    `settled_at` is empty while an officer has to decide what it means.
    """

    class Kind(models.TextChoices):
        CLOSED = "closed", _("The school closed")
        AMALGAMATED = "amalgamated", _("The school amalgamated")
        RENUMBERED = "renumbered", _("The school goes on under another number")
        REOPENED = "reopened", _("The school reopened")

    change_id = models.BigIntegerField()
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="register_effects")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    successors = models.JSONField(default=list)
    on = models.DateField()
    taken_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ("on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("change_id", "cluster"), name="register_effect_once_a_cluster"
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_id}: {self.kind}"


class RegisterBookmark(models.Model):
    """How far the register's changes have been read: the number of the last one. One row."""

    last_change_id = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.last_change_id)

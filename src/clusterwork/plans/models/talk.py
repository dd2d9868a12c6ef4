"""What is said about a plan while it is written, and what was filled in rather than asked."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster
from clusterwork.plans.models.plan import Plan


class PlanComment(models.Model):
    """A comment on a plan, on one of its parts (`uid`) or on a field of a part."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="comments")
    uid = models.UUIDField(null=True, blank=True)
    field = models.CharField(max_length=40, blank=True, default="")
    text = models.TextField(_("comment"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=150, blank=True, default="")
    at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(_("answer"), blank=True, default="")

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return self.text[:80]


class Writer(models.Model):
    """Who has a part of a plan open for writing, so that the others see it; renewed by saves."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="writers")
    uid = models.UUIDField(null=True, blank=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "uid", "person"), name="writer_once_a_part", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.person_id}"


class Reuse(models.Model):
    """A field that was filled in from what is known, instead of being asked again.

    `form` names the form or document, `field` the field in it, `source` where it came from, in
    plain words of the catalogue. Counted on the cluster's page.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=120)
    field = models.CharField(max_length=120)
    source = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("cluster", "form", "field"), name="reuse_counted_once"),
        )

    def __str__(self) -> str:
        return f"{self.form}: {self.field}"

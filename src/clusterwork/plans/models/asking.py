"""That a cluster has asked its schools what they need for a school year, and until when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster


class NeedsAsking(models.Model):
    """One a cluster and school year; `year` is the end of it. Asked again, `by` is later."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("school year"))
    by = models.DateField(_("answers until"))
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    reminded_on = models.DateField(_("reminded"), null=True, blank=True)

    class Meta:
        ordering = ("-year", "pk")
        verbose_name = _("asking for needs")
        verbose_name_plural = _("askings for needs")
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "year"), name="needs_asked_once_a_cluster_year"
            ),
        )

    def __str__(self) -> str:
        return f"{self.cluster_id}: {self.year}"

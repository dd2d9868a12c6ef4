"""A spreadsheet of clusters that was read, and what loading it would do."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterwork.registry.models import ImportRun, Organisation


class Arrival(models.Model):
    """What belongs to the import of one spreadsheet of clusters, beside the import's own record.

    `rows` is the file's content as `[line, fields]` while it waits for confirmation: confirming
    reads it again and loads it only if it would still do what was shown. `counts` are the steps by
    kind, `n_past` those by which days that are past would read otherwise.
    """

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    rows = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    n_past = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.run)


class ArrivalStep(models.Model):
    """One thing that loading the spreadsheet does; `differences` are `[field, before, after]`."""

    class Happening(models.TextChoices):
        CLUSTER_NEW = "cluster_new", _("New cluster")
        CLUSTER_CHANGED = "cluster_changed", _("Changed cluster")
        MEMBER_NEW = "member_new", _("New membership")
        MEMBER_ENDED = "member_ended", _("Ended membership")
        MEMBER_CHANGED = "member_changed", _("Changed membership")
        OFFICE_NEW = "office_new", _("New appointment")
        OFFICE_CHANGED = "office_changed", _("Changed appointment")
        PROGRAMME_NEW = "programme_new", _("Takes part in a programme")

    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="steps")
    happening = models.CharField(max_length=16, choices=Happening.choices)
    line = models.PositiveIntegerField()
    cluster = models.CharField(max_length=200)
    subject = models.CharField(max_length=300)
    differences = models.JSONField(default=list)
    is_past = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("arrival", "happening"), name="arrival_by_happening"),)

    def __str__(self) -> str:
        return f"{self.cluster}: {self.happening} {self.subject}"

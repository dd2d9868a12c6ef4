"""A cluster: a group of schools that stands by itself and outlives every programme."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models.periods import ends_after_start
from clusterwork.clusters.models.triggers import CLUSTER_TRIGGERS
from clusterwork.clusters.states.cluster import ACTIVE, CLOSED, CLOSING, PROPOSED, RECOGNISED
from clusterwork.registry.models import Organisation
from clusterwork.tables.history import keep_history

NAME_LENGTH = 200


@keep_history("ClusterEvent")
class Cluster(models.Model):
    """A cluster over [start_on, end_on); without an end it goes on.

    `working_name` is a place and never a school, `name` and `name_cy` are what its schools have
    chosen (empty until then). `organisation` recognised it or is asked to. `code` is its number in
    the organisation's own lists, or empty. `parent` makes it a mini-cluster inside another.
    """

    class Status(models.TextChoices):
        PROPOSED = PROPOSED, _("Proposed")
        RECOGNISED = RECOGNISED, _("Recognised")
        ACTIVE = ACTIVE, _("Active")
        CLOSING = CLOSING, _("Closing")
        CLOSED = CLOSED, _("Closed")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=40, blank=True, default="")
    working_name = models.CharField(_("working name"), max_length=NAME_LENGTH)
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True, default="")
    name_cy = models.CharField(_("name in Welsh"), max_length=NAME_LENGTH, blank=True, default="")
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PROPOSED
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="mini_clusters"
    )
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)
    started_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("working_name", "pk")
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        constraints = (
            ends_after_start("cluster_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=("organisation", "code"),
                condition=~Q(code=""),
                name="cluster_code_once_an_organisation",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="cluster_not_inside_itself"),
        )
        indexes = (models.Index(fields=("organisation", "status"), name="cluster_by_status"),)
        triggers = CLUSTER_TRIGGERS

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The chosen name in the language of the page, else the working name."""
        welsh = (get_language() or "").startswith("cy")
        return (self.name_cy if welsh else "") or self.name or self.name_cy or self.working_name


class FormerName(models.Model):
    """What a cluster was called until a day, so that old pages keep their names."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="former_names")
    working_name = models.CharField(max_length=NAME_LENGTH)
    name = models.CharField(max_length=NAME_LENGTH, blank=True, default="")
    name_cy = models.CharField(max_length=NAME_LENGTH, blank=True, default="")
    until = models.DateField()

    class Meta:
        ordering = ("until", "pk")

    def __str__(self) -> str:
        return self.name or self.working_name


class StatusChange(models.Model):
    """A move of a cluster's status, from the day on which it holds; only ever added to."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="status_changes")
    status = models.CharField(max_length=10, choices=Cluster.Status.choices)
    on = models.DateField()
    because = models.CharField(max_length=500, blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.cluster_id}: {self.status}"


class Lineage(models.Model):
    """`after` came out of `before` on a day: by a split, a merger, or as a mini-cluster."""

    class Kind(models.TextChoices):
        SPLIT = "split", _("Split")
        MERGER = "merger", _("Merged")
        MINI = "mini", _("Mini-cluster")

    before = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="came_after")
    after = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="came_from")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()

    class Meta:
        ordering = ("on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("before", "after", "on"), name="lineage_once"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="lineage_between_two"),
        )

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"

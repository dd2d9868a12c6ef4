"""What the solver proposed: the run, its clusters, and each school's place with the reason."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models.formation import Formation
from clusterwork.clusters.models.programme import PolicyVersion
from clusterwork.clusters.states.proposal import (
    CANCELLED,
    DONE,
    FAILED,
    IMPOSSIBLE,
    QUEUED,
    RUNNING,
)
from clusterwork.registry.models import School


class Proposal(models.Model):
    """One run of the solver under one version of the policy.

    `policy_used` is the mapping that was given to the solver: the version's, adapted to the kind
    of cluster. `progress` holds the last words from the solver while it runs, `outcome` the
    totals when it is done (see `outcomes`), `trouble` the sentences when it is not. A proposal that
    an officer made by hand out of another names it as `base`, and `moves` lists what was moved:
    `{"school", "to"}` with the school's id and the number of the cluster in the base.
    """

    class State(models.TextChoices):
        QUEUED = QUEUED, _("Waiting to start")
        RUNNING = RUNNING, _("Working")
        DONE = DONE, _("Done")
        IMPOSSIBLE = IMPOSSIBLE, _("Not possible")
        FAILED = FAILED, _("Not made")
        CANCELLED = CANCELLED, _("Cancelled")

    formation = models.ForeignKey(Formation, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField(_("number"))
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    policy_used = models.JSONField()
    base = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="moved"
    )
    moves = models.JSONField(default=list, blank=True)
    seed = models.PositiveIntegerField(_("seed"), default=1)
    time_limit_s = models.PositiveSmallIntegerField(_("seconds at most"), default=60)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    progress = models.JSONField(default=dict, blank=True)
    outcome = models.JSONField(default=dict, blank=True)
    trouble = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-number",)
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = (
            models.UniqueConstraint(
                fields=("formation", "number"), name="proposal_number_once_a_formation"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(QUEUED, RUNNING)) | Q(ended_at__isnull=False),
                name="proposal_ended_has_its_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits or works."""
        return self.state in (QUEUED, RUNNING)


class ProposedCluster(models.Model):
    """One cluster of a proposal. Minutes are estimates; shares are 0 to 1.

    `name` is that of the present cluster that it continues, or empty.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="clusters")
    number = models.PositiveIntegerField(_("cluster"))
    name = models.CharField(_("name"), max_length=200, blank=True, default="")
    hub = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    n_schools = models.PositiveIntegerField(_("schools"))
    travel = models.FloatField()
    mean_minutes = models.FloatField(_("mean minutes"))
    worst_minutes = models.FloatField(_("longest minutes"))
    worst_pair_minutes = models.FloatField(_("longest minutes between two members"))
    pupils = models.PositiveIntegerField(_("pupils"), null=True, blank=True)
    fsm_share = models.FloatField(_("free school meals"), null=True, blank=True)
    flow_kept_share = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "number"), name="proposed_cluster_number_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.number)


class ProposedPlace(models.Model):
    """Where one school is in a proposal, or that it is left out (no cluster), and why.

    `pupils` and `fsm_share` are the figures that the solver was given. `reason` is a `Place` of
    `outcomes` as JSON.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="places")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    cluster = models.ForeignKey(
        ProposedCluster, on_delete=models.CASCADE, null=True, blank=True, related_name="places"
    )
    minutes = models.FloatField(_("minutes"), null=True, blank=True)
    cost_of_moving = models.FloatField(null=True, blank=True)
    pupils = models.PositiveIntegerField(_("pupils"), null=True, blank=True)
    fsm_share = models.FloatField(_("free school meals"), null=True, blank=True)
    reason = models.JSONField(default=dict)

    class Meta:
        ordering = ("school__sort_key", "school_id")
        constraints = (
            models.UniqueConstraint(fields=("proposal", "school"), name="proposed_place_once"),
        )

    def __str__(self) -> str:
        return f"{self.school_id} – {self.cluster_id}"

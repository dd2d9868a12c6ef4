"""Which cluster takes part in which programme, and the places that a programme allows once only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models.cluster import Cluster
from clusterwork.clusters.models.periods import ends_after_start, one_at_a_time
from clusterwork.clusters.models.programme import Programme
from clusterwork.clusters.models.triggers import PARTICIPATION_TRIGGERS
from clusterwork.registry.models import School
from clusterwork.tables.history import keep_history


@keep_history("ParticipationEvent")
class Participation(models.Model):
    """One cluster in one programme over [start_on, end_on). A cluster takes part in any number."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="participations")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="participations"
    )
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True, default="")

    class Meta:
        ordering = ("start_on", "pk")
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = (
            ends_after_start("participation_ends_after_it_starts"),
            one_at_a_time(
                "participation_once_at_a_time",
                "cluster",
                "programme",
                said=_("The cluster already takes part in this programme for part of that time."),
            ),
        )
        triggers = PARTICIPATION_TRIGGERS

    def __str__(self) -> str:
        return f"{self.cluster_id} – {self.programme_id}"


class Place(models.Model):
    """A school's place in a programme that allows one cluster a school.

    Worked out by the database from memberships and participations (see `triggers`) and written by
    nothing else, so that no path leads round the constraint.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="+")
    start_on = models.DateField()
    end_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("start_on", "pk")
        constraints = (
            one_at_a_time(
                "place_one_cluster_a_school_in_a_programme",
                "programme",
                "school",
                said=_("The programme allows a school one cluster at a time."),
            ),
        )
        indexes = (models.Index(fields=("cluster",), name="place_of_cluster"),)

    def __str__(self) -> str:
        return f"{self.programme_id} – {self.school_id}"

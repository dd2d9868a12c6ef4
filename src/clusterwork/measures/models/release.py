"""A school lets a cluster see its figures; until it takes that back."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import AgreementVersion, Cluster
from clusterwork.measures.models.measure import Measure
from clusterwork.registry.models import School
from clusterwork.tables.history import keep_history


@keep_history("ReleaseEvent")
class Release(models.Model):
    """From `at` until `withdrawn_at` the cluster's schools see the school's figures of the measure.

    Without a measure, of every measure. `agreement` is the version of the cluster's data-sharing
    agreement that was in force. Where `officers_too`, the officers of the cluster's organisation
    see them as well, which needs such an agreement.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreement = models.ForeignKey(
        AgreementVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    officers_too = models.BooleanField(_("seen by the organisation's officers too"), default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("released"))
    withdrawn_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("release of figures")
        verbose_name_plural = _("releases of figures")
        constraints = (
            models.UniqueConstraint(
                fields=("school", "cluster", "measure"),
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="release_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__gte=F("at"), withdrawn_by__isnull=False),
                name="release_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(officers_too=False) | Q(agreement__isnull=False),
                name="release_to_officers_by_agreement",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_id} – {self.cluster_id}"

    @property
    def is_in_force(self) -> bool:
        """Whether nobody has taken it back."""
        return self.withdrawn_at is None

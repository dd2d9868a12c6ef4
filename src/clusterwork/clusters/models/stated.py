"""What a school itself says about its partnerships: one main one, and the others in a line each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models.cluster import NAME_LENGTH, Cluster
from clusterwork.clusters.models.periods import ends_after_start, one_at_a_time
from clusterwork.clusters.models.standing import Formality
from clusterwork.registry.models import Partnership, PartnershipKind, School
from clusterwork.tables.history import keep_history


@keep_history("StatedPartnershipEvent")
class StatedPartnership(models.Model):
    """A partnership as a school states it, over [start_on, end_on); an unknown start is empty.

    It may be one of our clusters, one in the register, or just a name. `formality` is the category
    of Small rural schools, Figure 4 (1 is no collaborative activity, and then names nothing).
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    is_main = models.BooleanField(_("main partnership"), default=False)
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True, default="")
    kind = models.CharField(
        _("kind"), max_length=20, choices=PartnershipKind.choices, blank=True, default=""
    )
    formality = models.PositiveSmallIntegerField(
        _("category"), choices=Formality.choices, null=True, blank=True
    )
    what_for = models.CharField(_("what for"), max_length=300, blank=True, default="")
    start_on = models.DateField(_("since"), null=True, blank=True)
    end_on = models.DateField(_("until"), null=True, blank=True)
    signed_on = models.DateField(_("memorandum signed"), null=True, blank=True)

    class Meta:
        ordering = ("-is_main", "start_on", "pk")
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = (
            ends_after_start("stated_partnership_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(formality=Formality.NONE) | ~Q(name=""),
                name="stated_partnership_has_a_name",
            ),
            one_at_a_time(
                "stated_partnership_one_main",
                "school",
                condition=Q(is_main=True),
                said=_("The school already has a main partnership for part of that time."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_id}: {self.name}"

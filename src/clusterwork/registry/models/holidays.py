"""School holidays as an organisation publishes them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.registry.models.organisations import NAME_LENGTH, Organisation, in_language


class Holiday(models.Model):
    """Days without school over [start_on, end_on) in the schools of an organisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="holidays"
    )
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_cy = models.CharField(_("name in Welsh"), max_length=NAME_LENGTH, blank=True, default="")
    start_on = models.DateField(_("first day"))
    end_on = models.DateField(_("first day back"))

    class Meta:
        ordering = ("start_on", "pk")
        verbose_name = _("school holiday")
        verbose_name_plural = _("school holidays")
        constraints = (
            models.CheckConstraint(
                condition=Q(end_on__gt=F("start_on")), name="holiday_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=("organisation", "start_on"), name="holiday_once_an_organisation"
            ),
        )

    def __str__(self) -> str:
        return in_language(self.name, self.name_cy)

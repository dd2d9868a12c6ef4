"""Which figures have been told together, so that no later table gives one of them away."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from clusterwork.measures.models.measure import ALL, CODE_LENGTH, Measure


class Told(models.Model):
    """The figures of one measure, group and school year that somebody saw put together.

    `figures` are ids of `Figure` in ascending order; one alone is a figure that others than its
    school have seen. `year` is that in which the school year ends. Only ever added to: what has
    been seen stays known.
    """

    id = models.BigAutoField(primary_key=True)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+", db_index=False)
    group = models.CharField(_("group"), max_length=CODE_LENGTH, default=ALL)
    year = models.PositiveSmallIntegerField(_("school year"))
    figures = ArrayField(models.BigIntegerField(), verbose_name=_("figures"))
    at = models.DateTimeField(_("first told"), db_default=Now())

    class Meta:
        ordering = ("pk",)
        verbose_name = _("told sum")
        verbose_name_plural = _("told sums")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(figures__len__gt=0), name="told_of_some_figures"
            ),
        )
        indexes = (models.Index(fields=("measure", "year", "group"), name="told_by_measure"),)
        triggers = (
            pgtrigger.Protect(
                name="told_stays_told", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure_id} {self.year}: {len(self.figures)}"

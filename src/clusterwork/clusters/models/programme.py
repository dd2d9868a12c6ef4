"""An organisation's time-bound initiative, and each policy that it has had."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models.triggers import PROGRAMME_TRIGGERS
from clusterwork.registry.models import Organisation

NAME_LENGTH = 200


class Programme(models.Model):
    """A programme over [starts_on, ends_on); without an end it has none yet.

    `one_cluster_a_school` makes the database refuse a school in two of its clusters at a time.
    Counts of pupils or staff below `smallest_number` are suppressed in what it publishes.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_cy = models.CharField(_("name in Welsh"), max_length=NAME_LENGTH, blank=True, default="")
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    first_cycle_on = models.DateField(_("first cycle starts"), null=True, blank=True)
    one_cluster_a_school = models.BooleanField(_("a school is in one cluster only"), default=False)
    smallest_number = models.PositiveSmallIntegerField(_("smallest number shown"), default=5)

    class Meta:
        ordering = ("-starts_on", "name", "pk")
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "name"), name="programme_name_once_an_organisation"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="programme_ends_after_it_starts",
            ),
        )
        triggers = PROGRAMME_TRIGGERS

    def __str__(self) -> str:
        welsh = (get_language() or "").startswith("cy")
        return self.name_cy if welsh and self.name_cy else self.name


class PolicyVersion(models.Model):
    """A programme's policy as it was saved once; never changed, the next version replaces it.

    `mapping` has the shape of a POLICY.toml.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="policies")
    number = models.PositiveIntegerField(_("version"))
    mapping = models.JSONField(_("rules"))
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(_("saved"), auto_now_add=True)

    class Meta:
        ordering = ("-number",)
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        constraints = (
            models.UniqueConstraint(
                fields=("programme", "number"), name="policy_number_once_a_programme"
            ),
        )
        triggers = (pgtrigger.Protect(name="policy_never_changed", operation=pgtrigger.Update),)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.number}"

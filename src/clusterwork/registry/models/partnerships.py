"""Groupings that schools belong to over time; clusters of a programme stand in `clusters`."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _

from clusterwork.registry.models.organisations import NAME_LENGTH, Organisation
from clusterwork.registry.models.schools import School
from clusterwork.tables.history import keep_history


class PartnershipKind(models.TextChoices):
    """The kinds of grouping in the reports, from formal to loose."""

    FEDERATION = "federation", _("Federation")
    TRUST = "trust", _("Trust")
    SPONSOR = "sponsor", _("Sponsor")
    ALLIANCE = "alliance", _("Alliance")
    NETWORK = "network", _("Network")
    CLUSTER = "cluster", _("Local cluster")
    SECONDARY = "secondary", _("Secondary school and its primaries")
    BUSINESS_SERVICES = "business_services", _("Business services")
    OTHER = "other", _("Other")


@keep_history("PartnershipEvent")
class Partnership(models.Model):
    """Any grouping of schools, at any formality.

    `source` is `official` or `hand`; `identifier` is the official number, such as the group UID of
    GIAS, or empty. `kind_name` is the source's own wording.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=PartnershipKind.choices)
    kind_name = models.CharField(_("kind as filed"), max_length=80, blank=True, default="")
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_cy = models.CharField(_("name in Welsh"), max_length=NAME_LENGTH, blank=True, default="")
    source = models.CharField(_("source"), max_length=12, default="hand")
    identifier = models.CharField(_("number in the source"), max_length=20, blank=True, default="")
    opened_on = models.DateField(_("opened"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="partnerships"
    )

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "identifier"],
                condition=~models.Q(identifier=""),
                name="partnership_number_once_a_source",
            ),
        ]
        indexes = [models.Index(fields=["kind", "name"], name="partnership_by_name")]

    def __str__(self) -> str:
        return self.name


@keep_history("AffiliationEvent")
class Affiliation(models.Model):
    """One school in one partnership over [start_on, end_on).

    `start_on` is None where the start is not known; `end_on` is None while it lasts.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="affiliations")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="affiliations"
    )
    start_on = models.DateField(_("from"), null=True, blank=True)
    end_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start_on__isnull=True)
                | models.Q(end_on__isnull=True)
                | models.Q(end_on__gt=F("start_on")),
                name="affiliation_ends_after_it_starts",
            ),
            ExclusionConstraint(
                name="affiliation_once_at_a_time",
                expressions=[
                    (Func(F("school"), F("school"), Value("[]"), function="int8range"), "&&"),
                    (
                        Func(F("partnership"), F("partnership"), Value("[]"), function="int8range"),
                        "&&",
                    ),
                    (
                        Func(F("start_on"), F("end_on"), Value("[)"), function="daterange"),
                        "&&",
                    ),
                ],
                violation_error_message=_(
                    "The school is already in this partnership in that period. "
                    "End the earlier period first, or choose dates that do not overlap."
                ),
            ),
        ]
        indexes = [models.Index(fields=["school", "end_on"], name="affiliation_now")]

    def __str__(self) -> str:
        return f"{self.school_id} – {self.partnership_id}"

    def clean(self) -> None:
        """Dates in order; said on the field so that the overlap check is skipped."""
        if self.start_on and self.end_on and self.end_on <= self.start_on:
            raise ValidationError({"end_on": _("The end must come after the start.")})

"""Who heads a school, from when until when, and how."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models.periods import ends_after_start, one_at_a_time
from clusterwork.registry.models import School
from clusterwork.tables.history import keep_history


@keep_history("HeadshipEvent")
class Headship(models.Model):
    """The headship of a school over [start_on, end_on).

    An executive head has one row for each school; those of one person (or, without a sign-in, of
    one name) on one day are what they head together. A vacant headship names nobody.
    """

    class Kind(models.TextChoices):
        SUBSTANTIVE = "substantive", _("Substantive")
        ACTING = "acting", _("Acting")
        EXECUTIVE = "executive", _("Executive")
        VACANT = "vacant", _("Vacant")

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=150, blank=True, default="")
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("start_on", "pk")
        verbose_name = _("headship")
        verbose_name_plural = _("headships")
        constraints = (
            ends_after_start("headship_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(kind="vacant", person__isnull=True, name="")
                | (~Q(kind="vacant") & ~Q(name="")),
                name="headship_names_its_head",
            ),
            one_at_a_time(
                "headship_one_at_a_time",
                "school",
                said=_("The school already has a headship for part of that time."),
            ),
        )
        indexes = (models.Index(fields=("school", "start_on"), name="headship_of_school"),)

    def __str__(self) -> str:
        return f"{self.school_id}: {self.name or self.kind}"

"""A programme's priorities, its own groups with their members, and whom it is for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models.periods import ends_after_start
from clusterwork.clusters.models.programme import NAME_LENGTH, Programme
from clusterwork.registry.models import School
from clusterwork.registry.models.organisations import in_language
from clusterwork.tables.history import keep_history


class ProgrammePriority(models.Model):
    """Something that the programme wants its clusters to improve, in both languages."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="priorities")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(_("priority"), max_length=300)
    text_cy = models.CharField(_("priority in Welsh"), max_length=300, blank=True, default="")

    class Meta:
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return in_language(self.text, self.text_cy)


class ProgrammeGroup(models.Model):
    """A group that stands beside a programme, such as a strategy group of heads."""

    class Kind(models.TextChoices):
        STRATEGY = "strategy", _("Strategy group of heads")
        GOVERNORS = "governors", _("Governors")
        DIOCESE = "diocese", _("Diocese")
        STEERING = "steering", _("Steering group")
        OTHER = "other", _("Other")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="groups")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_cy = models.CharField(_("name in Welsh"), max_length=NAME_LENGTH, blank=True, default="")

    class Meta:
        ordering = ("kind", "name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("programme", "name"), name="programme_group_name_once"),
        )

    def __str__(self) -> str:
        return in_language(self.name, self.name_cy)


@keep_history("GroupMemberEvent")
class GroupMember(models.Model):
    """Somebody in a programme's group over [start_on, end_on); `speaks_for` says for whom."""

    group = models.ForeignKey(ProgrammeGroup, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=150)
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    speaks_for = models.CharField(_("speaks for"), max_length=200, blank=True, default="")
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("start_on", "pk")
        constraints = (ends_after_start("group_member_ends_after_start"),)

    def __str__(self) -> str:
        return self.name


class EligibilityVersion(models.Model):
    """Whom a programme is for, as saved once; `facts` has the shape of `rules.eligibility`."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="eligibility")
    number = models.PositiveIntegerField()
    facts = models.JSONField()
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=("programme", "number"), name="eligibility_number_once_a_programme"
            ),
        )

    def __str__(self) -> str:
        return f"{self.programme_id}: {self.number}"


class EligibilityCheck(models.Model):
    """One look at which schools fit, on a day, under one version."""

    version = models.ForeignKey(EligibilityVersion, on_delete=models.PROTECT, related_name="checks")
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return f"{self.version_id}: {self.on}"


class EligibilityFinding(models.Model):
    """What a check found of one school. `facts` are the values that it was judged by.

    A finding drops nobody: a school that no longer fits is flagged until somebody has looked.
    """

    class Result(models.TextChoices):
        FITS = "fits", _("Fits")
        JUST_OUTSIDE = "just_outside", _("Just outside")
        OUTSIDE = "outside", _("Outside")
        UNKNOWN = "unknown", _("Not known")

    check_made = models.ForeignKey(
        EligibilityCheck, on_delete=models.CASCADE, related_name="findings"
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=12, choices=Result.choices)
    is_in = models.BooleanField(_("takes part"))
    facts = models.JSONField(default=dict)
    looked_at_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    looked_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ("school__sort_key", "school_id")
        constraints = (
            models.UniqueConstraint(
                fields=("check_made", "school"), name="eligibility_finding_once_a_school"
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_id}: {self.result}"

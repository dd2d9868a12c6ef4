"""What is known of a school by year or by date; no grade of any scale is written here."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterwork.registry.models.organisations import NAME_LENGTH, in_language
from clusterwork.registry.models.schools import School
from clusterwork.tables.history import keep_history


def share_field(label: Any) -> models.FloatField[float | None, float | None]:
    """A share from 0 to 1, or None where it is not known or suppressed."""
    return models.FloatField(label, null=True, blank=True)


def count_field(label: Any) -> models.PositiveIntegerField[int | None, int | None]:
    """A count, or None where it is not known or suppressed."""
    return models.PositiveIntegerField(label, null=True, blank=True)


SHARES = (
    "fsm_share",
    "fsm_protected_share",
    "sen_support_share",
    "ehcp_share",
    "eal_share",
)


@keep_history("CensusEvent")
class Census(models.Model):
    """A school's figures of one year; `year` is the end of the academic year (2018/19 is 2019)."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="censuses")
    year = models.PositiveSmallIntegerField(_("year"))
    pupils = count_field(_("pupils"))
    boys = count_field(_("boys"))
    girls = count_field(_("girls"))
    fsm_share = share_field(_("free school meals"))
    fsm_protected_share = share_field(_("free school meals, with protection"))
    sen_support_share = share_field(_("SEN support"))
    ehcp_share = share_field(_("education, health and care plan"))
    eal_share = share_field(_("English as an additional language"))
    source = models.CharField(_("source"), max_length=12)

    class Meta:
        ordering = ["school", "year"]
        verbose_name = _("census")
        verbose_name_plural = _("censuses")
        constraints = [
            models.UniqueConstraint(fields=["school", "year"], name="census_once_a_year"),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{share}__isnull": True})
                    | models.Q(**{f"{share}__gte": 0, f"{share}__lte": 1}),
                    name=f"census_{share}_between_0_and_1",
                )
                for share in SHARES
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} – {self.year}"


class Scale(models.Model):
    """A scale of grades that some body gives to schools, e.g. inspection or support category."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_cy = models.CharField(_("name in Welsh"), max_length=NAME_LENGTH, blank=True, default="")
    ended_on = models.DateField(_("used until"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("scale")
        verbose_name_plural = _("scales")

    def __str__(self) -> str:
        return in_language(self.name, self.name_cy)


class Grade(models.Model):
    """One grade of a scale, made when an import first meets it; people put them in order."""

    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="grades")
    code = models.CharField(_("code"), max_length=60)
    label = models.CharField(_("label"), max_length=80)
    label_cy = models.CharField(_("label in Welsh"), max_length=80, blank=True, default="")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["scale", "position", "label"]
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        constraints = [
            models.UniqueConstraint(fields=["scale", "code"], name="grade_once_a_scale"),
        ]

    def __str__(self) -> str:
        return in_language(self.label, self.label_cy)


@keep_history("AssessmentEvent")
class Assessment(models.Model):
    """The grade that a school was given on a scale on a day."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="assessments")
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="assessments")
    grade = models.ForeignKey(Grade, on_delete=models.PROTECT, related_name="assessments")
    on = models.DateField(_("date"))
    source = models.CharField(_("source"), max_length=12)

    class Meta:
        ordering = ["school", "-on"]
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "scale", "on"], name="assessment_once_a_day_and_scale"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} – {self.on}"


class Flow(models.Model):
    """How many pupils moved on from one school to another in a year."""

    from_school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="flows_out")
    to_school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="flows_in")
    year = models.PositiveSmallIntegerField(_("year"))
    pupils = models.PositiveIntegerField(_("pupils"))

    class Meta:
        verbose_name = _("flow")
        verbose_name_plural = _("flows")
        constraints = [
            models.UniqueConstraint(
                fields=["from_school", "to_school", "year"], name="flow_once_a_year"
            ),
            models.CheckConstraint(
                condition=~models.Q(from_school=models.F("to_school")), name="flow_between_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_school_id} – {self.to_school_id}: {self.pupils}"

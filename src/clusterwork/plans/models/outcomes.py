"""How the plan should work, and the targets by which the cluster will know."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.measures.models import Measure
from clusterwork.plans.models.plan import Item
from clusterwork.plans.models.work import Action, Priority
from clusterwork.registry.models import School
from clusterwork.tables.history import keep_history


class Horizon(models.TextChoices):
    """How soon something is expected."""

    SHORT = "short", _("Short term")
    MEDIUM = "medium", _("Medium term")
    LONG = "long", _("Long term")


@keep_history("OutcomeEvent")
class Outcome(Item):
    """A step of how it should work: activity, output, short, medium or long outcome.

    An activity may stand for an action of the plan.
    """

    class Level(models.TextChoices):
        ACTIVITY = "activity", _("Activity")
        OUTPUT = "output", _("Output")
        SHORT = "short", _("Short-term outcome")
        MEDIUM = "medium", _("Medium-term outcome")
        LONG = "long", _("Long-term outcome")

    level = models.CharField(_("step"), max_length=8, choices=Level.choices)
    text = models.CharField(_("what happens"), max_length=300)
    action = models.ForeignKey(
        Action, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta(Item.Meta):
        verbose_name = _("step of how it should work")
        verbose_name_plural = _("how it should work")
        default_related_name = "outcomes"
        constraints = (models.UniqueConstraint(fields=("plan", "uid"), name="outcome_once_a_plan"),)

    def __str__(self) -> str:
        return self.text


@keep_history("OutcomeLinkEvent")
class OutcomeLink(models.Model):
    """One step leads to a later one, if the assumption holds."""

    before = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="leads_to")
    after = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="comes_from")
    assumption = models.CharField(_("we assume that"), max_length=300, blank=True, default="")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("before", "after"), name="outcome_link_once"),
            models.CheckConstraint(
                condition=~Q(before=F("after")), name="outcome_link_between_two"
            ),
        )

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"


@keep_history("TargetEvent")
class Target(Item):
    """A value wanted by a day against a baseline, or a success statement instead of a number.

    With a measure: `wanted_value` by `wanted_on`; a baseline with its day and source, or a reason
    for none. Without one: `statement`. `school` names the one school that it is for, none the
    cluster; `group` is a breakdown of the measure.
    """

    class Whose(models.TextChoices):
        OURS = "ours", _("Ours to answer for")
        SHARED = "shared", _("Shared")
        BEYOND = "beyond", _("Mostly beyond us")

    priority = models.ForeignKey(
        Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="targets"
    )
    outcome = models.ForeignKey(
        Outcome, on_delete=models.SET_NULL, null=True, blank=True, related_name="targets"
    )
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    statement = models.TextField(_("success statement"), blank=True, default="")
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    group = models.CharField(_("group of pupils"), max_length=40, blank=True, default="")
    baseline_value = models.FloatField(_("baseline"), null=True, blank=True)
    baseline_on = models.DateField(_("date of the baseline"), null=True, blank=True)
    baseline_source = models.CharField(_("source"), max_length=200, blank=True, default="")
    no_baseline_because = models.CharField(
        _("why there is no baseline"), max_length=300, blank=True, default=""
    )
    wanted_value = models.FloatField(_("target"), null=True, blank=True)
    wanted_on = models.DateField(_("by"))
    horizon = models.CharField(_("horizon"), max_length=8, choices=Horizon.choices)
    cohort = models.CharField(
        _("about the cohort: size, mobility"), max_length=300, blank=True, default=""
    )
    whose = models.CharField(
        _("whose it is"), max_length=8, choices=Whose.choices, default=Whose.SHARED
    )
    known_how = models.CharField(_("how you will know"), max_length=300, blank=True, default="")
    known_by = models.CharField(_("who will look"), max_length=150, blank=True, default="")
    known_on = models.DateField(_("when"), null=True, blank=True)

    class Meta(Item.Meta):
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        default_related_name = "targets"
        constraints = (
            models.UniqueConstraint(fields=("plan", "uid"), name="target_once_a_plan"),
            models.CheckConstraint(
                condition=Q(measure__isnull=False, wanted_value__isnull=False)
                | (Q(measure__isnull=True, wanted_value__isnull=True) & ~Q(statement="")),
                name="target_is_a_number_or_a_statement",
            ),
            models.CheckConstraint(
                condition=Q(baseline_on__isnull=True) | Q(wanted_on__gt=F("baseline_on")),
                name="target_after_its_baseline",
            ),
            models.CheckConstraint(
                condition=Q(measure__isnull=True)
                | Q(baseline_value__isnull=False, baseline_on__isnull=False)
                | ~Q(no_baseline_because=""),
                name="target_has_a_baseline_or_a_reason",
            ),
        )

    def __str__(self) -> str:
        return self.statement or f"{self.measure}: {self.wanted_value}"

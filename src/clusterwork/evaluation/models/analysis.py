"""An impact analysis as it is planned, and every form in which it was registered."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster
from clusterwork.evaluation.models.study import Study
from clusterwork.evaluation.states import analysis as states
from clusterwork.measures.models import ALL, Measure
from clusterwork.measures.models.measure import CODE_LENGTH
from clusterwork.tables.history import keep_history


class Comparison(models.TextChoices):
    """What the clusters are held against."""

    SCHOOLS = "schools", _("Similar schools that are in no cluster")
    CLUSTERS = "clusters", _("Clusters that are not in the programme")
    LATER = "later", _("Clusters of the programme that start later")


class Where(models.TextChoices):
    """Where similar schools are looked for."""

    NATION = "nation", _("Everywhere in the register")
    AREA = "area", _("In the authorities of the clusters")


class AlikeBy(models.TextChoices):
    """What similar schools are alike in, in the year before the first cluster started."""

    PUPILS = "pupils", _("Number of pupils")
    MEALS = "meals", _("Share of pupils eligible for free school meals")
    BEFORE = "before", _("Results before the start")


class Alternative(models.TextChoices):
    """Another choice under which the analysis is run too, said beforehand."""

    ONE = "one", _("One comparison group for each cluster")
    TEN = "ten", _("Ten comparison groups for each cluster")
    WITHOUT_BEFORE = "without_before", _("Similar schools chosen without their earlier results")
    WITHOUT_MEALS = "without_meals", _("Similar schools chosen without free school meals")
    AREA = "area", _("Similar schools from the same authorities only")
    YEARLY = "yearly", _("Effects by year since the start, averaged over starts")
    LATER_YEARS = "later_years", _("Without the first year after the start")


def codes(label: Any) -> ArrayField[list[str], list[str]]:
    """A list of codes of one of the choices above."""
    return ArrayField(models.CharField(max_length=20), verbose_name=label, default=list, blank=True)


@keep_history("AnalysisEvent")
class Analysis(models.Model):
    """Whether a measure changed more in a programme's clusters than in what they are held against.

    The fields hold the plan as it is being written; what counts is the last `Registration`.
    `group` is a breakdown of the measure. With `cluster` only that cluster is looked at. Years are
    the ends of school years. `neighbours` groups of similar schools stand beside each cluster.
    `reached` is the share of the pupils counted whom the work reaches; `expected` what they are
    hoped to gain and `pupils_sd` how far single pupils lie apart (both None: not said), in units
    of the measure. Before `too_early_before` nobody is told a result. `placebo` is a measure that
    the work cannot have changed, by which the comparison is tried.
    """

    class State(models.TextChoices):
        DRAFT = states.DRAFT, _("Being planned")
        REGISTERED = states.REGISTERED, _("Registered")
        CHANGING = states.CHANGING, _("Being changed after it was registered")

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="analyses")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, related_name="+")
    group = models.CharField(_("group of pupils"), max_length=CODE_LENGTH, default=ALL)
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_year = models.PositiveSmallIntegerField(_("first school year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last school year"), null=True, blank=True)
    comparison = models.CharField(
        _("held against"), max_length=8, choices=Comparison.choices, default=Comparison.SCHOOLS
    )
    where = models.CharField(
        _("looked for"), max_length=6, choices=Where.choices, default=Where.NATION
    )
    neighbours = models.PositiveSmallIntegerField(
        _("comparison groups for each cluster"), default=3
    )
    alike_by = codes(_("alike in"))
    reached = models.FloatField(_("share of pupils reached"), default=1.0)
    expected = models.FloatField(_("gain hoped for"), null=True, blank=True)
    pupils_sd = models.FloatField(_("standard deviation of pupils"), null=True, blank=True)
    too_early_before = models.DateField(_("too early to say before"), null=True, blank=True)
    alternatives = codes(_("other choices, said beforehand"))
    placebo = models.ForeignKey(
        Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    shared_at = models.DateTimeField(_("shown to the programme’s schools"), null=True, blank=True)
    shared_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(_("started"))

    class Meta:
        ordering = ("pk",)
        verbose_name = _("analysis")
        verbose_name_plural = _("analyses")
        constraints = (
            models.CheckConstraint(
                condition=Q(first_year__isnull=True)
                | Q(last_year__isnull=True)
                | Q(last_year__gt=F("first_year")),
                name="analysis_years_in_order",
            ),
            models.CheckConstraint(
                condition=Q(neighbours__gte=1, neighbours__lte=20),
                name="analysis_neighbours_1_to_20",
            ),
            models.CheckConstraint(
                condition=Q(reached__gt=0, reached__lte=1), name="analysis_reached_above_0_to_1"
            ),
            models.CheckConstraint(
                condition=Q(pupils_sd__isnull=True) | Q(pupils_sd__gt=0),
                name="analysis_sd_above_0",
            ),
            models.CheckConstraint(
                condition=Q(state=states.DRAFT)
                | Q(measure__isnull=False, first_year__isnull=False, last_year__isnull=False),
                name="analysis_registered_is_whole",
            ),
        )

    def __str__(self) -> str:
        return str(self.measure or self.study)


class Registration(models.Model):
    """The plan as it was registered; never changed, a later one stands beside it.

    `plan` has the shape of `rules.plan.AnalysisPlan`, and beside it `cohort` (`rules.cohort`);
    `told_sooner` true where a result is told before a day registered earlier or named in the
    clusters' plans, `after_too_early` true where that followed an answer that it is too early.
    `changed` names what differs from the one before, `because` says why; `after_result` says that
    by then a result had been told, of it or of another analysis of the same measure and group in
    the programme.
    """

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="registrations")
    number = models.PositiveSmallIntegerField(_("version"))
    plan = models.JSONField(encoder=DjangoJSONEncoder)
    changed = codes(_("what was changed"))
    because = models.TextField(_("why it was changed"), blank=True, default="")
    after_result = models.BooleanField(_("after a result was known"), default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("registered"))

    class Meta:
        ordering = ("analysis", "number")
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = (
            models.UniqueConstraint(fields=("analysis", "number"), name="registration_number_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(because=""), name="registration_change_says_why"
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="registration_never_changed", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"{self.analysis_id} – {self.number}"

"""What is measured and how: the catalogue, the groups it is broken down by, and the codes."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.measures.models.triggers import MEASURE_TRIGGERS
from clusterwork.registry.models import Organisation
from clusterwork.registry.models.organisations import in_language
from clusterwork.tables.history import keep_history

NAME_LENGTH = 200
CODE_LENGTH = 20
ALL = "all"


class Unit(models.TextChoices):
    """What the value is in."""

    PERCENT = "percent", _("per cent")
    PUPILS = "pupils", _("pupils")
    STAFF = "staff", _("staff")
    SCHOOLS = "schools", _("schools")
    DAYS = "days", _("days")
    HOURS = "hours", _("hours")
    SESSIONS = "sessions", _("sessions")
    POINTS = "points", _("points")
    SCORE = "score", _("score")
    PLACES = "places", _("places")
    POSTS = "posts", _("posts")
    TIMES = "times", _("times")
    POUNDS = "pounds", _("pounds")
    YES_NO = "yes_no", _("yes (1) or no (0)")


class Counted(models.TextChoices):
    """The unit of count: of what the denominator is a number."""

    PUPILS = "pupils", _("pupils")
    STAFF = "staff", _("staff")
    SCHOOLS = "schools", _("schools")
    POSTS = "posts", _("posts")
    SESSIONS = "sessions", _("sessions")
    ANSWERS = "answers", _("answers")
    THINGS = "things", _("cases")


class Direction(models.TextChoices):
    """Which way is better."""

    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")
    NEITHER = "neither", _("Neither is better")


class Way(models.TextChoices):
    """How figures of schools become one of a cluster."""

    SUM = "sum", _("Added up")
    WEIGHTED = "weighted", _("Averaged by the numbers counted")
    NONE = "none", _("Not put together")


class Covers(models.TextChoices):
    """What time one figure holds for."""

    DAY = "day", _("The day of its date")
    SCHOOL_YEAR = "school_year", _("The school year that ends on its date, 31 July")


class CodeKind(models.TextChoices):
    """What a code in place of a value stands for: never zero, never simply missing."""

    SUPPRESSED = "suppressed", _("Suppressed, because few pupils are counted")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")
    NOT_AVAILABLE = "not_available", _("Not available")
    NO_ENTRIES = "no_entries", _("Nobody was counted")
    LOW_COVERAGE = "low_coverage", _("Too few were counted to say")
    LOW = "low", _("Above zero, and too low to show")
    UNRELIABLE = "unreliable", _("Of low reliability")


def text(label: Any, *, length: int = NAME_LENGTH) -> models.CharField[str, str]:
    """A short text that may be empty."""
    return models.CharField(label, max_length=length, blank=True, default="")


def list_of_codes(label: Any) -> ArrayField[list[str], list[str]]:
    """A list of codes, in the order in which they are shown."""
    return ArrayField(models.CharField(max_length=CODE_LENGTH), verbose_name=label, default=list)


class Worded(models.Model):
    """A code with words in two languages; without an organisation it ships with the system."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    code = models.CharField(_("code"), max_length=CODE_LENGTH)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_cy = text(_("name in Welsh"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return in_language(self.name, self.name_cy)


class Breakdown(Worded):
    """A group that figures are given for: all, boys, pupils eligible for free school meals …"""

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "code"), nulls_distinct=False, name="breakdown_code_once"
            ),
        )


class FigureCode(Worded):
    """A code that stands in place of a value, as the sources write it: SUPP, NE, z, x, c …"""

    kind = models.CharField(_("stands for"), max_length=16, choices=CodeKind.choices)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "code"), nulls_distinct=False, name="figure_code_once"
            ),
        )


@keep_history("MeasureEvent")
class Measure(models.Model):
    """What is measured and how.

    `least` and `most` bound the value (None: unbounded); `decimals` is how it is shown.
    `breakdowns` are codes of `Breakdown`, `codes` of `FigureCode`. `is_public` says that a national
    body publishes its figures school by school. It is measured over [started_on, ended_on); one
    that ended keeps its figures and takes none of a later date.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    code = models.SlugField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_cy = text(_("name in Welsh"))
    definition = models.TextField(_("what exactly is measured"), blank=True, default="")
    definition_cy = models.TextField(_("the same in Welsh"), blank=True, default="")
    unit = models.CharField(_("unit"), max_length=10, choices=Unit.choices)
    counts = models.CharField(_("unit of count"), max_length=10, choices=Counted.choices)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction.choices)
    way = models.CharField(_("from schools to clusters"), max_length=9, choices=Way.choices)
    covers = models.CharField(_("one figure holds for"), max_length=12, choices=Covers.choices)
    source = text(_("source"))
    source_cy = text(_("source in Welsh"))
    least = models.DecimalField(
        _("least value"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    most = models.DecimalField(
        _("greatest value"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    decimals = models.PositiveSmallIntegerField(_("decimal places"), default=0)
    breakdowns = list_of_codes(_("groups"))
    codes = list_of_codes(_("codes"))
    is_public = models.BooleanField(_("published nationally"), default=False)
    started_on = models.DateField(_("measured since"), null=True, blank=True)
    ended_on = models.DateField(_("measured until"), null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "code"), nulls_distinct=False, name="measure_code_once"
            ),
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(least__lte=F("most")),
                name="measure_limits_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(unit=Unit.PERCENT) | Q(least__gte=0, most__lte=100),
                name="measure_percent_within_0_and_100",
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gt=F("started_on")),
                name="measure_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(breakdowns__contains=[ALL]), name="measure_has_the_group_all"
            ),
            models.CheckConstraint(condition=Q(decimals__lte=4), name="measure_decimals_up_to_4"),
        )
        triggers = MEASURE_TRIGGERS

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name in the language of the page."""
        return in_language(self.name, self.name_cy)

    @property
    def shown_definition(self) -> str:
        """The definition in the language of the page."""
        return in_language(self.definition, self.definition_cy)

    @property
    def shown_source(self) -> str:
        """The source in the language of the page."""
        return in_language(self.source, self.source_cy)

    @property
    def is_shipped(self) -> bool:
        """Whether it came with the system and belongs to no organisation."""
        return self.organisation_id is None

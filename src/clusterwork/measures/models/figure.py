"""A dated value of one measure for one school, cluster or authority, and what is said of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster
from clusterwork.measures.models.measure import ALL, CODE_LENGTH, Measure, text
from clusterwork.measures.models.triggers import FIGURE_TRIGGERS
from clusterwork.registry.models import Authority, ImportRun, School

SUBJECTS = ("school", "cluster", "authority")


class Origin(models.TextChoices):
    """How the figure came in."""

    UPLOAD = "upload", _("From a file")
    FORM = "form", _("Entered by hand")
    COMPUTED = "computed", _("Worked out here")


def _exactly_one(names: tuple[str, ...]) -> Q:
    """Exactly one of the fields is filled."""
    found = Q()
    for filled in names:
        found |= Q(**{f"{name}__isnull": name != filled for name in names})
    return found


def _current_once(subject: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=(subject, "measure", "group", "on"),
        condition=Q(replaced_at__isnull=True, **{f"{subject}__isnull": False}),
        name=f"figure_current_once_a_{subject}",
    )


class Figure(models.Model):
    """One value, or the code that stands in its place; never changed, only replaced by another.

    `on` is the day that it holds for; of a measure by school year the 31 July on which the year
    ends. `denominator` is the number counted (`measure.counts`), `numerator` those of them to
    whom the measure applies. `published_as` is the number of the earlier school under which a
    source gave it. `is_public` says that it is published nationally. The current row of a subject,
    measure, group and day is the one without `replaced_at`; the row that `replaces` another says
    `because`. Who brought a figure from a file is said by its `upload`, and `entered_by` is empty.
    Triggers hold `measure`, `school` and `upload` to what there is (`triggers.py`).
    """

    id = models.BigAutoField(primary_key=True)
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    school = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    group = models.CharField(_("group"), max_length=CODE_LENGTH, default=ALL)
    on = models.DateField(_("date"))
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4, null=True, blank=True)
    code = text(_("code"), length=CODE_LENGTH)
    denominator = models.PositiveIntegerField(_("number counted"), null=True, blank=True)
    numerator = models.PositiveIntegerField(_("of them"), null=True, blank=True)
    source = text(_("source"))
    published_as = text(_("published under the number"), length=16)
    origin = models.CharField(_("how it came in"), max_length=8, choices=Origin.choices)
    is_public = models.BooleanField(_("published nationally"), default=False)
    entered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField(_("entered"))
    upload = models.ForeignKey(
        ImportRun,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        db_index=False,
    )
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)
    because = models.TextField(_("why it was corrected"), blank=True, default="")

    class Meta:
        ordering = ("-on", "group", "pk")
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = (
            models.CheckConstraint(condition=_exactly_one(SUBJECTS), name="figure_of_one_subject"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, code="") | (Q(value__isnull=True) & ~Q(code="")),
                name="figure_value_or_code",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True)
                | Q(denominator__isnull=True)
                | Q(numerator__lte=F("denominator")),
                name="figure_numerator_within_denominator",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=F("entered_at")),
                name="figure_replaced_after_it_was_entered",
            ),
            *map(_current_once, SUBJECTS),
            models.UniqueConstraint(
                fields=("replaces",),
                condition=Q(replaces__isnull=False),
                name="figure_replaced_once",
            ),
        )
        indexes = (
            models.Index(fields=("measure", "on"), name="figure_by_measure"),
            models.Index(
                fields=("entered_by",),
                condition=Q(entered_by__isnull=False),
                name="figure_by_person",
            ),
        )
        triggers = FIGURE_TRIGGERS

    def __str__(self) -> str:
        return f"{self.measure_id} {self.on}: {self.shown_value}"

    @property
    def shown_value(self) -> str:
        """The value as it is held, or its code."""
        return self.code if self.value is None else f"{self.value.normalize():f}"

    @property
    def shown_source(self) -> str:
        """Its own source, else that of its measure, in the language of the page."""
        return self.source or self.measure.shown_source

    @property
    def who(self) -> str:
        """Who entered it or brought the file, or an empty text for the system."""
        if self.entered_by:
            return str(self.entered_by)
        return self.upload.who if self.upload else ""

    @property
    def is_current(self) -> bool:
        """Whether nothing has replaced it."""
        return self.replaced_at is None

    @property
    def subject(self) -> School | Cluster | Authority:
        """What it is a figure of."""
        found = self.school or self.cluster or self.authority
        assert found is not None  # noqa: S101 - the database holds it
        return found


class FigureComment(models.Model):
    """What a school says about one of its figures; it stays with the row that it was said of."""

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="comments")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("said"))
    words = models.TextField(_("comment"))

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("comment on a figure")
        verbose_name_plural = _("comments on figures")
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="figure_comment_says_something"),
        )

    def __str__(self) -> str:
        return self.words

"""Statistics of pupils that an authority sent, and what is worked out from them: restricted.

They are not anonymous: a school of two pupils stands in them. Besides the permissions of the room,
policies of the database show rows of these tables, and of their histories, only to somebody named
on the study that day (see `permissions.restricted`).
"""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.evaluation.models.study import NAME_LENGTH, Study
from clusterwork.evaluation.models.triggers import refusal
from clusterwork.evaluation.states import run as states
from clusterwork.tables.history import keep_history

COLUMN_LENGTH = 200

STAYS = f"""
    IF OLD.erased_at IS NOT NULL
    THEN {refusal("cell_set_erased_stays", "what was erased stays erased")}
    END IF;
    IF NEW.content IS NOT NULL AND NEW.content IS DISTINCT FROM OLD.content
        OR NEW.study_id <> OLD.study_id OR NEW.data_hash <> OLD.data_hash
    THEN {refusal("cell_set_content_stays", "statistics are erased and never changed")}
    END IF;
    RETURN NEW;
"""
FIT_STAYS = f"""
    IF OLD.erased_at IS NOT NULL
    THEN {refusal("cell_fit_erased_stays", "what was erased stays erased")}
    END IF;
    RETURN NEW;
"""


def columns(label: Any) -> ArrayField[list[str], list[str]]:
    """Names of columns of the pupils' file, in their order."""
    return ArrayField(
        models.CharField(max_length=COLUMN_LENGTH), verbose_name=label, default=list, blank=True
    )


@keep_history("CellSetEvent", without=("content",))
class CellSet(models.Model):
    """What `clusterwork impact cells` made of one file of pupils.

    `year` is the end of the school year, `cohort` says which pupils. `levels` are groups from the
    outermost to the lowest, of which there are `n_schools`, the smallest with `fewest` pupils.
    `content` is the file as it was understood, compressed with gzip; None once erased. `keep_until`
    is the last day on which it is kept. What was erased stays as a record without its content.
    """

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="cell_sets")
    label = models.CharField(_("label"), max_length=NAME_LENGTH)
    year = models.PositiveSmallIntegerField(_("school year"))
    cohort = models.CharField(_("which pupils"), max_length=NAME_LENGTH)
    outcome = models.CharField(_("outcome"), max_length=COLUMN_LENGTH)
    covariates = columns(_("starting points"))
    levels = columns(_("levels"))
    slope = models.CharField(_("slope"), max_length=COLUMN_LENGTH, blank=True, default="")
    n_pupils = models.PositiveIntegerField(_("pupils"))
    n_missing = models.PositiveIntegerField(_("left out"), default=0)
    n_schools = models.PositiveIntegerField(_("schools"))
    fewest = models.PositiveIntegerField(_("pupils of the smallest school"))
    content = models.BinaryField(null=True)
    data_hash = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"))
    keep_until = models.DateField(_("kept until"))
    kept_because = models.TextField(_("why it is kept longer"), blank=True, default="")
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    erased_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-year", "label", "pk")
        verbose_name = _("statistics of pupils")
        verbose_name_plural = _("statistics of pupils")
        constraints = (
            models.CheckConstraint(condition=~Q(label=""), name="cell_set_has_a_label"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, content__isnull=False)
                | Q(erased_at__isnull=False, content__isnull=True),
                name="cell_set_erased_has_no_content",
            ),
            models.CheckConstraint(
                condition=Q(erased_by__isnull=True) | Q(erased_at__isnull=False),
                name="cell_set_erased_by_with_time",
            ),
            models.CheckConstraint(
                condition=Q(fewest__gte=2, n_pupils__gte=F("fewest"), n_schools__gte=1),
                name="cell_set_no_school_of_one_pupil",
            ),
            models.UniqueConstraint(
                fields=("study", "data_hash"),
                condition=Q(erased_at__isnull=True),
                name="cell_set_once_a_study",
            ),
        )
        triggers = (
            pgtrigger.Protect(name="cell_set_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="cell_set_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=STAYS,
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def is_erased(self) -> bool:
        """Whether the statistics are gone."""
        return self.erased_at is not None


@keep_history("CellFitEvent", without=("found",))
class CellFit(models.Model):
    """Value added worked out from one or several sets of a study, added up.

    `covariates`, `levels` and `slope` are those chosen among the sets' own. `found` is what
    `impact_adapter.value_added` made, with nothing hidden yet; it goes with the first of its sets.
    """

    class State(models.TextChoices):
        WAITING = states.WAITING, _("Waiting to start")
        WORKING = states.WORKING, _("Working")
        DONE = states.DONE, _("Done")
        FAILED = states.FAILED, _("Not worked out")
        STOPPED = states.STOPPED, _("Stopped")

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="cell_fits")
    sets = models.ManyToManyField(CellSet, related_name="fits")
    covariates = columns(_("starting points"))
    levels = columns(_("levels"))
    slope = models.CharField(_("slope"), max_length=COLUMN_LENGTH, blank=True, default="")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    found = models.JSONField(default=dict, blank=True)
    trouble = models.JSONField(default=dict, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name = _("value added")
        verbose_name_plural = _("value added")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=states.OPEN) | Q(ended_at__isnull=False),
                name="cell_fit_ended_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(found={}),
                name="cell_fit_erased_is_empty",
            ),
        )
        triggers = (
            pgtrigger.Protect(name="cell_fit_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="cell_fit_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=FIT_STAYS,
            ),
        )

    def __str__(self) -> str:
        return f"{self.study_id} – {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits or works."""
        return self.state in states.OPEN

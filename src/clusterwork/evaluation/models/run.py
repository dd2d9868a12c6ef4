"""What is worked out for an analysis, and the data that it was worked out from."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.evaluation.models.analysis import Analysis, Registration
from clusterwork.evaluation.models.triggers import refusal
from clusterwork.evaluation.states import run as states

ENDED_STAYS = f"""
    IF OLD.state IN ({", ".join(f"'{state}'" for state in states.ENDED)})
    THEN {refusal("run_ended_stays", "what has ended stays as it ended")}
    END IF;
    RETURN NEW;
"""


class Run(models.Model):
    """One working out, in the background: of what could be seen, or of the result.

    A look at what could be seen (power) uses no figure of a year after the first start; it keeps
    the `plan` that it was made with. A result is of a registration. `step`, `done` and `of` say
    how far it is; `found` holds the answer (see `rules.found`), `trouble` the sentences where
    there is none. Once it has ended nothing of it changes any more but whether it is the one that
    schools read.
    """

    class Kind(models.TextChoices):
        POWER = "power", _("What could be seen")
        RESULT = "result", _("The result")

    class State(models.TextChoices):
        WAITING = states.WAITING, _("Waiting to start")
        WORKING = states.WORKING, _("Working")
        DONE = states.DONE, _("Done")
        FAILED = states.FAILED, _("Not worked out")
        STOPPED = states.STOPPED, _("Stopped")

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="runs")
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, null=True, blank=True, related_name="runs"
    )
    kind = models.CharField(max_length=6, choices=Kind.choices)
    plan = models.JSONField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=20, blank=True, default="")
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    found = models.JSONField(default=dict, blank=True)
    trouble = models.JSONField(default=dict, blank=True)
    is_shown = models.BooleanField(_("shown to the programme’s schools"), default=False)

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="result", registration__isnull=False)
                | Q(kind="power", registration__isnull=True),
                name="run_result_of_a_registration",
            ),
            models.CheckConstraint(
                condition=Q(state__in=states.OPEN) | Q(ended_at__isnull=False),
                name="run_ended_has_its_time",
            ),
            models.UniqueConstraint(
                fields=("analysis", "kind"),
                condition=Q(state__in=states.OPEN),
                name="run_one_open_a_kind",
            ),
            models.UniqueConstraint(
                fields=("analysis",), condition=Q(is_shown=True), name="run_one_shown_an_analysis"
            ),
            models.CheckConstraint(
                condition=Q(is_shown=False) | Q(kind="result", state=states.DONE),
                name="run_shown_is_a_result",
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="run_ended_never_changed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["is_shown"]),
                func=ENDED_STAYS,
            ),
            pgtrigger.Protect(
                name="run_ended_never_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=states.ENDED),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.analysis_id}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits or works."""
        return self.state in states.OPEN


class FrozenTable(models.Model):
    """The rows that a result was worked out from, as they were that day; never changed.

    `columns` are `{"name", "unit"}` in order; `rows` is the table as CSV, compressed with gzip;
    `data_hash` is the SHA-256 of the CSV.
    """

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="table")
    columns = models.JSONField()
    n_rows = models.PositiveIntegerField()
    rows = models.BinaryField()
    data_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(n_rows__gt=0), name="frozen_table_has_rows"),
        )
        triggers = (
            pgtrigger.Protect(
                name="frozen_table_never_changed", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return self.data_hash

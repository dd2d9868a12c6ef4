"""Imports, what each would change and has changed, and the rows that it could not take."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterwork.registry.models.schools import School


class ImportSource(models.TextChoices):
    """The kinds of file that the register reads."""

    GIAS = "gias", _("Register of England (GIAS)")
    WALES = "wales", _("Register of Wales")
    CSV = "csv", _("Clusterwork template")
    LINKS = "links", _("Links between schools")
    GROUPS = "groups", _("Trusts and federations")
    CENSUS = "census", _("Census")
    INSPECTIONS = "inspections", _("Inspections and support categories")
    FLOWS = "flows", _("Pupils moving on")
    PARTNERSHIPS = "partnerships", _("Partnerships")
    CLUSTERS = "clusters", _("Clusters")
    FIGURES = "figures", _("Figures")


OF_ROOMS_ABOVE = (ImportSource.CLUSTERS, ImportSource.FIGURES)
OF_THE_REGISTER = tuple(source for source in ImportSource if source not in OF_ROOMS_ABOVE)
"""All but the files of clusters and of figures, which rooms above read and confirm."""


class ImportState(models.TextChoices):
    """Where an import stands; the moves between them are in `states`."""

    STAGED = "staged", _("Waiting for confirmation")
    CONFIRMED = "confirmed", _("Loaded")
    ABANDONED = "abandoned", _("Abandoned")
    FAILED = "failed", _("Not loaded")


class ImportRun(models.Model):
    """One reading of one file.

    `header` is the file's own list of columns, kept so that rejected rows can be handed back in
    it. `notices` are sentences (`{"template", "params"}`) about what was put up with.
    `who` is the label of the person, or empty for the command line.
    """

    source = models.CharField(_("source"), max_length=12, choices=ImportSource.choices)
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    as_at = models.DateField(_("as at"))
    complete = models.BooleanField(_("lists every open school of its authorities"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.STAGED
    )
    n_read = models.PositiveIntegerField(default=0)
    n_new = models.PositiveIntegerField(default=0)
    n_changed = models.PositiveIntegerField(default=0)
    n_unchanged = models.PositiveIntegerField(default=0)
    n_closed = models.PositiveIntegerField(default=0)
    n_reopened = models.PositiveIntegerField(default=0)
    n_unmatched = models.PositiveIntegerField(default=0)
    n_rejected = models.PositiveIntegerField(default=0)
    header = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    who = models.CharField(_("who"), max_length=200, blank=True, default="")
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["source", "sha256"], name="import_same_file")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.as_at})"


class Happening(models.TextChoices):
    """What an import did, or would do, to a school."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")


class StagedChange(models.Model):
    """What confirming an import would do to one school; `plan` is what is then applied.

    `differences` is a list of `[field, old, new]` for the page, as in `Change`; `name` and
    `number` name the school as the file does.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="staged")
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    happening = models.CharField(_("what happens"), max_length=10, choices=Happening.choices)
    line = models.PositiveIntegerField(_("line"), null=True, blank=True)
    number = models.CharField(_("number"), max_length=16, blank=True, default="")
    name = models.CharField(_("name"), max_length=200, blank=True, default="")
    differences = models.JSONField(default=list)
    plan = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        verbose_name = _("staged change")
        verbose_name_plural = _("staged changes")
        indexes = [models.Index(fields=["run", "happening"], name="staged_by_happening")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}: {self.happening}"


class RejectedRow(models.Model):
    """A row that could not be taken: where, what is wrong, and what to do.

    `reason` and `next_step` are sentences (`{"template", "params"}`); `fields` is the row itself.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rejected_rows")
    line = models.PositiveIntegerField(_("line"))
    column = models.CharField(_("column"), max_length=200, blank=True, default="")
    value = models.TextField(_("value"), blank=True, default="")
    reason = models.JSONField()
    next_step = models.JSONField()
    fields = models.JSONField(default=list)

    class Meta:
        ordering = ["line", "id"]
        verbose_name = _("rejected row")
        verbose_name_plural = _("rejected rows")

    def __str__(self) -> str:
        return f"{self.line}: {self.column}"


class Change(models.Model):
    """What an import or a person changed about one school; only ever added to.

    A new school has one row without a field. Facts by year or date name themselves in `field`:
    `census.2022.pupils`, `grade.ofsted.2019-01-30`, `group.trust`; `wording.field_label` says
    them in words.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="changes")
    happening = models.CharField(_("what happened"), max_length=10, choices=Happening.choices)
    field = models.CharField(_("field"), max_length=80, blank=True, default="")
    old = models.TextField(_("before"), blank=True, default="")
    new = models.TextField(_("after"), blank=True, default="")
    as_at = models.DateField(_("as at"))
    run = models.ForeignKey(
        ImportRun, on_delete=models.PROTECT, null=True, blank=True, related_name="changes"
    )
    made_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes = [models.Index(fields=["school", "-id"], name="change_by_school")]
        triggers = [
            pgtrigger.Protect(
                name="change_only_added", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.school_id}: {self.happening} {self.field}"

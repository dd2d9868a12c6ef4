"""Every saved version of a part of a plan, whole: what merging compares and histories show."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.plans.models.plan import Plan


class PartVersion(models.Model):
    """What one save made of a part, with all that it points to; never changed.

    The rows of pghistory keep each table by itself, whoever writes to it; this keeps a part as
    people write it, so that a field is followed through its schools, shares and links too.
    `section` is one of `rules.parts`, `content` what its `plain` makes; empty content says that
    the part was removed. `uid` is None for the fields of the plan itself.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="part_versions")
    section = models.CharField(max_length=20)
    uid = models.UUIDField(null=True)
    version = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=150, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("version of a part")
        verbose_name_plural = _("versions of parts")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "uid", "version"), name="part_version_once", nulls_distinct=False
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="part_version_never_changed", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"{self.section} {self.uid}: {self.version}"

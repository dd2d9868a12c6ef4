"""A question about a programme, and who is named to answer it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Programme
from clusterwork.tables.history import keep_history

NAME_LENGTH = 200


@keep_history("StudyEvent")
class Study(models.Model):
    """What somebody wants to know of a programme; its analyses answer it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=NAME_LENGTH)
    question = models.TextField(_("what you want to know"), blank=True, default="")
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(_("started"))

    class Meta:
        ordering = ("-started_at", "-pk")
        verbose_name = _("study")
        verbose_name_plural = _("studies")
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="study_has_a_title"),
            models.UniqueConstraint(
                fields=("programme", "title"), name="study_title_once_a_programme"
            ),
        )

    def __str__(self) -> str:
        return self.title


@keep_history("StudyPersonEvent")
class StudyPerson(models.Model):
    """Somebody named on a study over [start_on, end_on): they work on it like its officers, and
    they alone see what is restricted in it."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("start_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("study", "person"),
                condition=Q(end_on__isnull=True),
                name="study_person_named_once",
            ),
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="study_person_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.study_id} – {self.person_id}"

"""One exercise of forming clusters: its schools, and what people have decided beforehand."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models.programme import NAME_LENGTH, Programme
from clusterwork.registry.models import School


class Formation(models.Model):
    """An exercise that places the chosen schools in clusters of one kind."""

    class Kind(models.TextChoices):
        NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood clusters")
        PYRAMID = "pyramid", _("Pyramids")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="formations")
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    kind = models.CharField(
        _("kind of cluster"), max_length=20, choices=Kind.choices, default=Kind.NEIGHBOURHOOD
    )
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(_("started"), auto_now_add=True)

    class Meta:
        ordering = ("-started_at", "-pk")
        verbose_name = _("forming clusters")
        constraints = (
            models.UniqueConstraint(
                fields=("programme", "name"), name="formation_name_once_a_programme"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ChosenSchool(models.Model):
    """A school that takes part in the exercise.

    `contributes` says that it can help others; it is for the officer and the solver, and is
    never shown to schools. `declined_at` says since when the school does not want to be in any:
    proposals leave it out, and it may come back.
    """

    formation = models.ForeignKey(Formation, on_delete=models.CASCADE, related_name="chosen")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    contributes = models.BooleanField(_("can contribute"), default=False)
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("school__sort_key", "school_id")
        constraints = (
            models.UniqueConstraint(
                fields=("formation", "school"), name="school_chosen_once_a_formation"
            ),
        )

    def __str__(self) -> str:
        return f"{self.formation_id} – {self.school_id}"


class Lock(models.Model):
    """A decision about two schools that every proposal keeps.

    For `fixed`, `other` is the school at whose cluster's hub `school` stays.
    """

    class Kind(models.TextChoices):
        TOGETHER = "together", _("Must be together")
        APART = "apart", _("Must not be together")
        FIXED = "fixed", _("Stays with this hub")

    formation = models.ForeignKey(Formation, on_delete=models.CASCADE, related_name="locks")
    kind = models.CharField(_("decision"), max_length=10, choices=Kind.choices)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(_("reason"), max_length=300, blank=True, default="")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        ordering = ("made_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("formation", "kind", "school", "other"), name="lock_once_a_pair"
            ),
            models.CheckConstraint(condition=~Q(school=F("other")), name="lock_between_two"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.school} – {self.other}"

"""Asking first: with whom a school works now, and with whom it would wish, or not wish, to be."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models.formation import Formation, Lock
from clusterwork.registry.models import School


class Asking(models.Model):
    """The two questions put to the chosen schools of an exercise until `closes_on` (inclusive)."""

    formation = models.ForeignKey(Formation, on_delete=models.CASCADE, related_name="askings")
    number = models.PositiveSmallIntegerField()
    closes_on = models.DateField(_("answers until"))
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=("formation", "number"), name="asking_number_once_a_formation"
            ),
            models.UniqueConstraint(
                fields=("formation",),
                condition=Q(closed_at__isnull=True),
                name="asking_one_open_a_formation",
            ),
        )

    def __str__(self) -> str:
        return f"{self.formation_id}: {self.number}"


class AskedSchool(models.Model):
    """A school that was asked, and who answered for it when. Only officers read the answers."""

    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="asked")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("anything else"), blank=True, default="")

    class Meta:
        ordering = ("school__sort_key", "school_id")
        constraints = (
            models.UniqueConstraint(fields=("asking", "school"), name="asked_school_once"),
        )

    def __str__(self) -> str:
        return f"{self.asking_id} – {self.school_id}"


class FormationLink(models.Model):
    """Two schools that would rather be together: parting them costs `weight` (0 to 1)."""

    formation = models.ForeignKey(Formation, on_delete=models.CASCADE, related_name="links")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    weight = models.FloatField(default=1.0)
    because = models.CharField(max_length=300, blank=True, default="")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("made_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("formation", "school", "other"), name="formation_link_once_a_pair"
            ),
            models.CheckConstraint(
                condition=~Q(school=F("other")), name="formation_link_between_two"
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=1), name="formation_link_weight"
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_id} – {self.other_id}"


class Wish(models.Model):
    """One line of a school's answer. The officer accepts it as a link or a lock, or declines it."""

    class Kind(models.TextChoices):
        WORKS_WITH = "works_with", _("Works with now")
        WISHES = "wishes", _("Wishes to be with")
        WISHES_NOT = "wishes_not", _("Wishes not to be with")

    class Decision(models.TextChoices):
        LINKED = "linked", _("Accepted as a link")
        LOCKED = "locked", _("Accepted as a decision")
        DECLINED = "declined", _("Not taken up")

    asked = models.ForeignKey(AskedSchool, on_delete=models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    other = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=200, blank=True, default="")
    because = models.CharField(_("why"), max_length=500, blank=True, default="")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True, default="")
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    link = models.ForeignKey(
        FormationLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="wishes"
    )
    lock = models.ForeignKey(
        Lock, on_delete=models.SET_NULL, null=True, blank=True, related_name="wishes"
    )

    class Meta:
        ordering = ("kind", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(other__isnull=False) | ~Q(name=""), name="wish_names_somebody"
            ),
        )

    def __str__(self) -> str:
        return f"{self.asked_id}: {self.kind}"

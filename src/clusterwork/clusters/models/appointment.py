"""Who does what in a cluster, from when until when; and the chair's rota."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models.cluster import Cluster
from clusterwork.clusters.models.periods import ends_after_start, one_at_a_time
from clusterwork.clusters.models.triggers import APPOINTMENT_TRIGGERS
from clusterwork.registry.models import School
from clusterwork.tables.history import keep_history


@keep_history("AppointmentEvent")
class Appointment(models.Model):
    """Somebody in a role of a cluster over [start_on, end_on).

    `name` is kept beside `person` because not everybody has a sign-in. `school` is the one that a
    chair comes from (a member), the one that a link person, a chair of governors or a governor
    representative stands for, and for a link adviser the one school that has another adviser than
    the cluster's others; otherwise empty. `strand` names a strand coordinator's line of work.
    """

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        COORDINATOR = "coordinator", _("Cluster coordinator")
        STRAND_COORDINATOR = "strand_coordinator", _("Strand coordinator")
        LINK_ADVISER = "link_adviser", _("Link adviser")
        LINK_PERSON = "link_person", _("Link person of a school")
        CHAIR_OF_GOVERNORS = "chair_of_governors", _("Chair of governors")
        GOVERNOR_REPRESENTATIVE = "governor_representative", _("Governor representative")
        FINANCE_LEAD = "finance_lead", _("Finance lead")
        CLERK = "clerk", _("Clerk")

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True, default="")
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    strand = models.CharField(_("strand"), max_length=150, blank=True, default="")
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("why it ended"), max_length=500, blank=True, default="")

    class Meta:
        ordering = ("role", "start_on", "pk")
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = (
            ends_after_start("appointment_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(role__in=("chair", "link_person", "chair_of_governors"))
                | Q(school__isnull=False),
                name="appointment_names_its_school",
            ),
            one_at_a_time(
                "appointment_one_chair",
                "cluster",
                condition=Q(role="chair"),
                said=_(
                    "The cluster already has a chair for part of that time. "
                    "End the other's time in the chair first, or choose other dates."
                ),
            ),
            one_at_a_time(
                "appointment_one_link_adviser",
                "cluster",
                "school",
                condition=Q(role="link_adviser"),
                said=_("There is already a link adviser for part of that time."),
            ),
            one_at_a_time(
                "appointment_one_link_person",
                "cluster",
                "school",
                condition=Q(role="link_person"),
                said=_("The school already has a link person for part of that time."),
            ),
            one_at_a_time(
                "appointment_one_chair_of_governors",
                "cluster",
                "school",
                condition=Q(role="chair_of_governors"),
                said=_("The school already has a chair of governors for part of that time."),
            ),
        )
        indexes = (
            models.Index(fields=("cluster", "role", "start_on"), name="appointment_of_cluster"),
            models.Index(fields=("person", "start_on"), name="appointment_of_person"),
        )
        triggers = APPOINTMENT_TRIGGERS

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.name}"


@keep_history("RotaEvent")
class Rota(models.Model):
    """The order in which the schools of a cluster take the chair, over [start_on, end_on)."""

    class Unit(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        TERM = "term", _("Term")
        YEAR = "year", _("School year")

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="rotas")
    unit = models.CharField(_("each turn lasts a"), max_length=8, choices=Unit.choices)
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("-start_on", "pk")
        verbose_name = _("rota")
        verbose_name_plural = _("rotas")
        constraints = (
            ends_after_start("rota_ends_after_it_starts"),
            one_at_a_time(
                "rota_one_at_a_time",
                "cluster",
                said=_("The cluster already has a rota for part of that time."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.cluster_id}: {self.unit}"


@keep_history("RotaSeatEvent")
class RotaSeat(models.Model):
    """A school's seat in a rota over [start_on, end_on), in `place` of the order agreed.

    `credit` is how many turns the others had had when it sat down, so that a school that joins
    late owes none of them.
    """

    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="seats")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    credit = models.PositiveSmallIntegerField(default=0)
    start_on = models.DateField()
    end_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("place", "pk")
        constraints = (
            ends_after_start("rota_seat_ends_after_it_starts"),
            one_at_a_time(
                "rota_seat_once_at_a_time",
                "rota",
                "school",
                said=_("The school already has a seat in this rota."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rota_id} – {self.school_id}"


@keep_history("RotaTurnEvent")
class RotaTurn(models.Model):
    """One turn: the school that takes it and its [start_on, end_on); a meeting's turn is one day.

    `taken` is None while it lies ahead, then whether the school took it; `stood_in` is the school
    that took it instead and has the turn counted for it.
    """

    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="turns")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    start_on = models.DateField()
    end_on = models.DateField()
    taken = models.BooleanField(null=True, blank=True)
    stood_in = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ("start_on", "pk")
        constraints = (
            ends_after_start("rota_turn_ends_after_it_starts"),
            one_at_a_time(
                "rota_turn_one_at_a_time",
                "rota",
                said=_("Another school has its turn in part of that time."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rota_id}: {self.start_on}"

"""Who is in which cluster, in which part, from when until when; and partners."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models.cluster import NAME_LENGTH, Cluster
from clusterwork.clusters.models.periods import ends_after_start, one_at_a_time
from clusterwork.clusters.models.triggers import MEMBERSHIP_TRIGGERS
from clusterwork.registry.models import School
from clusterwork.registry.models.organisations import in_language
from clusterwork.tables.history import keep_history


class Partner(models.Model):
    """An organisation that is not a school and takes part in clusters."""

    class Kind(models.TextChoices):
        COLLEGE = "college", _("College")
        NURSERY = "nursery", _("Nursery")
        HEALTH = "health", _("Health service")
        UNIVERSITY = "university", _("University")
        EMPLOYER = "employer", _("Employer")
        OTHER = "other", _("Other")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_cy = models.CharField(_("name in Welsh"), max_length=NAME_LENGTH, blank=True, default="")

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = (
            models.UniqueConstraint(fields=("kind", "name"), name="partner_name_once_a_kind"),
        )

    def __str__(self) -> str:
        return in_language(self.name, self.name_cy)


class Part(models.TextChoices):
    """What a member is in its cluster."""

    CORE = "core", _("Core")
    LEAD = "lead", _("Lead")
    CONTRIBUTING = "contributing", _("Contributing")
    ASSOCIATE = "associate", _("Associate, without funding")
    PARTNER = "partner", _("Partner, no vote or money")


@keep_history("MembershipEvent")
class Membership(models.Model):
    """A school (or a partner) in a cluster over [start_on, end_on), in one part.

    Another part is another row that follows on. A contributing school's `contributes` and
    `contributes_because` are written down; only officers and the cluster's own schools see them.
    `ended_by` says how it came to an end; `reason` is in people's words.
    `memorandum_signed_on` is the day on which the school signed the cluster's memorandum.
    """

    class Ended(models.TextChoices):
        LEFT = "left", _("Left")
        DROPPED = "dropped", _("Dropped by decision")
        NEW_PART = "new_part", _("Took another part")
        SPLIT = "split", _("The cluster split")
        MERGER = "merger", _("The cluster merged")
        CLUSTER_CLOSED = "cluster_closed", _("The cluster closed")
        SCHOOL_CLOSED = "school_closed", _("The school closed")
        AMALGAMATED = "amalgamated", _("The school amalgamated")
        RENUMBERED = "renumbered", _("The school goes on under another number")

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="memberships")
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    part = models.CharField(_("part"), max_length=14, choices=Part.choices, default=Part.CORE)
    contributes = models.CharField(_("what it contributes"), max_length=500, blank=True, default="")
    contributes_because = models.CharField(_("why"), max_length=500, blank=True, default="")
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)
    ended_by = models.CharField(max_length=16, choices=Ended.choices, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=500, blank=True, default="")
    memorandum_signed_on = models.DateField(_("memorandum signed"), null=True, blank=True)

    class Meta:
        ordering = ("start_on", "pk")
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            ends_after_start("membership_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(school__isnull=False, partner__isnull=True)
                | Q(school__isnull=True, partner__isnull=False, part=Part.PARTNER),
                name="membership_of_a_school_or_a_partner",
            ),
            models.CheckConstraint(
                condition=~Q(part=Part.CONTRIBUTING) | ~Q(contributes=""),
                name="membership_contributing_says_what",
            ),
            one_at_a_time(
                "membership_once_at_a_time",
                "cluster",
                "school",
                condition=Q(school__isnull=False),
                said=_(
                    "The school is already in this cluster for part of that time. "
                    "End the earlier period first, or choose dates that do not overlap."
                ),
            ),
            one_at_a_time(
                "membership_partner_once_at_a_time",
                "cluster",
                "partner",
                condition=Q(partner__isnull=False),
                said=_("The partner is already in this cluster for part of that time."),
            ),
        )
        indexes = (
            models.Index(fields=("school", "start_on"), name="membership_of_school"),
            models.Index(fields=("cluster", "start_on"), name="membership_of_cluster"),
            models.Index(
                fields=("start_on", "end_on"),
                include=("school", "cluster", "part"),
                condition=Q(school__isnull=False),
                name="membership_by_days",
            ),
        )
        triggers = MEMBERSHIP_TRIGGERS

    def __str__(self) -> str:
        return f"{self.cluster_id} – {self.school_id or self.partner_id}: {self.part}"

"""How a cluster stands: the dimensions by which the reports describe partnerships, dated."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models.cluster import Cluster
from clusterwork.clusters.models.periods import ends_after_start, one_at_a_time
from clusterwork.tables.history import keep_history


class Origin(models.TextChoices):
    """LGA partnerships, 4.4.1."""

    VOLUNTARY = "voluntary", _("Voluntary")
    PRESCRIBED = "prescribed", _("Prescribed")


class Initiation(models.TextChoices):
    """SEN clusters, Table 1 and "Dimensions for describing inter-school collaboration"."""

    TOP_DOWN = "top_down", _("Top-down")
    BOTTOM_UP = "bottom_up", _("Bottom-up")


class Footing(models.TextChoices):
    """LGA partnerships, 4.4.2."""

    HORIZONTAL = "horizontal", _("Horizontal")
    VERTICAL = "vertical", _("Vertical")


class Phases(models.TextChoices):
    """LGA partnerships, 4.4.3; SEN clusters, Table 1."""

    CROSS = "cross", _("Cross-phase")
    SINGLE = "single", _("Single-phase")


class Sectors(models.TextChoices):
    """LGA partnerships, 4.4.4."""

    CROSS = "cross", _("Cross-sector")
    SINGLE = "single", _("Single-sector")


class Basis(models.TextChoices):
    """LGA partnerships, 4.4.5."""

    GEOGRAPHICAL = "geographical", _("Geographical")
    SUBJECT = "subject", _("Subject")
    SPECIAL_INTEREST = "special_interest", _("Special interest")


class Formality(models.IntegerChoices):
    """Small rural schools, Figure 4: categories 1 to 5."""

    NONE = 1, _("No collaborative activity")
    INFORMAL = 2, _("Informal local collaboration")
    MORE_FORMAL = 3, _("More formal collaboration")
    STRUCTURED = 4, _("Structured collaboration")
    HARD = 5, _("Hard partnership")


class Purpose(models.TextChoices):
    """SEN clusters (economic, pedagogic, administrative, political) and the reports' own."""

    ECONOMIC = "economic", _("Economic")
    PEDAGOGIC = "pedagogic", _("Pedagogic")
    ADMINISTRATIVE = "administrative", _("Administrative")
    POLITICAL = "political", _("Political")
    TRANSITION = "transition", _("Transition between schools")
    ADDITIONAL_NEEDS = "additional_needs", _("Additional or special needs")
    BEHAVIOUR = "behaviour", _("Behaviour and attendance")
    LEADERSHIP = "leadership", _("Leadership and recruitment")
    STAFF_DEVELOPMENT = "staff_development", _("Staff development")
    CURRICULUM = "curriculum", _("Curriculum")
    COMMUNITY = "community", _("Families and community")


class AuthorityPart(models.TextChoices):
    """What the authority is to the cluster: LGA partnerships, chapter 5."""

    INITIATOR = "initiator", _("Initiator")
    LEAD = "lead", _("Lead")
    FACILITATOR = "facilitator", _("Facilitator")
    FUNDER = "funder", _("Funder")
    MONITOR = "monitor", _("Monitor")
    BY_INVITATION = "by_invitation", _("There by invitation")


def choice(label: Any, choices: type[models.TextChoices]) -> models.CharField[str, str]:
    """One of the choices, or empty where nobody has said."""
    return models.CharField(label, max_length=20, choices=choices.choices, blank=True, default="")


@keep_history("StandingEvent")
class Standing(models.Model):
    """How a cluster stands over [start_on, end_on). `purposes` and `authority_parts` are lists of
    values of `Purpose` and `AuthorityPart`. The contact is whom to ring."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="standings")
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)
    origin = choice(_("voluntary or prescribed"), Origin)
    initiation = choice(_("top-down or bottom-up"), Initiation)
    footing = choice(_("horizontal or vertical"), Footing)
    phases = choice(_("cross- or single-phase"), Phases)
    sectors = choice(_("cross- or single-sector"), Sectors)
    basis = choice(_("geographical, subject or special interest"), Basis)
    formality = models.PositiveSmallIntegerField(
        _("formality"), choices=Formality.choices, null=True, blank=True
    )
    working_model = models.TextField(_("working model"), blank=True, default="")
    purposes = models.JSONField(_("purposes"), default=list, blank=True)
    purpose_in_words = models.TextField(_("purpose in its own words"), blank=True, default="")
    authority_parts = models.JSONField(_("what the authority is to it"), default=list, blank=True)
    contact_name = models.CharField(_("who to ring"), max_length=150, blank=True, default="")
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True, default="")
    contact_email = models.EmailField(_("e-mail"), max_length=254, blank=True, default="")

    class Meta:
        ordering = ("start_on", "pk")
        constraints = (
            ends_after_start("standing_ends_after_it_starts"),
            one_at_a_time(
                "standing_one_at_a_time",
                "cluster",
                said=_("The cluster already has a description for part of that time."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.cluster_id}: {self.start_on}"

"""How a cluster governs itself: its groups at three levels, and the rule by which it votes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models.cluster import NAME_LENGTH, Cluster
from clusterwork.clusters.models.periods import ends_after_start, one_at_a_time
from clusterwork.registry.models import School
from clusterwork.registry.models.organisations import in_language
from clusterwork.tables.history import keep_history


@keep_history("ClusterGroupEvent")
class ClusterGroup(models.Model):
    """A group inside a cluster over [start_on, end_on), such as a steering or strand group."""

    class Level(models.TextChoices):
        GOVERNING = "governing", _("Governing group")
        STRATEGIC = "strategic", _("Strategic")
        OPERATIONAL = "operational", _("Operational")

    class Kind(models.TextChoices):
        GOVERNING = "governing", _("Governing group")
        STEERING = "steering", _("Steering group")
        STRAND = "strand", _("Strand group")
        OTHER = "other", _("Other")

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="groups")
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_cy = models.CharField(_("name in Welsh"), max_length=NAME_LENGTH, blank=True, default="")
    purpose = models.CharField(_("what it is for"), max_length=500, blank=True, default="")
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("level", "name", "pk")
        verbose_name = _("group of a cluster")
        verbose_name_plural = _("groups of a cluster")
        constraints = (
            ends_after_start("cluster_group_ends_after_start"),
            models.UniqueConstraint(
                fields=("cluster", "name"),
                condition=Q(end_on__isnull=True),
                name="cluster_group_name_once",
            ),
        )

    def __str__(self) -> str:
        return in_language(self.name, self.name_cy)


@keep_history("ClusterGroupMemberEvent")
class ClusterGroupMember(models.Model):
    """Somebody in a group of a cluster over [start_on, end_on), for a school or by themselves."""

    group = models.ForeignKey(ClusterGroup, on_delete=models.PROTECT, related_name="members")
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=150)
    chairs = models.BooleanField(_("chairs the group"), default=False)
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("start_on", "pk")
        verbose_name = _("member of a group")
        verbose_name_plural = _("members of a group")
        constraints = (
            ends_after_start("cluster_group_member_ends_after_start"),
            one_at_a_time(
                "cluster_group_one_chair",
                "group",
                condition=Q(chairs=True),
                said=_("The group already has a chair for part of that time."),
            ),
        )

    def __str__(self) -> str:
        return self.name


@keep_history("VotingRuleEvent")
class VotingRule(models.Model):
    """How a cluster (or one of its groups) decides, over [start_on, end_on).

    A cluster without a rule of its own decides by one school, one vote; more than half of the
    schools present; more agreeing than objecting. `quorum_share` and `majority_share` are 0 to 1;
    a proposal is agreed where agreeing votes are more than `majority_share` of the votes that
    agree or object. `casting` gives the chair's school a second vote on a tie. With `consensus`
    one objection is enough against it.
    """

    class Way(models.TextChoices):
        SCHOOL = "school", _("One school, one vote")
        CONSENSUS = "consensus", _("Consensus: nobody objects")
        PUPILS = "pupils", _("Votes by pupils on roll")

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="voting_rules")
    group = models.ForeignKey(
        ClusterGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="voting_rules"
    )
    way = models.CharField(_("how"), max_length=10, choices=Way.choices, default=Way.SCHOOL)
    quorum_share = models.FloatField(_("quorum"), default=0.5)
    majority_share = models.FloatField(_("majority"), default=0.5)
    casting = models.BooleanField(_("the chair has a casting vote"), default=False)
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("start_on", "pk")
        verbose_name = _("voting rule")
        verbose_name_plural = _("voting rules")
        constraints = (
            ends_after_start("voting_rule_ends_after_it_starts"),
            one_at_a_time(
                "voting_rule_one_at_a_time",
                "cluster",
                "group",
                said=_("There is already a voting rule for part of that time."),
            ),
            models.CheckConstraint(
                condition=Q(quorum_share__gte=0, quorum_share__lte=1)
                & Q(majority_share__gte=0, majority_share__lt=1),
                name="voting_rule_shares_between_0_and_1",
            ),
        )

    def __str__(self) -> str:
        return str(self.get_way_display())

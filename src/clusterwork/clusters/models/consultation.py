"""A proposal put to its schools, what they answered, what the officer answered, and the end."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models.cluster import Cluster
from clusterwork.clusters.models.formation import Formation
from clusterwork.clusters.models.proposal import Proposal, ProposedCluster
from clusterwork.registry.models import Organisation, School


class Round(models.Model):
    """A proposal published to its schools until `closes_on` (inclusive)."""

    formation = models.ForeignKey(Formation, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="round")
    closes_on = models.DateField(_("answers until"))
    message = models.TextField(_("message to the schools"), blank=True, default="")
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=("formation", "number"), name="round_number_once_a_formation"
            ),
            models.UniqueConstraint(
                fields=("formation",),
                condition=Q(closed_at__isnull=True),
                name="round_one_open_a_formation",
            ),
        )

    def __str__(self) -> str:
        return f"{self.formation_id}: {self.number}"


class Answer(models.Model):
    """What a school answered in a round; the last one counts, the earlier ones stay."""

    class Kind(models.TextChoices):
        ACCEPT = "accept", _("Accept")
        ACCEPT_WITH_COMMENT = "accept_with_comment", _("Accept with a comment")
        ASK_TO_MOVE = "ask_to_move", _("Ask to move")
        DECLINE = "decline", _("Decline")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="answers")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    comment = models.TextField(_("comment"), blank=True, default="")
    wanted = models.ForeignKey(
        ProposedCluster, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_link = models.BooleanField(default=False)
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("school__sort_key", "school_id", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "school", "number"), name="answer_number_once_a_school"
            ),
            models.CheckConstraint(
                condition=~Q(kind="ask_to_move") | Q(wanted__isnull=False) | ~Q(comment=""),
                name="answer_to_move_says_where_or_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.round_id} – {self.school_id}: {self.kind}"


class Reply(models.Model):
    """What the officer answered: the cost to the asker and the outcome to others, in words."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("Granted")
        PARTLY = "partly", _("Granted in part")
        NOT_GRANTED = "not_granted", _("Not granted")
        NOTED = "noted", _("Noted")

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="reply")
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    text = models.TextField(_("answer"))
    cost_to_asker = models.TextField(_("what it means for the school"), blank=True, default="")
    outcome_to_others = models.TextField(_("what it means for others"), blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.outcome}"


class DioceseComment(models.Model):
    """What the diocese of a church school says about its place in a round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="diocese_comments")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("comment"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.round_id} – {self.school_id}"


class Confirmation(models.Model):
    """The end of an exercise: its clusters begin on `start_on`. One an exercise, for ever."""

    formation = models.OneToOneField(
        Formation, on_delete=models.PROTECT, related_name="confirmation"
    )
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="+")
    start_on = models.DateField(_("clusters begin"))
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("confirmed_at", "pk")

    def __str__(self) -> str:
        return f"{self.formation_id}: {self.start_on}"


class ConfirmedCluster(models.Model):
    """Which cluster a proposed one became."""

    confirmation = models.ForeignKey(
        Confirmation, on_delete=models.CASCADE, related_name="clusters"
    )
    proposed = models.OneToOneField(ProposedCluster, on_delete=models.PROTECT, related_name="+")
    cluster = models.OneToOneField(Cluster, on_delete=models.PROTECT, related_name="confirmed")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.proposed_id} → {self.cluster_id}"

"""What a cluster or one of its groups decided: who proposed, was there, agreed and objected."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models.cluster import NAME_LENGTH, Cluster
from clusterwork.clusters.models.governance import ClusterGroup
from clusterwork.clusters.models.headship import Headship
from clusterwork.clusters.states import decision as states
from clusterwork.registry.models import School
from clusterwork.tables.history import keep_history


@keep_history("DecisionEvent")
class Decision(models.Model):
    """A proposal put to a cluster (or a group of it), and what became of it.

    It is private to the cluster until `shared_at`. `rule` is the voting rule as it was when the
    vote was counted, in plain values; `counted` what was counted. An amended proposal is another
    row that `amends` this one; an agreed decision stays in force until the other is agreed too.
    `remind_on` is emptied when those who have not voted have been reminded.
    `about` says in one word what it decides (a plan, an agreement, a priority, money), for lists;
    rooms above point down to a decision, never the other way.
    """

    class State(models.TextChoices):
        OPEN = states.OPEN, _("Open for votes")
        AGREED = states.AGREED, _("Agreed")
        NOT_AGREED = states.NOT_AGREED, _("Not agreed")
        WITHDRAWN = states.WITHDRAWN, _("Withdrawn")
        AMENDED = states.AMENDED, _("Replaced by an amended proposal")

    class About(models.TextChoices):
        PRIORITIES = "priorities", _("Priorities")
        PLAN = "plan", _("Plan")
        AGREEMENT = "agreement", _("Agreement")
        MONEY = "money", _("Money")
        MEMBERS = "members", _("Members")
        OTHER = "other", _("Other")

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="decisions")
    group = models.ForeignKey(
        ClusterGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    about = models.CharField(_("about"), max_length=12, choices=About.choices, default=About.OTHER)
    title = models.CharField(_("title"), max_length=NAME_LENGTH)
    text = models.TextField(_("what is proposed"))
    amends = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    proposed_school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_name = models.CharField(_("proposed by"), max_length=150)
    proposed_on = models.DateField(_("proposed"))
    vote_by = models.DateField(_("votes until"), null=True, blank=True)
    remind_on = models.DateField(_("a reminder is due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.OPEN)
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    chair_school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rule = models.JSONField(default=dict, blank=True)
    counted = models.JSONField(default=dict, blank=True)
    shared_at = models.DateTimeField(_("shared"), null=True, blank=True)
    shared_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-proposed_on", "-pk")
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("proposed_on")),
                name="decision_not_before_it_is_proposed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(states.AGREED, states.NOT_AGREED))
                | Q(decided_on__isnull=False),
                name="decision_taken_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(remind_on__isnull=True) | Q(remind_on__lt=F("vote_by")),
                name="decision_reminds_before_it_closes",
            ),
            models.UniqueConstraint(
                fields=("amends",),
                condition=Q(state__in=(states.OPEN, states.AGREED)),
                name="decision_amended_once_at_a_time",
            ),
        )
        indexes = (models.Index(fields=("cluster", "state"), name="decision_by_state"),)

    def __str__(self) -> str:
        return self.title


@keep_history("PresenceEvent")
class Presence(models.Model):
    """A school (or a person for none) that was there when a decision was taken, and who for it."""

    class By(models.TextChoices):
        HEAD = "head", _("Headteacher")
        DELEGATE = "delegate", _("Somebody who may decide for the head")
        ATTENDER = "attender", _("Somebody who may not decide")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="presences")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(_("who was there"), max_length=10, choices=By.choices)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=150, blank=True, default="")

    class Meta:
        ordering = ("pk",)
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = (
            models.UniqueConstraint(fields=("decision", "school"), name="presence_once_a_school"),
        )

    def __str__(self) -> str:
        return f"{self.decision_id} – {self.school_id}: {self.by}"


@keep_history("VoteEvent")
class Vote(models.Model):
    """What one school said to a proposal, with its reason; it may change until it is decided."""

    class Answer(models.TextChoices):
        AGREE = "agree", _("Agrees")
        ABSTAIN = "abstain", _("Abstains")
        OBJECT = "object", _("Objects")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="votes")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices)
    reason = models.TextField(_("reason"), blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = (
            models.UniqueConstraint(fields=("decision", "school"), name="vote_once_a_school"),
        )

    def __str__(self) -> str:
        return f"{self.decision_id} – {self.school_id}: {self.answer}"


class Affirmation(models.Model):
    """What a new head answered to what the cluster had agreed before; the last one counts."""

    class Answer(models.TextChoices):
        AFFIRM = "affirm", _("I affirm it")
        COMMENTS = "comments", _("I have comments")
        REOPEN = "reopen", _("I ask to reopen it")

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="affirmations")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    headship = models.ForeignKey(Headship, on_delete=models.PROTECT, related_name="affirmations")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices)
    text = models.TextField(_("comments"), blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("affirmation")
        verbose_name_plural = _("affirmations")
        constraints = (
            models.CheckConstraint(
                condition=Q(answer="affirm") | ~Q(text=""), name="affirmation_says_what"
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_id}: {self.answer}"


class AskedHead(models.Model):
    """A new head whom a cluster has shown what it agreed before, by letter; once a headship."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="asked_heads")
    headship = models.ForeignKey(Headship, on_delete=models.CASCADE, related_name="asked")
    on = models.DateField(_("asked"))

    class Meta:
        ordering = ("on", "pk")
        verbose_name = _("new head asked")
        verbose_name_plural = _("new heads asked")
        constraints = (
            models.UniqueConstraint(fields=("cluster", "headship"), name="head_asked_once"),
        )

    def __str__(self) -> str:
        return f"{self.cluster_id} – {self.headship_id}"

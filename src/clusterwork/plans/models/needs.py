"""What each school says of itself before its cluster plans: priorities, strengths, context."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster, Decision
from clusterwork.measures.models import Measure
from clusterwork.plans.states import needs as states
from clusterwork.registry.models import School
from clusterwork.tables.history import keep_history


class NeedsStatement(models.Model):
    """A school's own account of a school year; `year` is the end of it (2026/27 is 2027).

    A draft is the school's alone. Once sent it is seen by the clusters of the school, never by an
    authority.
    """

    class State(models.TextChoices):
        DRAFT = states.DRAFT, _("Draft")
        SENT = states.SENT, _("Sent to the cluster")

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("school year"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    nothing_to_add = models.BooleanField(default=False)
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    sent_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-year", "pk")
        verbose_name = _("statement of needs")
        verbose_name_plural = _("statements of needs")
        constraints = (
            models.UniqueConstraint(fields=("school", "year"), name="needs_once_a_school_year"),
        )

    def __str__(self) -> str:
        return f"{self.school_id}: {self.year}"


@keep_history("NeedEvent")
class Need(models.Model):
    """One line of a school's statement.

    `told_by` says whose voice it is where pupils, staff or parents told it. `measure` is the
    figure that it goes with, if figures show it at all. `carried_from` is the line of an earlier
    year that was offered and kept.
    """

    class Kind(models.TextChoices):
        PRIORITY = "priority", _("Priority")
        STRENGTH = "strength", _("Strength")
        CONTEXT = "context", _("Context that figures don’t show")
        VOICE = "voice", _("What we were told")

    class ToldBy(models.TextChoices):
        PUPILS = "pupils", _("Pupils")
        STAFF = "staff", _("Staff")
        PARENTS = "parents", _("Parents")

    class Area(models.TextChoices):
        TEACHING = "teaching", _("Teaching and learning")
        LITERACY = "literacy", _("Literacy")
        NUMERACY = "numeracy", _("Numeracy")
        WELSH = "welsh", _("Welsh language")
        SCIENCE = "science", _("Science")
        ICT = "ict", _("Digital competence")
        CURRICULUM = "curriculum", _("Curriculum and assessment")
        ATTENDANCE = "attendance", _("Attendance and behaviour")
        NEEDS = "needs", _("Additional learning needs")
        WELLBEING = "wellbeing", _("Wellbeing")
        TRANSITION = "transition", _("Transition")
        LEADERSHIP = "leadership", _("Leadership and staff")
        FAMILIES = "families", _("Families and community")
        OTHER = "other", _("Other")

    statement = models.ForeignKey(NeedsStatement, on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    area = models.CharField(_("area"), max_length=12, choices=Area.choices, default=Area.OTHER)
    told_by = models.CharField(
        _("who told you"), max_length=8, choices=ToldBy.choices, blank=True, default=""
    )
    text = models.TextField(_("in your words"))
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    carried_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("kind", "place", "pk")
        verbose_name = _("need or strength")
        verbose_name_plural = _("needs and strengths")
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="voice") | ~Q(told_by=""), name="need_voice_says_whose"
            ),
        )

    def __str__(self) -> str:
        return self.text[:80]


class Choosing(models.Model):
    """A cluster choosing its priorities together for a plan that starts on a day."""

    class State(models.TextChoices):
        PROPOSING = states.PROPOSING, _("Priorities are being proposed")
        RANKING = states.RANKING, _("Schools are ranking")
        DECIDED = states.DECIDED, _("Decided")
        ABANDONED = states.ABANDONED, _("Abandoned")

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    for_start_on = models.DateField(_("for the plan from"))
    for_end_on = models.DateField(_("until"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PROPOSING
    )
    rank_by = models.DateField(_("ranking until"), null=True, blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-for_start_on", "-pk")
        verbose_name = _("choice of priorities")
        verbose_name_plural = _("choices of priorities")
        constraints = (
            models.CheckConstraint(
                condition=Q(for_end_on__gt=F("for_start_on")), name="choosing_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=("cluster",),
                condition=Q(state__in=(states.PROPOSING, states.RANKING)),
                name="choosing_one_open_a_cluster",
            ),
        )

    def __str__(self) -> str:
        return f"{self.cluster_id}: {self.for_start_on}"


class Candidate(models.Model):
    """A priority that a school proposes to its cluster; `serves` are the schools that it is for.

    `need` is the line of its statement that it was taken from, if any. `put_place` is its place
    among those that were last put to the vote; `chosen` says that the vote was agreed.
    """

    choosing = models.ForeignKey(Choosing, on_delete=models.CASCADE, related_name="candidates")
    title = models.CharField(_("priority"), max_length=200)
    text = models.TextField(_("why"), blank=True, default="")
    area = models.CharField(max_length=12, choices=Need.Area.choices, default=Need.Area.OTHER)
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=150, blank=True, default="")
    serves = models.ManyToManyField(School, related_name="+", blank=True)
    need = models.ForeignKey(
        Need, on_delete=models.SET_NULL, null=True, blank=True, related_name="candidates"
    )
    put_place = models.PositiveSmallIntegerField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    chosen = models.BooleanField(_("chosen"), default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("proposed priority")
        verbose_name_plural = _("proposed priorities")

    def __str__(self) -> str:
        return self.title


@keep_history("RankingEvent")
class Ranking(models.Model):
    """The place (1 is first) that one school gives a proposed priority, or a comment, or both."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="rankings")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("candidate", "school"), name="ranking_once_a_school"),
        )

    def __str__(self) -> str:
        return f"{self.candidate_id} – {self.school_id}: {self.place}"

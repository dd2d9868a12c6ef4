"""Submissions of a plan, the bodies that review them, and what they said; a funder's own form."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Programme, ProgrammeGroup
from clusterwork.plans.models.plan import Plan
from clusterwork.registry.models import Organisation, School
from clusterwork.registry.models.organisations import in_language


class Submission(models.Model):
    """A plan as it was sent in, whole; never changed. `content` has the shape of `plans.rules`."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    note = models.TextField(_("note to the reviewers"), blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-number",)
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="submission_number_once"),
        )
        triggers = (
            pgtrigger.Protect(
                name="submission_never_changed", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan} {self.number}"


class Consulted(models.Model):
    """How and when a member school was asked about a plan, where nothing else shows it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="consulted")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(_("how it was asked"), max_length=300)
    on = models.DateField(_("when"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "school"), name="consulted_once_a_school"),
        )

    def __str__(self) -> str:
        return f"{self.plan_id} – {self.school_id}"


class ReviewBody(models.Model):
    """A body that reviews plans: a group of a programme, its officers, or an organisation's.

    Without a `group` the officers of the programme's organisation review. The body of an
    `organisation` stands for clusters whose programmes have named no bodies. Bodies with the same
    `turn` review in parallel, one after another by turns.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    turn = models.PositiveSmallIntegerField(_("turn"), default=1)
    group = models.ForeignKey(
        ProgrammeGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=200)
    name_cy = models.CharField(_("name in Welsh"), max_length=200, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("turn", "pk")
        verbose_name = _("reviewing body")
        verbose_name_plural = _("reviewing bodies")
        constraints = (
            models.CheckConstraint(
                condition=Q(programme__isnull=False, organisation__isnull=True)
                | Q(programme__isnull=True, organisation__isnull=False, group__isnull=True),
                name="review_body_of_a_programme_or_an_organisation",
            ),
            models.UniqueConstraint(
                fields=("organisation",),
                condition=Q(ended_at__isnull=True),
                name="review_body_once_an_organisation",
            ),
            models.UniqueConstraint(
                fields=("programme", "group"),
                condition=Q(ended_at__isnull=True, programme__isnull=False),
                nulls_distinct=False,
                name="review_body_once_a_programme",
            ),
        )

    def __str__(self) -> str:
        return in_language(self.name, self.name_cy)


class ChecklistItem(models.Model):
    """A question that reviewers of a programme ask of each plan; it informs and never blocks."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("question"), max_length=300)
    text_cy = models.CharField(_("question in Welsh"), max_length=300, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return in_language(self.text, self.text_cy)


class Review(models.Model):
    """One body's reading of one submission, and its answer with the reasons."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for its turn")
        OPEN = "open", _("To be reviewed")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned")
        CLOSED = "closed", _("No longer needed")

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="reviews")
    body = models.ForeignKey(ReviewBody, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    reasons = models.TextField(_("reasons"), blank=True, default="")
    answer_by = models.DateField(_("to be answered by"), null=True, blank=True)
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=150, blank=True, default="")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("body__turn", "pk")
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = (
            models.UniqueConstraint(fields=("submission", "body"), name="review_once_a_body"),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reasons=""), name="review_returns_with_reasons"
            ),
            models.CheckConstraint(
                condition=Q(answer_by__isnull=True) | Q(state="returned"),
                name="review_answer_by_of_a_return",
            ),
        )

    def __str__(self) -> str:
        return f"{self.body}: {self.get_state_display()}"


class ReviewComment(models.Model):
    """What a body says of one section or part; the cluster answers it when the plan comes back."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="comments")
    section = models.CharField(max_length=20)
    uid = models.UUIDField(null=True, blank=True)
    text = models.TextField(_("comment"))
    must_answer = models.BooleanField(_("the cluster is to answer"), default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=150, blank=True, default="")
    at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("answer"), blank=True, default="")
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:80]


class Check(models.Model):
    """What a body found for one question of the checklist."""

    class Found(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("Not yet")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="checks")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="+")
    found = models.CharField(_("found"), max_length=8, choices=Found.choices)
    note = models.CharField(_("note"), max_length=300, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("review", "item"), name="check_once_a_question"),
        )

    def __str__(self) -> str:
        return f"{self.item_id}: {self.found}"


class FunderForm(models.Model):
    """A funder's or programme's own form of a plan: its questions, and what fills each.

    `questions` is a list of `{"key", "label", "label_cy", "source", "limit"}`: `source` is a fact
    of the plan (see `plans.rules.papers`) or empty for a question that must be asked.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=200)
    name_cy = models.CharField(_("name in Welsh"), max_length=200, blank=True, default="")
    questions = models.JSONField(default=list)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("funder’s form")
        verbose_name_plural = _("funders’ forms")

    def __str__(self) -> str:
        return in_language(self.name, self.name_cy)


class FunderAnswer(models.Model):
    """What a cluster answered to a question that its plan does not answer."""

    form = models.ForeignKey(FunderForm, on_delete=models.PROTECT, related_name="answers")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="funder_answers")
    key = models.CharField(max_length=60)
    text = models.TextField(_("answer"))
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("form", "plan", "key"), name="funder_answer_once"),
        )

    def __str__(self) -> str:
        return self.text[:80]

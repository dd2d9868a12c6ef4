"""A cluster's one plan for a period, and what every part of it has in common."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster, Decision
from clusterwork.clusters.models.periods import one_at_a_time
from clusterwork.plans.models.triggers import PART_TRIGGERS
from clusterwork.plans.states import plan as states
from clusterwork.tables.history import keep_history


@keep_history("PlanEvent")
class Plan(models.Model):
    """The plan of a cluster over [start_on, end_on), funded and unfunded work alike.

    A change to an approved plan is written as another row that `replaces` it; the earlier is
    superseded when the later is approved. `version` counts saves of the fields on this row.
    `language` is the one that it is written in. Once approved, and from `shared_at` on, the other
    clusters of its programmes may read it beside their own.
    """

    class State(models.TextChoices):
        DRAFT = states.DRAFT, _("Draft")
        SUBMITTED = states.SUBMITTED, _("Submitted")
        IN_REVIEW = states.IN_REVIEW, _("In review")
        RETURNED = states.RETURNED, _("Returned")
        APPROVED = states.APPROVED, _("Approved")
        SUPERSEDED = states.SUPERSEDED, _("Superseded")
        WITHDRAWN = states.WITHDRAWN, _("Withdrawn")

    class Language(models.TextChoices):
        ENGLISH = "en-gb", _("English")
        WELSH = "cy", _("Welsh")

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in short"), blank=True, default="")
    after_funding = models.TextField(
        _("what goes on when the funding ends"), blank=True, default=""
    )
    language = models.CharField(
        _("written in"), max_length=5, choices=Language.choices, default=Language.ENGLISH
    )
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    approved_on = models.DateField(_("approved"), null=True, blank=True)
    shared_at = models.DateTimeField(_("shared"), null=True, blank=True)

    class Meta:
        ordering = ("-start_on", "-pk")
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = (
            models.CheckConstraint(
                condition=Q(end_on__gt=F("start_on")), name="plan_ends_after_it_starts"
            ),
            one_at_a_time(
                "plan_one_approved_at_a_time",
                "cluster",
                condition=Q(state=states.APPROVED),
                said=_("The cluster already has an approved plan for part of that time."),
            ),
            one_at_a_time(
                "plan_one_under_way_at_a_time",
                "cluster",
                condition=Q(state__in=states.UNDER_WAY),
                said=_("The cluster is already writing a plan for part of that time."),
            ),
            models.CheckConstraint(
                condition=~Q(state=states.APPROVED) | Q(approved_on__isnull=False),
                name="plan_approved_on_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """What every part of a plan has: its plan, a name that outlives copies, a place, a version.

    `uid` stays the same when a plan is copied to be changed, so that submissions can be compared.
    `version` grows with every save; a save that names an older one is stale.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE)
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    place = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
        ordering: ClassVar[tuple[str, ...]] = ("place", "pk")
        triggers = PART_TRIGGERS

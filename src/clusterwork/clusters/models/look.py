"""What was worked out about a made proposal beyond it, so that no page works it out again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models.proposal import Proposal
from clusterwork.clusters.states.look import DONE, FAILED, OPEN, WAITING, WORKING
from clusterwork.registry.models import School


class Look(models.Model):
    """One closer look at a proposal: a school's exact alternatives, what each decision costs, or
    which places are firm.

    `found` holds the answer (see `closer`), `trouble` the sentences where there is none. It goes
    when the proposal's places change. Firmness is for officers and is never shown to schools.
    """

    class Kind(models.TextChoices):
        ALTERNATIVES = "alternatives", _("Other places for a school")
        LOCKS = "locks", _("What each decision costs")
        FIRMNESS = "firmness", _("Firm and borderline schools")

    class State(models.TextChoices):
        WAITING = WAITING, _("Waiting to start")
        WORKING = WORKING, _("Working")
        DONE = DONE, _("Done")
        FAILED = FAILED, _("Not made")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="looks")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    found = models.JSONField(default=dict, blank=True)
    trouble = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("proposal", "kind", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "kind", "school"),
                name="look_once_a_proposal",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(kind="alternatives", school__isnull=False)
                | (~Q(kind="alternatives") & Q(school__isnull=True)),
                name="look_names_a_school_for_alternatives",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN) | Q(ended_at__isnull=False),
                name="look_ended_has_its_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.proposal}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits or works."""
        return self.state in OPEN

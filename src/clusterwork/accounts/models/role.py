"""What somebody is in an organisation or a school, and for how long."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models.person import Person
from clusterwork.registry.models import Organisation, School
from clusterwork.tables.history import keep_history


@keep_history("RoleEvent")
class Role(models.Model):
    """A person's role over [start_on, end_on), in one organisation or in one school."""

    class Kind(models.TextChoices):
        PROGRAMME_OFFICER = "programme_officer", _("Programme officer")
        FINANCE_LEAD = "finance_lead", _("Finance lead")
        LINK_ADVISER = "link_adviser", _("Link adviser")
        EVALUATOR = "evaluator", _("Evaluator")
        INSPECTOR = "inspector", _("Inspector or auditor")
        PARTNER = "partner", _("Partner")
        HEADTEACHER = "headteacher", _("Headteacher")
        SCHOOL_STAFF = "school_staff", _("School staff")
        PROVISION_WORKER = "provision_worker", _("Provision worker")
        CHAIR_OF_GOVERNORS = "chair_of_governors", _("Chair of governors")
        GOVERNOR_REPRESENTATIVE = "governor_representative", _("Governor representative")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    start_on = models.DateField()
    end_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("start_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, school__isnull=True)
                | Q(organisation__isnull=True, school__isnull=False),
                name="role_is_in_an_organisation_or_a_school",
            ),
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="role_does_not_end_before_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.organisation or self.school}"

    def holds_on(self, day: dt.date) -> bool:
        """Whether the role holds on `day`."""
        return self.start_on <= day and (self.end_on is None or day < self.end_on)

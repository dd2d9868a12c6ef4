"""Whom a head has named to prepare, or to send, for her school. Signatures stay hers."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from clusterwork.accounts.models.person import Person
from clusterwork.registry.models import School
from clusterwork.tables.history import keep_history


@keep_history("DelegationEvent")
class Delegation(models.Model):
    """`person` prepares or sends for `school` over [start_on, end_on), as `named_by` decided."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations")
    may_prepare = models.BooleanField(default=True)
    may_send = models.BooleanField(default=False)
    start_on = models.DateField()
    end_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("start_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="delegation_does_not_end_before_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(may_prepare=True) | Q(may_send=True),
                name="delegation_allows_something",
            ),
            models.CheckConstraint(
                condition=~Q(person=F("named_by")), name="delegation_is_to_somebody_else"
            ),
        )

    def __str__(self) -> str:
        return f"{self.school}: {self.person}"

    def holds_on(self, day: dt.date) -> bool:
        """Whether it holds on `day`; one that ends on the day it starts never holds."""
        return self.start_on <= day and (self.end_on is None or day < self.end_on)

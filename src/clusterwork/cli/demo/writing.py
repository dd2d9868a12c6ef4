"""A hand that writes parts into the demonstration's plans, each by the service of the pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from clusterwork.accounts.models import Person
from clusterwork.cli.demo.days import moment
from clusterwork.plans.models import Plan
from clusterwork.plans.services.writing import save_part


@dataclass(frozen=True)
class Hand:
    """Who writes in which plan on which day."""

    plan: Plan
    person: Person
    day: dt.date

    def add(self, section: str, **values: Any) -> UUID:
        """A new part; what the other parts call it by."""
        part = self._save(section, None, None, values)
        uid: UUID = part.uid
        return uid

    def change(self, section: str, uid: UUID | None, seen: int, **values: Any) -> None:
        """The part says something else in these fields."""
        self._save(section, uid, seen, values)

    def _save(self, section: str, uid: UUID | None, seen: int | None, values: Any) -> Any:
        return save_part(
            person=self.person,
            day=self.day,
            now=moment(self.day),
            plan_pk=self.plan.pk,
            section=section,
            uid=uid,
            values=values,
            seen=seen,
        ).part

"""A plan that is ready to be sent, and the people who review it, made for a test."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import GroupMember, Participation, Programme, ProgrammeGroup
from clusterwork.clusters.tests.made import TODAY
from clusterwork.clusters.tests.made_clusters import BEGUN
from clusterwork.plans.models import Plan, Review, ReviewBody
from clusterwork.plans.selectors.consulted import not_asked
from clusterwork.plans.services.consulting import tell_consulted
from clusterwork.plans.services.reviewing import answer_review
from clusterwork.plans.services.submitting import submit_plan
from clusterwork.plans.tests.made_plans import NOW, Planning


def link_for(pk: int, language: str) -> str:
    """An address."""
    return f"https://clusters.example/{language}/{pk}"


class Reviewing(Planning):
    """A cluster with a full plan whose schools have all been asked, and a programme it is in."""

    def __init__(self) -> None:
        super().__init__(n_schools=6, n_members=4)
        self.plan: Plan = self.full()
        self.officer = self.county.officer
        self.send_facts: dict[str, Any] = {
            "person": self.head, "now": NOW, "pk": self.plan.pk, "link_for": link_for,
        }  # fmt: skip
        self.programme = Programme.objects.create(
            organisation=self.county.organisation, name="Small schools", starts_on=BEGUN
        )

    def ask_all(self) -> None:
        """Puts on record that every school was asked."""
        for school in not_asked(self.plan, TODAY):
            tell_consulted(person=self.head, now=NOW, pk=self.plan.pk, school_pk=school.pk,
                           how="At the June meeting", on=TODAY - dt.timedelta(days=9))  # fmt: skip

    def join(self) -> None:
        """The cluster takes part in the programme."""
        Participation.objects.create(cluster=self.cluster, programme=self.programme, start_on=BEGUN)

    def body(self, name: str, turn: int = 1, *members: Person) -> ReviewBody:
        """A group of the programme that reviews in this turn."""
        group = ProgrammeGroup.objects.create(programme=self.programme, kind="strategy", name=name)
        for person in members:
            GroupMember.objects.create(group=group, person=person, name=str(person), start_on=BEGUN)
        return ReviewBody.objects.create(
            programme=self.programme, group=group, name=name, turn=turn
        )

    def send(self) -> list[Review]:
        """Sends the plan; the reviews by turn."""
        made = submit_plan(**self.send_facts)
        return list(made.reviews.order_by("body__turn", "pk"))

    def answer(self, review: Review, person: Person, reasons: str = "", **told: Any) -> Plan:
        """The body approves, or returns where there are reasons; the plan after it."""
        facts: dict[str, Any] = {"approves": not reasons, "reasons": reasons, **told}
        answer_review(person=person, now=NOW, pk=review.pk, link_for=link_for,
                      link_to_plan=link_for, **facts)  # fmt: skip
        self.plan.refresh_from_db()
        return self.plan

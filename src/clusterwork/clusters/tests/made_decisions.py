"""A cluster whose six heads sign in and vote, with a chair and a coordinator, made for a test."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clusterwork.accounts.models import Delegation, Person
from clusterwork.clusters.models import Appointment, Decision, Vote, VotingRule
from clusterwork.clusters.services.deciding import close_decision, propose_decision, vote
from clusterwork.clusters.tests.made_people import TODAY, Six, a_person, day
from clusterwork.registry.models import School

NAMES = ("Hana Jones", "Bron Rees", "Cai Lloyd", "Dee Moss", "Eli Kerr", "Fay Hill")
VOTE_BY = day(7)


def link_for(pk: int, language: str) -> str:
    """The address that letters carry in tests."""
    return f"https://example.org/{language}/decisions/{pk}"


class Deciding(Six):
    """Six heads, a coordinator and an adviser with sign-ins."""

    def __init__(self) -> None:
        super().__init__()
        self.heads = [self.head] + [
            a_person(name, "headteacher", school=school)
            for name, school in zip(NAMES[1:], self.six[1:], strict=True)
        ]
        self.coordinator = a_person("Cora Dean")
        self.appoint(Appointment.Role.COORDINATOR, "Cora Dean", email=self.coordinator.email)
        self.adviser = a_person("Ada Link", "link_adviser", organisation=self.organisation)
        self.appoint(Appointment.Role.LINK_ADVISER, "Ada Link", email=self.adviser.email)

    def propose(self, by: int = 0, **told: Any) -> Decision:
        """By the head of a school, open for a week unless told."""
        facts: dict[str, Any] = {
            "person": self.heads[by],
            "day": TODAY,
            "cluster_pk": self.cluster.pk,
            "title": "A joint reading week",
            "text": "All six schools read in the second week of March.",
            "school": self.six[by],
            "vote_by": VOTE_BY,
            "link_for": link_for,
        }
        return propose_decision(**{**facts, **told})

    def say(self, decision: Decision, number: int, answer: str = "agree", **told: Any) -> Vote:
        """By the head of a school for it, today unless told."""
        facts: dict[str, Any] = {
            "person": self.heads[number],
            "day": TODAY,
            "pk": decision.pk,
            "school_pk": self.six[number].pk,
            "answer": answer,
            "link_for": link_for,
            "reason": "It costs too much." if answer == "object" else "",
        }
        return vote(**{**facts, **told})

    def close(self, decision: Decision, on: dt.date | None = None, **told: Any) -> Decision:
        """By the coordinator, on the day after the last for votes unless told."""
        who = {"person": self.coordinator, "day": on or VOTE_BY + dt.timedelta(days=1), **told}
        return close_decision(pk=decision.pk, link_for=link_for, **who)

    def said(self, answers: str, **told: Any) -> Decision:
        """A proposal closed as soon as it can be, after the schools answered in turn: a(gree),
        o(bject), - abstains, s(ays nothing)."""
        decision = self.propose(**told)
        words = {"a": "agree", "o": "object", "-": "abstain"}
        for number, letter in enumerate(answers):
            if letter in words:
                self.say(decision, number, words[letter])
        return self.close(decision, None if "s" in answers else TODAY)

    def rule(self, **told: Any) -> VotingRule:
        """A voting rule of the cluster from long before today."""
        return VotingRule.objects.create(cluster=self.cluster, start_on=day(-100), **told)

    def delegate(self, school: School, head: Person, **told: Any) -> Person:
        """Somebody whom the head named to send for the school."""
        person = a_person("Del Egate")
        Delegation.objects.create(
            school=school,
            named_by=head,
            person=person,
            start_on=day(-10),
            **{"may_send": True, **told},
        )
        return person


__all__ = ["NAMES", "TODAY", "VOTE_BY", "Deciding", "a_person", "day", "link_for"]

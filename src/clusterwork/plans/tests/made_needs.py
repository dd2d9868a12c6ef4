"""Six schools that say what they need and choose together, made for a test."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from clusterwork.clusters.tests.made_decisions import TODAY, Deciding, a_person, day, link_for
from clusterwork.plans.models import Candidate, Choosing, Need, NeedsStatement, Ranking
from clusterwork.plans.rules.years import year_of
from clusterwork.plans.selectors.choosing import ranking_seen
from clusterwork.plans.services.choosing import ask_to_rank, start_choosing
from clusterwork.plans.services.choosing_checks import PriorityFacts
from clusterwork.plans.services.choosing_proposals import propose_priority
from clusterwork.plans.services.choosing_ranking import rank_priorities
from clusterwork.plans.services.needs import NeedFacts, add_need
from clusterwork.plans.services.needs_sending import send_statement

YEAR = year_of(TODAY)
START, END = dt.date(2027, 9, 1), dt.date(2029, 9, 1)
NOW = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(12)))


class Needing(Deciding):
    """Six heads; what they write and choose is asked for by number."""

    def write(self, number: int, text: str, kind: str = "priority", **told: Any) -> Need:
        """A line of the school's draft, by its head."""
        facts = NeedFacts(kind, text, **told)
        who = {"person": self.heads[number], "day": TODAY, "school_pk": self.six[number].pk}
        return add_need(**who, year=YEAR, facts=facts)

    def send(self, number: int, **told: Any) -> NeedsStatement:
        who = {"person": self.heads[number], "now": NOW, "school_pk": self.six[number].pk}
        return send_statement(**who, year=YEAR, **told)

    def last_year(self, number: int, *texts: str, kind: str = "priority") -> NeedsStatement:
        """What the school said a year ago."""
        made = NeedsStatement.objects.create(
            school=self.six[number], year=YEAR - 1, state="sent", sent_at=NOW - dt.timedelta(365)
        )
        for place, text in enumerate(texts):
            Need.objects.create(statement=made, kind=kind, area="literacy", text=text, place=place)
        return made

    def choose(self) -> Choosing:
        who = {"person": self.coordinator, "day": TODAY, "cluster_pk": self.cluster.pk}
        return start_choosing(**who, start_on=START, end_on=END)

    def put_forward(self, choosing: Choosing, number: int, title: str, *serves: int) -> Candidate:
        """By the head of a school, for those of these numbers, or for her own."""
        pks = tuple(self.six[each].pk for each in serves or (number,))
        return propose_priority(
            person=self.heads[number],
            day=TODAY,
            pk=choosing.pk,
            school_pk=self.six[number].pk,
            facts=PriorityFacts(title, serves=pks),
        )

    def ask(self, choosing: Choosing, **told: Any) -> Choosing:
        facts = {"person": self.coordinator, "day": TODAY, "rank_by": day(10), "link_for": link_for}
        return ask_to_rank(pk=choosing.pk, **{**facts, **told})

    def rank(
        self, choosing: Choosing, number: int, *ordered: Candidate, **told: Any
    ) -> list[Ranking]:
        """By the head of a school, the first first."""
        facts: dict[str, Any] = {
            "person": self.heads[number],
            "day": TODAY,
            "school_pk": self.six[number].pk,
            "places": {each.pk: place for place, each in enumerate(ordered, 1)},
            "comments": {},
            "seen": ranking_seen(choosing, self.six[number]),
        }
        return rank_priorities(pk=choosing.pk, **{**facts, **told})

    def asked(self, *titles: str) -> tuple[Choosing, list[Candidate]]:
        """A choice among these, each proposed by the next school, with the schools asked."""
        choosing = self.choose()
        made = [self.put_forward(choosing, n, title) for n, title in enumerate(titles)]
        return self.ask(choosing), made


__all__ = ["END", "NOW", "START", "TODAY", "YEAR", "Needing", "a_person", "day", "link_for"]

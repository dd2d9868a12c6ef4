"""Whatever anybody tries with a plan, in whatever order: it moves by the table, or stays."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from clusterwork.accounts.models import Person
from clusterwork.clusters.tests.made import TODAY
from clusterwork.kernel.errors import Problem
from clusterwork.plans.models import Plan, Review, ReviewComment
from clusterwork.plans.rules.parts import SECTIONS
from clusterwork.plans.selectors.consulted import not_asked
from clusterwork.plans.selectors.parts import MODELS
from clusterwork.plans.selectors.reviews import to_answer
from clusterwork.plans.services.consulting import tell_consulted
from clusterwork.plans.services.plans import PlanFacts, start_plan, withdraw_plan
from clusterwork.plans.services.reviewing import answer_comment, answer_review, comment_on_section
from clusterwork.plans.services.submitting import submit_plan, take_back_plan
from clusterwork.plans.services.talking import share_plan
from clusterwork.plans.services.writing import remove_part, save_part
from clusterwork.plans.states import plan as states
from clusterwork.plans.tests.made_plans import END, NOW, START, head
from clusterwork.plans.tests.made_reviews import Reviewing, link_for

pytestmark = pytest.mark.django_db

STEPS = {(move.source, move.target) for move in states.MOVES}
BY_ONE_VERB = STEPS | {
    (one, end) for one, middle in STEPS for start, end in STEPS if middle == start
}
"""The first word of a review begins it, so that one verb may take two steps."""

which = st.integers(0, 9)
# Whose it is to do, as often as not; else anybody.
who = st.sampled_from(["own"] * 7 + ["head", "other", "officer", "reviewer", "second", "outsider"])
texts = st.sampled_from(["Say who owns what.", "", "x" * 6_000])

reached: Counter[str] = Counter()


class World(Reviewing):
    """A full plan whose schools were asked, two bodies that read it in turn, and others."""

    def __init__(self) -> None:
        super().__init__()
        self.ask_all()
        self.join()
        schools = self.county.schools
        self.people: dict[str, Person] = {
            "head": self.head,
            "other": self.other_head,
            "officer": self.officer,
            "reviewer": head(schools[4], "Rhian Reads"),
            "second": head(schools[5], "Sam Second"),
            "outsider": Person.objects.create_user("o@example.org", "x" * 20, name="Olwen"),
        }
        self.body("Heads", 1, self.people["reviewer"])
        self.body("Director", 2, self.people["second"])

    def full(self, **sizes: int) -> Plan:
        """A short one."""
        return super().full(n_priorities=1, n_actions=1, **sizes)


class Sequence(RuleBasedStateMachine):
    """Every example begins with the same world: what it does is undone at its end."""

    made: World

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    def teardown(self) -> None:
        """As it was."""
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def tried(self, verb: Callable[..., Any], /, **told: Any) -> None:
        """Does it, or is told why not and nothing has changed."""
        before = _told()
        try:
            with transaction.atomic():
                verb(**told)
        except Problem as problem:
            assert str(problem).endswith(".")
            assert _told() == before
            reached[type(problem).__name__] += 1
        self.moved(before, verb.__name__)

    def moved(self, before: dict[int, tuple[str, str]], verb: str) -> None:
        for pk, (state, _content) in _told().items():
            old = before[pk][0] if pk in before else states.DRAFT
            assert state == old or (old, state) in BY_ONE_VERB, (verb, old, state)
            reached[state] += state != old

    def plan(self, pick: int) -> int:
        """The latest most of all."""
        rows = list(Plan.objects.order_by("-pk").values_list("pk", flat=True))
        return rows[min(pick // 3, len(rows) - 1)]

    def person(self, name: str, own: str) -> Person:
        return self.made.people[own if name == "own" else name]

    def review(self, pick: int) -> Review | None:
        """An open one most of all."""
        is_open = sorted(
            Review.objects.select_related("body"), key=lambda each: (each.state != "open", -each.pk)
        )
        return is_open[min(pick // 4, len(is_open) - 1)] if is_open else None

    def reader(self, name: str, review: Review) -> Person:
        return self.person(name, "reviewer" if review.body.turn == 1 else "second")

    @rule(who=who, pick=which, later=st.sampled_from([0, 0, 1, 2]), ways=which)
    def starts(self, who: str, pick: int, later: int, ways: int) -> None:
        """For this year, the next, or one that has no day; from what is known or a plan."""
        start = START.replace(year=START.year + min(later, 1))
        end = start if later == 2 else END.replace(year=END.year + later)
        beginning = ("known", "earlier", "approved")[ways % 3]
        told = {"facts": PlanFacts("Again", start, end), "beginning": beginning}
        self.tried(
            start_plan, person=self.person(who, "head"), day=TODAY, now=NOW,
            cluster_pk=self.made.cluster.pk, earlier_pk=self.plan(pick), **told,
        )  # fmt: skip

    @rule(who=who, pick=which)
    def sends(self, who: str, pick: int) -> None:
        told = {"now": NOW, "pk": self.plan(pick), "link_for": link_for}
        self.tried(submit_plan, person=self.person(who, "head"), **told)

    @rule(approves=st.sampled_from([True, True, False]), n=st.integers(1, 4))
    def goes_on(self, approves: bool, n: int) -> None:
        """What comes next for the latest plan, by whose it is: so that sequences come far."""
        for _time in range(n):
            plan = Plan.objects.get(pk=self.plan(0))
            if plan.state in states.WRITABLE:
                self.made_ready(plan)
                self.sends("own", 0)
            elif plan.state == states.APPROVED:
                self.starts("own", 0, 0, 2)
            else:
                self.answers_as_a_body("own", 0, "Say who owns what.", approves, 7)

    def made_ready(self, plan: Plan) -> None:
        for said in to_answer(plan):
            told = {"comment_pk": said.pk, "answer": "Hana does."}
            self.tried(answer_comment, person=self.made.head, now=NOW, pk=plan.pk, **told)
        for school in not_asked(plan, TODAY):
            told = {"school_pk": school.pk, "how": "In June", "on": TODAY}
            self.tried(tell_consulted, person=self.made.head, now=NOW, pk=plan.pk, **told)

    @rule(who=who, pick=which)
    def takes_back(self, who: str, pick: int) -> None:
        self.tried(take_back_plan, person=self.person(who, "head"), now=NOW, pk=self.plan(pick))

    @rule(who=who, pick=which, sure=which)
    def withdraws(self, who: str, pick: int, sure: int) -> None:
        if sure > 6:
            person = self.person(who, "head")
            self.tried(withdraw_plan, person=person, day=TODAY, pk=self.plan(pick))

    @rule(who=who, pick=which)
    def shares(self, who: str, pick: int) -> None:
        told = {"day": TODAY, "now": NOW, "pk": self.plan(pick)}
        self.tried(share_plan, person=self.person(who, "head"), **told)

    @rule(who=who, pick=which, text=texts, must=st.booleans())
    def comments(self, who: str, pick: int, text: str, must: bool) -> None:
        if review := self.review(pick):
            told = {"section": "actions", "text": text, "must_answer": must}
            reader = self.reader(who, review)
            self.tried(comment_on_section, person=reader, now=NOW, pk=review.pk, **told)

    @rule(who=who, pick=which, text=texts, approves=st.booleans(), days=st.integers(-1, 9))
    def answers_as_a_body(self, who: str, pick: int, text: str, approves: bool, days: int) -> None:
        if review := self.review(pick):
            links = {"link_for": link_for, "link_to_plan": link_for}
            by = TODAY + dt.timedelta(days=days) if days < 7 else None
            self.tried(answer_review, person=self.reader(who, review), now=NOW, pk=review.pk,
                       approves=approves, reasons=text, answer_by=by, **links)  # fmt: skip

    @rule(who=who, pick=which, text=texts)
    def answers_a_comment(self, who: str, pick: int, text: str) -> None:
        said = ReviewComment.objects.order_by("answered_at", "pk").first()
        told = {"comment_pk": said.pk if said else 0, "answer": text}
        person = self.person(who, "head")
        self.tried(answer_comment, person=person, now=NOW, pk=self.plan(pick), **told)

    @rule(who=who, pick=which, title=st.sampled_from(["Another title", ""]))
    def writes(self, who: str, pick: int, title: str) -> None:
        plan = self.plan(pick)
        told = {"plan_pk": plan, "section": "plan", "uid": None, "values": {"title": title}}
        seen = Plan.objects.get(pk=plan).version
        person = self.person(who, "head")
        self.tried(save_part, person=person, day=TODAY, now=NOW, seen=seen, **told)

    @rule(who=who, pick=which, section=st.sampled_from(sorted(SECTIONS)))
    def takes_out(self, who: str, pick: int, section: str) -> None:
        plan = self.plan(pick)
        part = MODELS[section]._default_manager.filter(plan=plan).order_by("-place").first()
        if part is not None:
            told = {"plan_pk": plan, "section": section, "uid": part.uid}
            person = self.person(who, "head")
            self.tried(remove_part, person=person, day=TODAY, now=NOW, **told)

    @invariant()
    def every_plan_stands_in_a_listed_state(self) -> None:
        assert set(Plan.objects.values_list("state", flat=True)) <= set(states.STATES)

    @invariant()
    def no_two_plans_are_written_or_hold_for_the_same_time(self) -> None:
        for kept in (states.UNDER_WAY, (states.APPROVED,)):
            spans = sorted(Plan.objects.filter(state__in=kept).values_list("start_on", "end_on"))
            assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_any_sequence_of_verbs_moves_a_plan_by_the_table(db):
    Sequence.made = World()
    reached.clear()
    run_state_machine_as_test(
        Sequence,
        settings=settings(
            max_examples=5,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            report_multiple_bugs=False,
            phases=(Phase.generate,),
        ),
    )
    assert reached.keys() >= {states.RETURNED, states.APPROVED, states.SUPERSEDED}


def _told() -> dict[int, tuple[str, str]]:
    """Each plan's state, and what would differ if a refused verb had left something behind."""
    rows = Plan.objects.order_by("pk").values_list("pk", "state", "title", "version", "shared_at")
    reviews = list(Review.objects.order_by("pk").values_list("pk", "state", "reasons", "answer_by"))
    n_said = ReviewComment.objects.count()
    return {pk: (state, repr((more, reviews, n_said))) for pk, state, *more in rows}

"""Whatever anybody tries with an analysis, in whatever order: what is registered stays, and every
change of it is marked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from clusterwork.accounts.models import Person
from clusterwork.clusters.tests.made import TODAY
from clusterwork.evaluation.models import Alternative, Analysis, Registration
from clusterwork.evaluation.rules.plan import differences, read
from clusterwork.evaluation.selectors.plans import plan_of
from clusterwork.evaluation.services.planning import (
    choose_alternatives,
    choose_comparison,
    choose_outcome,
    choose_reach,
)
from clusterwork.evaluation.services.registering import drop_change, open_change, register
from clusterwork.evaluation.tests.made import NOW, MadeWorld, made_world
from clusterwork.evaluation.tests.made_studies import looked, planned, resulted
from clusterwork.kernel.errors import Problem

pytestmark = pytest.mark.django_db

reached: Counter[str] = Counter()
people = st.sampled_from(["officer"] * 6 + ["stranger"])


class Sequence(RuleBasedStateMachine):
    """Verbs of an officer and, now and then, of somebody else."""

    world: ClassVar[MadeWorld]
    stranger: ClassVar[Person]

    @initialize()
    def begin(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.analysis = planned(self.world)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def tried(self, who: str, verb: Callable[..., Any], **told: Any) -> None:
        """Does it; what is refused leaves the analysis as it was."""
        person = self.stranger if who == "stranger" else self.world.officer
        before = self.told()
        try:
            with transaction.atomic():
                verb(person=person, day=TODAY, pk=self.analysis.pk, **told)
        except Problem:
            assert self.told() == before
        else:
            assert who != "stranger"
            reached[verb.__name__] += 1
        self.analysis = Analysis.objects.get(pk=self.analysis.pk)

    def told(self) -> tuple[Any, int]:
        rows = Analysis.objects.filter(pk=self.analysis.pk).values()
        return rows.get(), Registration.objects.count()

    @rule(who=people, group=st.sampled_from(["all", "fsm"]), last=st.integers(2016, 2019))
    def results(self, who: str, group: str, last: int) -> None:
        told = {"measure_pk": self.world.measure.pk, "group": group, "first_year": 2014}
        self.tried(who, choose_outcome, last_year=last, **told)

    @rule(who=people, share=st.sampled_from([0.0, 0.2, 1.0]), year=st.integers(2018, 2021))
    def reach(self, who: str, share: float, year: int) -> None:
        told = {"expected": 2.0, "pupils_sd": None, "too_early_before": dt.date(year, 9, 1)}
        self.tried(who, choose_reach, reached=share, **told)

    @rule(who=people, kind=st.sampled_from(["schools", "later"]), k=st.integers(0, 3))
    def comparison(self, who: str, kind: str, k: int) -> None:
        self.tried(who, choose_comparison, comparison=kind, neighbours=k)

    @rule(who=people, chosen=st.sets(st.sampled_from(Alternative.values), max_size=2))
    def alternatives(self, who: str, chosen: set[str]) -> None:
        self.tried(who, choose_alternatives, alternatives=chosen)

    @rule(is_done=st.booleans())
    def looks(self, is_done: bool) -> None:
        looked(self.analysis, self.world, trouble=None if is_done else {"what": None})

    @rule(who=people, because=st.sampled_from(["", "Too few were alike."]))
    def registers(self, who: str, because: str) -> None:
        self.tried(who, register, now=NOW, because=because)

    @rule(who=people, changes_her_mind=st.booleans())
    def opens(self, who: str, changes_her_mind: bool) -> None:
        self.tried(who, open_change)
        if changes_her_mind:
            self.results("officer", "fsm", 2018)
            self.tried(who, drop_change)

    @rule(who=people)
    def drops(self, who: str) -> None:
        self.tried(who, drop_change)

    @rule(share=st.sampled_from([0.4, 0.6]))
    def goes_on(self, share: float) -> None:
        """To a registration, by whatever is still to be done, so that sequences come far."""
        self.tried("officer", open_change)
        self.reach("officer", share, 2021)
        self.looks(True)
        self.tried("officer", register, now=NOW, because="Too few were alike.")

    @rule()
    def is_worked_out(self) -> None:
        last = self.analysis.registrations.order_by("-number").first()
        if last is not None:
            resulted(last)

    @invariant()
    def what_is_registered_is_what_the_analysis_says(self) -> None:
        last = Registration.objects.order_by("-number").first()
        if self.analysis.state == "registered":
            assert last is not None
            assert plan_of(self.analysis) == read(last.plan)
        assert (last is None) == (self.analysis.state == "draft")

    @invariant()
    def every_change_is_marked(self) -> None:
        rows = list(Registration.objects.order_by("number"))
        assert [each.number for each in rows] == list(range(1, len(rows) + 1))
        for was, now in pairwise(rows):
            assert now.changed == list(differences(read(was.plan), read(now.plan)))
            assert now.changed
            assert now.because
            known = was.analysis.runs.filter(kind="result", registration__number__lt=now.number)
            assert known.exists() or not now.after_result


def test_any_sequence_leaves_what_is_registered_and_marks_every_change(db):
    Sequence.world = made_world(n_clusters=3, schools_each=1, pool=2)
    Sequence.stranger = Person.objects.create_user("s@example.org", "x" * 20, name="Stan")
    reached.clear()
    run_state_machine_as_test(
        Sequence,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            report_multiple_bugs=False,
            phases=(Phase.generate,),
        ),
    )
    assert reached.keys() >= {"register", "open_change", "drop_change", "choose_outcome"}

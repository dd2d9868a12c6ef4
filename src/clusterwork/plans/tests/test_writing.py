"""Several people write in one plan, on PostgreSQL, and nobody's words are lost."""

from __future__ import annotations

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from clusterwork.clusters.tests.made import TODAY
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.states import MoveNotAllowed, state_after
from clusterwork.plans.models import BudgetLine, LineShare, Plan, PlanComment
from clusterwork.plans.rules import refusals
from clusterwork.plans.rules.parts import Share
from clusterwork.plans.selectors.history import history_of, recent_versions, steps_of
from clusterwork.plans.selectors.plans import whole_plan
from clusterwork.plans.selectors.talk import others_writing
from clusterwork.plans.services.plans import PlanFacts, PlanUnderWay
from clusterwork.plans.services.talking import (
    OnlyApprovedAreShared,
    add_comment,
    answer_comment,
    close_part,
    open_part,
    share_plan,
)
from clusterwork.plans.services.writing import (
    BothChanged,
    NotBeingWritten,
    PartIsGone,
    PartsOutsideTheNewTime,
    StillNeeded,
    move_part,
    remove_part,
    save_part,
)
from clusterwork.plans.states import plan as states
from clusterwork.plans.tests.made_plans import END, NOW, START, Planning

pytestmark = pytest.mark.django_db
NEXT = PlanFacts("Next year", END, dt.date(2028, 9, 1))


class Desk:
    """A full plan, and short words for writing in it."""

    def __init__(self) -> None:
        self.made = Planning()
        self.plan = self.made.full()

    @property
    def whole(self):
        return whole_plan(self.plan)

    def save(self, section, uid=None, *, seen=None, by=None, again=False, **values):
        who = {**self.made.who, "person": by or self.made.head}
        told = {"section": section, "uid": uid, "values": values, "seen": seen, "again": again}
        return save_part(**who, plan_pk=self.plan.pk, **told)

    def remove(self, section, uid):
        return remove_part(**self.made.who, plan_pk=self.plan.pk, section=section, uid=uid)


@pytest.fixture
def desk():
    return Desk()


class TestWriting:
    def test_adds_a_part_at_the_end_and_changes_it(self, desk):
        saved = desk.save("definitions", term="Buddy", meaning="A friend")
        again = desk.save("definitions", saved.part.uid, meaning="A good friend", seen=1)
        assert again.changed == ("meaning",)
        assert again.part.version == 2
        assert desk.whole.part("definitions", saved.part.uid).meaning == "A good friend"

    def test_writes_shares_links_schools_and_pointers(self, desk):
        whole = desk.whole
        line, payer = whole.budget_lines[0], whole.payers[0]
        desk.save("budget_lines", line.uid, shares=(Share(payer.uid, Decimal("0.25")),), seen=1)
        action = whole.actions[0]
        schools = (desk.made.schools[0].pk,)
        desk.save("actions", action.uid, schools=schools, strand=None, seen=1)
        desk.save("outcomes", whole.outcomes[2].uid, comes_from=(), seen=1)
        now = desk.whole
        assert now.budget_lines[0].shares == (Share(payer.uid, Decimal("0.2500")),)
        assert (now.actions[0].schools, now.actions[0].strand) == (schools, None)
        assert now.outcomes[2].comes_from == ()

    def test_swaps_shares_that_only_fit_one_after_the_other(self, desk):
        other = desk.save("payers", name="Another").part
        line, payer = desk.whole.budget_lines[0], desk.whole.payers[0]
        for first, second in (("0.9", "0.1"), ("0.1", "0.9"), ("0.9", "0.1")):
            shares = (Share(payer.uid, Decimal(first)), Share(other.uid, Decimal(second)))
            desk.save("budget_lines", line.uid, shares=shares)
            held = dict(
                LineShare.objects.filter(line__uid=line.uid).values_list("payer__uid", "share")
            )
            assert held == {payer.uid: Decimal(first), other.uid: Decimal(second)}

    def test_refuses_what_the_rules_refuse_and_writes_nothing(self, desk):
        action = desk.whole.actions[0]
        with pytest.raises(refusals.ActionOutsideThePlan):
            desk.save("actions", action.uid, end_on=END + dt.timedelta(days=1), seen=1)
        assert desk.whole.actions[0] == action

    def test_says_a_word_that_is_defined_already(self, desk):
        with pytest.raises(refusals.WrittenTwice):
            desk.save("definitions", term="Reading buddy", meaning="Again")

    def test_puts_parts_in_order(self, desk):
        first, second = desk.whole.priorities
        told = {"plan_pk": desk.plan.pk, "section": "priorities", "uid": second.uid}
        move_part(person=desk.made.head, day=TODAY, up=True, **told)
        assert [each.uid for each in desk.whole.priorities] == [second.uid, first.uid]
        move_part(person=desk.made.head, day=TODAY, up=True, **told)
        assert desk.whole.priorities[0].uid == second.uid

    def test_keeps_a_plans_time_around_its_actions(self, desk):
        with pytest.raises(PartsOutsideTheNewTime):
            desk.save("plan", end_on=START + dt.timedelta(days=10), seen=1)
        desk.save("plan", title="Reading for all", seen=1)
        desk.plan.refresh_from_db()
        assert (desk.plan.title, desk.plan.version) == ("Reading for all", 2)

    def test_says_when_the_new_time_meets_another_plan(self, desk):
        desk.made.start(facts=NEXT)
        with pytest.raises(PlanUnderWay):
            desk.save("plan", end_on=END + dt.timedelta(days=30), seen=1)

    def test_is_for_the_clusters_own_writers_while_it_is_written(self, desk):
        with pytest.raises(NotAllowed):
            desk.save("payers", by=desk.made.county.officer, name="Us")
        Plan.objects.update(state="submitted")
        with pytest.raises(NotBeingWritten):
            desk.save("payers", name="Us")

    def test_knows_no_part_of_another_plan(self, desk):
        with pytest.raises(NotThere):
            desk.save("payers", desk.whole.actions[0].uid, name="Us")


class TestTwoAtOnce:
    def test_are_put_together_where_they_changed_different_fields(self, desk):
        uid = desk.whole.actions[0].uid
        desk.save("actions", uid, title="A van of books", seen=1, by=desk.made.other_head)
        saved = desk.save("actions", uid, title=desk_title(desk), text="Every Friday", seen=1)
        assert saved.taken == ("title",)
        now = desk.whole.actions[0]
        assert (now.title, now.text, now.version) == ("A van of books", "Every Friday", 3)

    def test_see_both_where_they_changed_the_same_and_nothing_is_saved(self, desk):
        uid = desk.whole.actions[0].uid
        desk.save("actions", uid, title="Theirs", seen=1, by=desk.made.other_head)
        with pytest.raises(BothChanged) as refused:
            desk.save("actions", uid, title="Mine", text="Also mine", seen=1)
        [clash] = refused.value.clashes
        assert (clash.theirs, clash.mine) == ("Theirs", "Mine")
        assert refused.value.values["text"] == "Also mine"
        assert desk.whole.actions[0].title == "Theirs"
        desk.save("actions", uid, title="Both", text="Also mine", seen=refused.value.now.version)
        assert desk.whole.actions[0].title == "Both"

    def test_both_add_a_school(self, desk):
        schools = [each.pk for each in desk.made.schools]
        strand = desk.save("strands", title="Art", schools=(schools[0],)).part
        desk.save("strands", strand.uid, schools=(schools[0], schools[1]), seen=1)
        desk.save("strands", strand.uid, schools=(schools[0], schools[2]), seen=1)
        assert desk.whole.part("strands", strand.uid).schools == tuple(sorted(schools[:3]))

    def test_one_removes_what_the_other_writes_and_it_can_be_put_back(self, desk):
        uid = desk.whole.definitions[0].uid
        desk.remove("definitions", uid)
        with pytest.raises(PartIsGone):
            desk.save("definitions", uid, term="Buddy", meaning="Mine", seen=1)
        saved = desk.save("definitions", uid, term="Buddy", meaning="Mine", seen=1, again=True)
        assert (saved.part.uid, saved.part.version) == (uid, 3)

    def test_see_each_other(self, desk):
        uid = desk.whole.actions[0].uid
        open_part(person=desk.made.other_head, plan=desk.plan, uid=uid, now=NOW)
        soon = NOW + dt.timedelta(minutes=5)
        assert others_writing(desk.plan, uid, desk.made.head, soon) == ["Ben Rees"]
        assert others_writing(desk.plan, uid, desk.made.other_head, soon) == []
        assert others_writing(desk.plan, uid, desk.made.head, NOW + dt.timedelta(hours=1)) == []
        close_part(person=desk.made.other_head, plan_pk=desk.plan.pk, uid=uid)
        assert others_writing(desk.plan, uid, desk.made.head, soon) == []


class TestRemoving:
    def test_keeps_what_others_point_to(self, desk):
        with pytest.raises(StillNeeded):
            desk.remove("strands", desk.whole.strands[0].uid)
        with pytest.raises(StillNeeded):
            desk.remove("actions", desk.whole.actions[0].uid)

    def test_takes_an_action_with_its_milestones_and_keeps_their_history(self, desk):
        whole = desk.whole
        action, milestone = whole.actions[0], whole.milestones[0]
        desk.remove("budget_lines", whole.budget_lines[0].uid)
        desk.remove("actions", action.uid)
        assert desk.whole.part("milestones", milestone.uid) is None
        assert [each.what for each in history_of(desk.plan, milestone.uid)] == ["removed", "added"]


class TestHistory:
    def test_tells_of_each_field_who_when_from_and_to(self, desk):
        uid = desk.whole.strands[0].uid
        first = desk.made.schools[0].pk
        desk.save("strands", uid, title="Books", schools=(first,), seen=1, by=desk.made.other_head)
        step = history_of(desk.plan, uid)[0]
        assert (step.by, step.at, step.what) == ("Ben Rees", NOW, "changed")
        told = {each.field: (each.before, each.after) for each in step.fields}
        assert told["title"] == ("Strand 1: libraries", "Books")
        assert told["schools"] == (tuple(sorted(s.pk for s in desk.made.schools)), (first,))

    def test_lists_the_latest_saves_of_the_plan(self, desk):
        desk.save("plan", summary="In short", seen=1)
        steps = steps_of(desk.plan, list(recent_versions(desk.plan)[:5]))
        assert steps[0].section == "plan"
        assert [each.field for each in steps[0].fields] == ["summary"]


class TestComments:
    def test_stand_at_a_part_until_they_are_answered(self, desk):
        uid = desk.whole.actions[0].uid
        told = {"person": desk.made.other_head, "day": TODAY, "plan_pk": desk.plan.pk}
        comment = add_comment(**told, uid=uid, field="text", text="Who drives the van?")
        assert (desk.whole.comments[uid].n, desk.whole.comments[uid].n_open) == (1, 1)
        answer_comment(**desk.made.who, pk=comment.pk, answer="Hana does.")
        assert (desk.whole.comments[uid].n, desk.whole.comments[uid].n_open) == (1, 0)

    def test_are_the_clusters_own_and_not_empty(self, desk):
        Plan.objects.update(state="submitted")
        told = {"day": TODAY, "plan_pk": desk.plan.pk}
        with pytest.raises(NotAllowed):
            add_comment(person=desk.made.county.officer, text="Hm", **told)
        with pytest.raises(refusals.NothingWritten):
            add_comment(person=desk.made.head, text="  ", **told)
        assert not PlanComment.objects.exists()


class TestSharing:
    def test_is_of_approved_plans_only(self, desk):
        told = {**desk.made.who, "pk": desk.plan.pk}
        with pytest.raises(OnlyApprovedAreShared):
            share_plan(**told)
        Plan.objects.update(state="approved", approved_on=TODAY)
        assert share_plan(**told).shared_at == NOW
        assert share_plan(**told, shared=False).shared_at is None


class AnySequence(RuleBasedStateMachine):
    """Any verb at any time: a plan stands in a listed state, and moves only by the table."""

    def __init__(self) -> None:
        super().__init__()
        self.state = states.DRAFT

    @rule(verb=st.sampled_from(sorted({move.verb for move in states.MOVES} | {"approve twice"})))
    def try_to(self, verb):
        before = self.state
        try:
            self.state = state_after(verb, before, states.MOVES, states.NAMES)
        except MoveNotAllowed:
            assert not any((m.verb, m.source) == (verb, before) for m in states.MOVES)

    @invariant()
    def stands_in_a_listed_state(self):
        assert self.state in states.STATES
        assert self.state in states.NAMES
        assert self.state in Plan.State.values


TestAnySequenceOfMoves = AnySequence.TestCase
TestAnySequenceOfMoves.settings = settings(max_examples=100, deadline=None)


def desk_title(desk):
    """The title as the second writer still sees it."""
    return "Action 1: exchange of books"


@pytest.mark.django_db(transaction=True)
class TestARace:
    def test_of_two_shares_never_passes_the_whole(self):
        desk = Desk()
        other = desk.save("payers", name="Another").part
        line = BudgetLine.objects.filter(plan=desk.plan)[0]
        line.shares.all().delete()
        payers = [each.pk for each in desk.plan.payers.all() if each.name]
        refused = []

        def add(pk: int) -> None:
            try:
                LineShare.objects.create(line=line, payer_id=pk, share="0.7")
            except Exception as problem:
                refused.append(problem)
            finally:
                connection.close()

        threads = [threading.Thread(target=add, args=(pk,)) for pk in payers]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert other and len(refused) == 1
        assert sum(each.share for each in line.shares.all()) == Decimal("0.7")

"""A plan is started from what is known and read whole in a few queries."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Appointment
from clusterwork.clusters.tests.made import TODAY
from clusterwork.clusters.tests.made_clusters import BEGUN
from clusterwork.kernel.errors import NotAllowed
from clusterwork.plans.models import Action, Plan
from clusterwork.plans.permissions.plans import plan_for, plan_to_write
from clusterwork.plans.rules.content import content_of, sha256_of
from clusterwork.plans.rules.parts import SECTIONS, plain, unplain
from clusterwork.plans.selectors.plans import n_reused, plan_on, plan_under_way, whole_plan
from clusterwork.plans.services.plans import (
    NothingToBeginFrom,
    PlanEndsBeforeItStarts,
    PlanFacts,
    PlanUnderWay,
    withdraw_plan,
)
from clusterwork.plans.tests.made_plans import END, NOW, START, Planning

pytestmark = pytest.mark.django_db
NEXT = PlanFacts("Next year", END, dt.date(2028, 9, 1))


def approve(plan: Plan) -> Plan:
    """As if it had been reviewed."""
    plan.state, plan.approved_on = "approved", TODAY
    plan.save(update_fields=("state", "approved_on"))
    return plan


class TestAWholePlan:
    def test_has_every_part_and_what_it_points_to(self):
        made = Planning()
        whole = whole_plan(made.full())
        assert all(whole.section(name) for name in SECTIONS)
        assert whole.actions[0].strand == whole.strands[0].uid
        assert whole.actions[0].owner_school in whole.named.schools
        assert whole.budget_lines[0].shares[0].payer == whole.payers[0].uid
        assert whole.outcomes[1].comes_from[0].before == whole.outcomes[0].uid

    def test_takes_the_same_number_of_queries_however_long_it_is(self):
        made = Planning(n_schools=8)
        plan = made.full(n_priorities=6, n_actions=60)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            whole = whole_plan(plan)
        assert len(whole.actions) == 60
        assert len(asked) <= 17

    def test_is_the_same_content_when_nothing_changed(self):
        plan = Planning().full()
        first, second = content_of(whole_plan(plan)), content_of(whole_plan(plan))
        assert json.loads(json.dumps(first)) == first
        assert sha256_of(first) == sha256_of(second)
        assert {each["uid"] for each in first["actions"]} == {
            str(uid) for uid in Action.objects.values_list("uid", flat=True)
        }

    def test_reads_its_values_back_from_json(self):
        whole = whole_plan(Planning().full())
        for name, kind in SECTIONS.items():
            for part in whole.section(name):
                kept = json.loads(json.dumps(plain(part.values)))
                assert unplain(kind, kept) == part.values


class TestStarting:
    def test_fills_strands_from_the_people_appointed_and_counts_the_fields(self):
        made = Planning()
        Appointment.objects.create(
            cluster=made.cluster,
            role="strand_coordinator",
            strand="Maths",
            name="Mo",
            start_on=BEGUN,
        )
        whole = whole_plan(made.start())
        assert [each.title for each in whole.strands] == ["Maths"]
        assert whole.strands[0].coordinator_name == "Mo"
        assert len(whole.strands[0].schools) == len(made.schools)
        assert n_reused(made.cluster) == 3

    def test_copies_last_years_plan_with_its_uids_and_moves_the_dates_on(self):
        made = Planning()
        earlier = approve(made.full())
        plan = made.start(facts=NEXT, beginning="earlier", earlier_pk=earlier.pk)
        before, after = whole_plan(earlier), whole_plan(plan)
        assert [each.uid for each in after.actions] == [each.uid for each in before.actions]
        for old, new in zip(before.actions, after.actions, strict=True):
            assert new.start_on == old.start_on.replace(year=old.start_on.year + 1)
        assert after.budget_lines[0].shares == before.budget_lines[0].shares
        assert after.outcomes[1].comes_from == before.outcomes[1].comes_from
        assert n_reused(made.cluster) > 50

    def test_replaces_the_approved_plan_with_the_same_dates(self):
        made = Planning()
        earlier = approve(made.full())
        facts = PlanFacts(earlier.title, START, END)
        plan = made.start(facts=facts, beginning="approved", earlier_pk=earlier.pk)
        assert plan.replaces == earlier
        now = [replace(each, changed_at=None) for each in whole_plan(plan).actions]
        then = [replace(each, changed_at=None) for each in whole_plan(earlier).actions]
        assert now == then

    def test_is_refused_while_a_plan_for_that_time_is_under_way(self):
        made = Planning()
        made.start()
        with pytest.raises(PlanUnderWay):
            made.start()

    def test_is_refused_without_a_day_and_from_another_clusters_plan(self):
        made = Planning()
        with pytest.raises(PlanEndsBeforeItStarts):
            made.start(facts=PlanFacts("None", START, START))
        with pytest.raises(NothingToBeginFrom):
            made.start(beginning="earlier", earlier_pk=999_999)

    def test_can_be_given_up_and_begun_again(self):
        made = Planning()
        first = made.start()
        withdraw_plan(person=made.head, day=TODAY, pk=first.pk)
        assert plan_under_way(made.cluster, TODAY) is None
        assert made.start() == plan_under_way(made.cluster, TODAY)

    def test_is_for_those_who_write_the_clusters_plans(self):
        made = Planning()
        with pytest.raises(NotAllowed):
            made.start(person=made.county.officer)
        assert made.start(person=made.coordinator)


class TestWhoReads:
    def test_the_authority_reads_what_is_sent_in_and_no_draft(self):
        made = Planning()
        plan = made.start()
        with pytest.raises(NotAllowed, match="still being written"):
            plan_for(made.county.officer, plan.pk, TODAY)
        Plan.objects.filter(pk=plan.pk).update(state="submitted")
        assert plan_for(made.county.officer, plan.pk, TODAY) == plan
        with pytest.raises(NotAllowed):
            plan_to_write(made.county.officer, plan.pk, TODAY)

    def test_nobody_from_elsewhere_reads_it(self):
        made = Planning()
        plan = made.start()
        stranger = Person.objects.create_user("s@example.org", "x" * 20, name="S")
        with pytest.raises(NotAllowed):
            plan_for(stranger, plan.pk, TODAY)

    def test_the_plan_of_a_day_is_the_approved_one(self):
        made = Planning()
        plan = made.start()
        assert plan_on(made.cluster, TODAY) is None
        approve(plan)
        assert plan_on(made.cluster, TODAY) == plan


class TestTheDatabaseRefuses:
    def test_a_part_of_a_plan_that_is_not_being_written(self):
        made = Planning()
        plan = approve(made.full())
        action = Action.objects.filter(plan=plan)[0]
        action.title = "Another"
        with pytest.raises(IntegrityError, match="not being written"), transaction.atomic():
            action.save()

    def test_shares_of_more_than_the_whole(self):
        made = Planning()
        plan = made.full()
        line = plan.budget_lines.all()[0]
        other = plan.payers.create(name="Another")
        with pytest.raises(IntegrityError, match="more than the whole"), transaction.atomic():
            line.shares.create(payer=other, share="0.4001")
        line.shares.create(payer=other, share="0.4")

    def test_another_version_in_the_place_of_one(self):
        plan = Planning().full()
        version = plan.part_versions.all()[0]
        version.at = NOW + dt.timedelta(days=1)
        with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
            version.save()

"""Two heads write one plan at once: nothing is asked twice, and nobody's words are lost.

"Two people write the plan and the rest feel left out" (EAS 4.2.1); "we seem to have plans for
plans for plans" (EAS 4.2.4). Here Ann and Bethan write in the same plan at the same time, one of
them on a phone without JavaScript; both change one sentence, see both versions and choose.
"""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from clusterwork.clusters.models import Cluster
from clusterwork.plans.models import Action, Plan, Reuse
from clusterwork.plans.selectors.plans import whole_plan
from clusterwork.plans.services.filling import fill
from clusterwork.plans.tests.made_plans import sections_of
from clusterwork.registry.models import School
from tests.journeys.the_fens import four_schools

pytestmark = pytest.mark.browser


@pytest.fixture
def fens(transactional_db) -> Cluster:
    return four_schools()


def test_two_heads_write_one_plan_at_once(visit, fens):
    ann, bethan = visit(), visit()
    ann.sign_in("ann@fen.example")
    bethan.sign_in("bethan@fen.example")
    plan = start_a_plan(ann, fens)
    write_what_it_is_about(ann, plan)
    write_at_once(ann, bethan, plan)
    look_at_the_whole(ann, plan)


def start_a_plan(ann, fens) -> Plan:
    """The strand and its schools stand there before anybody has typed them."""
    ann.open(f"/clusters/{fens.pk}/plans")
    ann.sees("No plan has been started.")
    ann.look("plan-none")
    ann.follow("Start a plan")
    ann.look("plan-start")
    ann.press("Start the plan")
    ann.sees("Plan being written.")
    ann.sees("Coordinator: Cora")
    assert Reuse.objects.count() >= 3
    return Plan.objects.get()


def write_what_it_is_about(ann, plan) -> None:
    """A priority of their own, and an action for it, filled from its strand."""
    ann.follow("Add a priority")
    ann.sees("If this is your first plan")
    ann.look("plan-priority-new")
    ann.fill("Priority", "Reading for pleasure")
    ann.press("Save")
    ann.sees("There is a problem")
    ann.fill("If it is local: why it matters here", "Our villages have lost their libraries.")
    ann.press("Save")
    ann.sees("Local: Our villages have lost their libraries.")
    strand = whole_plan(plan).strands[0]
    ann.open(f"/plans/{plan.pk}/new/actions/?strand={strand.uid}")
    ann.sees("filled in. Correct")
    ann.look("plan-action-new")
    ann.fill("Action", "Exchange of books")
    ann.press("Save")
    ann.sees("Exchange of books")


def write_at_once(ann, bethan, plan) -> None:
    """Different fields are put together; the same field is shown twice."""
    action = Action.objects.get(plan=plan)
    address = f"/plans/{plan.pk}/parts/actions/{action.uid}/"
    ann.open(address)
    bethan.open(address)
    bethan.sees("Others have this open too: Ann Head.")
    ann.fill("Action", "Exchange of books by van")
    ann.fill("What will be done", "A box goes round each half term.")
    ann.press("Save")
    ann.sees("Exchange of books by van")
    bethan.fill("What will be done", "Pupils choose the books themselves.")
    bethan.fill("Owner’s name, if not in the list", "Bethan Head")
    bethan.press("Save")
    bethan.sees("Both of you changed: What will be done")
    bethan.sees("A box goes round each half term.")
    bethan.page.screenshot(path="build/screens/plan-both.png", full_page=True)
    bethan.check("plan-both")
    both = "A box goes round each half term. Pupils choose the books themselves."
    bethan.fill("What will be done", both)
    bethan.press("Save")
    bethan.sees(both)
    action.refresh_from_db()
    assert (action.title, action.text) == ("Exchange of books by van", both)
    assert action.owner_name == "Bethan Head"
    bethan.open(f"{address}history")
    bethan.sees("Ann Head")
    bethan.look("plan-history")


def look_at_the_whole(ann, plan) -> None:
    """All kinds of parts on one page, and how it should work as a picture."""
    person = plan.started_by
    schools = [school.pk for school in School.objects.order_by("pk")]
    sections = sections_of(plan, schools)
    fill(plan=plan, sections=sections, person=person, now=timezone.now())
    ann.open(f"/plans/{plan.pk}/")
    ann.sees("Reading lead")
    ann.look("plan")
    ann.open(f"/plans/{plan.pk}/how-it-should-work")
    ann.look("plan-steps")
    ann.open(f"/plans/{plan.pk}/target")
    ann.look("plan-target-about")
    ann.press("Continue")
    ann.fill("What success would look like", "Every pupil has finished three books.")
    ann.look("plan-target-new")
    line = whole_plan(plan).budget_lines[0]
    ann.open(f"/plans/{plan.pk}/parts/budget_lines/{line.uid}/")
    ann.look("plan-budget-line")
    step = whole_plan(plan).outcomes[2]
    ann.open(f"/plans/{plan.pk}/parts/outcomes/{step.uid}/")
    ann.look("plan-step")


def test_a_head_writes_on_a_phone_without_javascript(visit, fens):
    ann = visit(script=False, width=320)
    ann.sign_in("ann@fen.example")
    ann.open(f"/clusters/{fens.pk}/plans/start")
    ann.press("Start the plan")
    plan = Plan.objects.get()
    ann.follow("Add a definition")
    ann.fill("Word", "Reading buddy")
    ann.fill("What it means here", "An older pupil who listens to a younger one.")
    ann.press("Save")
    ann.sees("An older pupil who listens to a younger one.")
    ann.follow("Comments")
    ann.fill("Your comment", "Do we all have older pupils?")
    ann.press("Add your comment")
    ann.sees("Waits for an answer")
    ann.follow("Answer or settle")
    ann.fill("Your answer", "All of us but Cedar.")
    ann.press("Settle the comment")
    ann.sees("Settled")
    expect(ann.page.locator("main")).to_contain_text("All of us but Cedar.")
    assert plan.comments.get().answered_at is not None

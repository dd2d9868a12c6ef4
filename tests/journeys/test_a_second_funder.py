"""A second funder wants its own form: the plan fills it, and only the rest is asked.

"We seem to have plans for plans for plans" (EAS 4.2.4), and a "general" plan besides the funded
one (4.1.2). Here a trust asks four questions; the plan answers three of them.
"""

from __future__ import annotations

import pytest
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster
from clusterwork.plans.models import Plan, Reuse
from clusterwork.plans.services.plans import PlanFacts, start_plan
from clusterwork.plans.tests.made_plans import END, START, fill_up
from clusterwork.registry.models import School
from tests.journeys.the_fens import four_schools

pytestmark = pytest.mark.browser

ASKED = (
    ("Who are you?", "schools"),
    ("What will you do?", "actions"),
    ("What does it cost?", "money"),
    ("Why should we pay for it?", ""),
)


@pytest.fixture
def plan(transactional_db) -> Plan:
    """A draft with every kind of part."""
    cluster: Cluster = four_schools()
    ann = Person.objects.get(email="ann@fen.example")
    now = timezone.now()
    who = {"person": ann, "day": timezone.localdate(), "now": now}
    made = start_plan(**who, cluster_pk=cluster.pk, facts=PlanFacts("Reading", START, END))
    fill_up(made, ann, list(School.objects.order_by("pk")))
    return made


def test_a_second_funder_wants_its_own_form(visit, plan):
    ann = visit()
    ann.sign_in("ann@fen.example")
    before = Reuse.objects.count()
    the_form_is_set_up(ann, plan)
    only_one_question_is_asked(ann)
    assert Reuse.objects.count() == before + 3


def the_form_is_set_up(ann, plan) -> None:
    ann.open(f"/plans/{plan.pk}/")
    ann.follow("Funders’ forms")
    ann.look("funder-forms")
    ann.follow("Set up a funder’s form")
    ann.press("Set up the form")
    ann.sees("There is a problem")
    ann.fill("What does the funder call its form?", "Fenland Trust application")
    ann.press("Set up the form")
    for question, source in ASKED:
        ann.follow("Add a question")
        ann.fill("What does the funder ask?", question)
        ann.page.locator("select[name=source]").select_option(source)
        ann.press("Add the question")
    ann.look("funder-form")


def only_one_question_is_asked(ann) -> None:
    ann.sees("3 of 4 answers are filled from your plan.")
    ann.sees("Action 1: exchange of books")
    ann.fill("Why should we pay for it?", "Our villages have lost their libraries.")
    ann.press("Keep the answers")
    ann.sees("Your answers are kept.")
    with ann.page.expect_download() as download:
        ann.page.get_by_role("link", name="Word").click()
    assert download.value.suggested_filename.endswith(".docx")

"""An officer has a registered analysis worked out, reads what was found, and shows it to schools; a
head reads it on her phone.

"Nobody can attribute outcomes to clusters without a full value-added analysis" (Excellence Clusters
7.7): the sentence comes first, with its interval, and everything that speaks against it beside it.
"""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from playwright.sync_api import expect

from clusterwork.evaluation.models import Analysis, Run
from clusterwork.evaluation.services.registering import register
from clusterwork.evaluation.tests.made import MadeWorld, made_world
from clusterwork.evaluation.tests.made_studies import looked, planned
from tests.journeys.people import a_person
from tests.journeys.visitor import PASSWORD

pytestmark = pytest.mark.browser

HEAD = "heledd@lincs.example"
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def world(transactional_db) -> MadeWorld:
    """Six clusters that started in different years, whose reading rose."""
    made = made_world(n_clusters=6, pool=70, effect=2.0)
    made.organisation.colour = "#1d70b8"
    made.organisation.save()
    made.officer.password = make_password(PASSWORD, hasher="scrypt")
    made.officer.save()
    a_person(HEAD, "Heledd", "headteacher", school=made.schools[0])
    return made


@pytest.fixture
def analysis(world) -> Analysis:
    """Planned, looked at and registered, with other choices said beforehand."""
    begun = planned(world)
    Analysis.objects.filter(pk=begun.pk).update(alternatives=["one", "without_before", "yearly"])
    begun.refresh_from_db()
    looked(begun, world)
    register(person=world.officer, day=timezone.localdate(), now=timezone.now(), pk=begun.pk)
    return begun


def test_a_result_is_worked_out_shown_and_read_on_a_phone(world, analysis, visit):
    visitor = visit()
    visitor.sign_in(world.officer.email)
    visitor.follow("Studies")
    visitor.sees("One study that you can open")
    visitor.look("studies")
    visitor.follow(analysis.study.title)
    visitor.look("study")
    name_the_evaluator(visitor, world)

    visitor.open(f"/studies/analyses/{analysis.pk}/result/")
    assert visitor.heading == "There is no result yet"
    visitor.look("result-none")
    visitor.press("Work out the result")
    visitor.sees("You can leave this page")
    expect(visitor.page.locator("h1")).to_contain_text("Since the start", timeout=120_000)
    visitor.sees("95% interval")
    visitor.sees("What speaks for it, and what against")
    visitor.sees("Change of each cluster")
    visitor.look("result")
    visitor.press("Show the result to the programme’s schools")
    visitor.sees("The result is shown to the schools of the programme.")
    visitor.follow("Read every choice in the method note")
    visitor.sees("What was set down before the result")
    visitor.look("result-method")
    visitor.press("Sign out")

    read_by_the_head(visitor, analysis)


def name_the_evaluator(visitor, world):
    a_person("eira@lincs.example", "Eira", "evaluator", organisation=world.organisation)
    visitor.follow("Name somebody")
    visitor.fill("E-mail address with which they sign in", "nobody@lincs.example")
    visitor.press("Name them")
    visitor.sees("Nobody signs in with this address")
    visitor.look("study-person")
    visitor.fill("E-mail address with which they sign in", "eira@lincs.example")
    visitor.press("Name them")
    visitor.sees("They are named on the study: Eira.")


def read_by_the_head(visitor, analysis):
    visitor.page.set_viewport_size(PHONE)
    visitor.sign_in(HEAD)
    visitor.open("/studies/")
    visitor.follow(analysis.study.title)
    visitor.sees(re.compile("Since the start"))
    visitor.follow(str(analysis.measure))
    expect(visitor.page.locator("h1")).to_contain_text("Since the start")
    expect(visitor.page.locator("main")).not_to_contain_text("Change of each cluster")
    expect(visitor.page.locator("main")).not_to_contain_text("The frozen table")
    visitor.look("result-head")
    answer = visitor.page.request.get(f"{visitor.house}/studies/analyses/{analysis.pk}/table.csv")
    assert answer.status == 403


def test_a_run_is_watched_without_script_and_stopped(world, analysis, visit):
    run = Run.objects.create(
        analysis=analysis,
        registration=analysis.registrations.get(),
        kind=Run.Kind.RESULT,
        plan=analysis.registrations.get().plan,
        state=Run.State.WORKING,
        asked_at=timezone.now(),
        started_at=timezone.now(),
        step="alternatives",
        done=2,
        of=3,
    )
    visitor = visit(script=False)
    visitor.sign_in(world.officer.email)
    visitor.open(f"/studies/runs/{run.pk}/")
    visitor.sees("Run the other choices, said beforehand: 2 of 3.")
    visitor.follow("See how it stands now")
    visitor.press("Stop the work")
    visitor.sees("The work was stopped before it was done.")
    watched = visit()
    run.pk = None
    run.save(force_insert=True)
    watched.sign_in(world.officer.email)
    watched.open(f"/studies/runs/{run.pk}/")
    watched.look("run")
    watched.press("Stop the work")
    watched.sees("The work was stopped before it was done.")
    watched.look("run-stopped")

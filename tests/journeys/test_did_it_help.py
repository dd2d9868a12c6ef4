"""Did it help? An officer plans an analysis, sees what it could show at all, and registers it
before anybody has seen a result (Excellence Clusters 7.7: too few reached to be seen).
"""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import expect

from clusterwork.evaluation.models import Analysis
from clusterwork.evaluation.tests.made import MadeWorld, made_world
from tests.journeys.visitor import PASSWORD

pytestmark = pytest.mark.browser

QUESTION = "Did pupils read better at age 11 after their schools worked as a cluster?"


@pytest.fixture
def world(transactional_db) -> MadeWorld:
    """Six clusters with starts in different years, and sixty schools in none."""
    made = made_world(n_clusters=6, effect=2.0)
    made.organisation.is_welsh = True
    made.organisation.save()
    made.officer.password = make_password(PASSWORD, hasher="scrypt")
    made.officer.save()
    return made


def a_study_is_started(officer, world: MadeWorld) -> None:
    officer.open(f"/programmes/{world.programme.pk}/studies/")
    officer.follow("Start a study")
    officer.look("study-new")
    officer.choose("Programme", str(world.programme))
    officer.fill("Title of the study", "Did reading get better?")
    officer.fill("What do you want to know?", QUESTION)
    officer.press("Continue")
    officer.sees("Next: say which results should have changed")
    officer.look("analysis-begun")


def the_results_are_chosen(officer) -> None:
    officer.follow("Choose the results")
    officer.look("analysis-outcome")
    officer.press("Continue")
    officer.sees("All years with figures are filled in.")
    officer.look("analysis-years")
    officer.press("Save and continue")
    officer.sees("Next: say whom the work reaches")


def it_is_said_whom_it_reaches(officer, share: str) -> None:
    officer.follow("Design: whom it reaches, and what you hope for")
    officer.fill("How many of these pupils does the work reach?", share)
    officer.fill("How much do you hope that their results become better?", "3")
    officer.press("Save and continue")
    officer.sees("From the question to the result")


def what_could_be_seen_is_looked_at(officer, name: str) -> None:
    officer.follow("What could be seen")
    officer.press("Look a")  # at what could be seen, or again
    officer.page.wait_for_url(re.compile("/power"), timeout=90_000)
    officer.sees("Share of these pupils whom the work reaches", seconds=60)
    officer.look(name)


def it_is_registered(officer) -> None:
    officer.follow("Check your answers")
    officer.sees("Once registered, this stands beside the result for good.")
    officer.look("analysis-check")
    officer.press("Register this analysis")
    officer.sees("What happens next")
    officer.look("analysis-registered")
    officer.follow("What is registered")
    officer.sees("Next: have the result worked out.")
    officer.look("analysis")


def it_is_changed_openly(officer) -> None:
    officer.follow("Change something")
    officer.look("analysis-change")
    officer.press("Change the plan")
    officer.sees("You are changing what was registered.")
    officer.follow("Comparison: other choices, said beforehand")
    officer.tick("One comparison group for each cluster")
    officer.press("Save and continue")
    officer.look("analysis-changing")
    officer.follow("Check your answers")
    officer.press("Register the change")
    officer.sees("Write in a sentence why it is changed.")
    officer.fill("Why is the analysis changed?", "A colleague asked for it.")
    officer.press("Register the change")
    officer.sees("What happens next")
    officer.follow("What is registered")
    officer.sees("A colleague asked for it.")
    officer.look("analysis-versions")


def test_did_it_help(visit, world) -> None:
    officer = visit()
    officer.sign_in(world.officer.email)
    a_study_is_started(officer, world)
    the_results_are_chosen(officer)
    officer.follow("Say whom it reaches")
    officer.look("analysis-reach")
    it_is_said_whom_it_reaches_first(officer)
    what_could_be_seen_is_looked_at(officer, "analysis-power-few")
    officer.sees("This study would most likely miss what there is to see.")
    officer.follow("Back to the plan")
    it_is_said_whom_it_reaches(officer, "100")
    what_could_be_seen_is_looked_at(officer, "analysis-power")
    officer.follow("Back to the plan")
    officer.follow("Comparison")
    officer.sees("How alike both sides were before the start")
    officer.look("analysis-comparison")
    officer.follow("Leave it as it is")
    officer.follow("Comparison: other choices, said beforehand")
    officer.tick("Ten comparison groups for each cluster")
    officer.look("analysis-alternatives")
    officer.tick("Ten comparison groups for each cluster")
    officer.press("Save and continue")
    it_is_registered(officer)
    it_is_changed_openly(officer)
    analysis = Analysis.objects.get()
    officer.press("Work out the result")
    expect(officer.page.locator("h1")).to_contain_text("Since the start", timeout=120_000)
    assert [each.changed for each in analysis.registrations.all()] == [[], ["alternatives"]]


def it_is_said_whom_it_reaches_first(officer) -> None:
    """Five pupils of a hundred, and what is hoped for them."""
    officer.fill("How many of these pupils does the work reach?", "5")
    officer.fill("How much do you hope that their results become better?", "3")
    officer.press("Save and continue")

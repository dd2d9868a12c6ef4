"""Who has a letter when a plan is sent, and bodies in which nobody could get one."""

from __future__ import annotations

import pytest
from django.urls import reverse

from clusterwork.plans.tests.made_reviews import Reviewing
from clusterwork.web.clusters.tests.conftest import client_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Reviewing:
    made = Reviewing()
    made.ask_all()
    made.join()
    return made


def sent(world: Reviewing) -> str:
    """What the page says once the plan is sent."""
    address = reverse("plan_send", args=[world.plan.pk])
    return words_of(client_of(world.head).post(address, {"note": ""}, follow=True))


class TestSending:
    def test_names_who_has_a_letter(self, world):
        words = sent(world)
        assert "The plan is sent. These have a letter: Programme officers:" in words
        assert "Nobody could be written to" not in words

    def test_says_when_nobody_could_be_written_to(self, world):
        world.body("Directors")
        words = sent(world)
        assert "have a letter" not in words
        assert "signs in for: Directors." in words


class TestNamingABody:
    def test_warns_while_nobody_is_in_it(self, world):
        page = client_of(world.officer)
        address = reverse("programme_reviewing", args=[world.programme.pk])
        world.body("Heads", 1, world.head)
        assert "nobody gets a letter" not in words_of(page.get(address))
        world.body("Directors")
        assert "nobody gets a letter here, until somebody in it signs in: Directors." in words_of(
            page.get(address)
        )

    def test_counts_the_schools_of_writers_as_asked_on_the_page(self, world):
        address = reverse("plan_send", args=[world.plan.pk])
        assert "Wrote or sends the plan" in words_of(client_of(world.head).get(address))

"""The day by which a returned plan is to be answered, on the pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.plans.models import Review
from clusterwork.plans.tests.made_reviews import Reviewing
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.formats import day as in_words
from clusterwork.web.navigation import Viewer
from clusterwork.web.plans.review.tasks import review_tasks
from clusterwork.web.plans.writing.stage import by_when

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Reviewing:
    made = Reviewing()
    made.ask_all()
    return made


def soon(days: int = 14) -> dt.date:
    return timezone.localdate() + dt.timedelta(days)


def posted(world: Reviewing, review: Review, by: str):
    sent = {"verdict": "return", "reasons": "Say who owns what.", "answer_by": by}
    return client_of(world.officer).post(
        reverse("review_verdict", args=[review.pk]), sent, follow=True
    )


class TestTheDayToAnswer:
    def test_stands_on_the_reviewers_and_the_plans_pages(self, world):
        (review,) = world.send()
        assert f"To be answered by: {in_words(soon())}" in words_of(
            posted(world, review, soon().isoformat())
        )
        cluster = client_of(world.head)
        for name in ("plan_said", "plan"):
            answer = cluster.get(reverse(name, args=[world.plan.pk]))
            assert f"It is to be answered by {in_words(soon())}." in words_of(answer)

    def test_that_has_come_is_refused_beside_the_day_and_the_reasons_stay(self, world):
        (review,) = world.send()
        answer = posted(world, review, soon(0).isoformat())
        words = words_of(answer)
        assert "The plan cannot be answered by" in words
        assert "Give a later day, or none." in words
        assert "Say who owns what." in answer.content.decode()
        assert 'id="id_answer_by-error"' in answer.content.decode()

    def test_may_stay_empty(self, world):
        (review,) = world.send()
        assert "Returned" in words_of(posted(world, review, ""))

    def test_is_the_tasks_of_the_clusters_writers_and_says_when_it_has_passed(self, world):
        (review,) = world.send()
        posted(world, review, soon().isoformat())
        (task,) = tasks_of(world.head)
        assert (task.by, str(task.status)) == (soon(), "Returned")
        Review.objects.filter(pk=review.pk).update(answer_by=soon(-1))
        (task,) = tasks_of(world.head)
        assert (task.by, str(task.status)) == (soon(-1), "Its day has passed")

    def test_is_kept_until_it_has_gone(self):
        day = dt.date(2027, 1, 9)
        assert by_when(day, day) == "It is to be answered by 9 January 2027."
        assert "that day has passed" in by_when(day, day + dt.timedelta(1))
        assert by_when(None, day) == ""


def tasks_of(person: Person):
    return [each for each in review_tasks(Viewer.of(person)) if each.by]

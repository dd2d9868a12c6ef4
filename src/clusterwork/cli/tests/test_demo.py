"""What `clusterwork demo` fills a database with: once, whole, and open to its own people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from clusterwork.accounts.models import Person
from clusterwork.cli.demo.days import Days, moment
from clusterwork.cli.demo.people import PASSWORD
from clusterwork.cli.demo.region import fill
from clusterwork.clusters.models import (
    AgreementVersion,
    Cluster,
    ClusterGroup,
    Decision,
    VotingRule,
)
from clusterwork.clusters.selectors.new_heads import new_heads_for
from clusterwork.clusters.selectors.signing import signing_of
from clusterwork.evaluation.models import Analysis, Run
from clusterwork.measures.models import Figure, Release
from clusterwork.plans.models import Choosing, NeedsStatement, Plan, Ranking, Review, ReviewComment
from clusterwork.plans.rules.parts import SECTIONS
from clusterwork.plans.selectors.plans import whole_plan

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
EVERYBODY = (
    "officer", "finance", "adviser", "head", "governor", "coordinator", "head2", "head3", "head4",
    "head5", "head6", "newhead", "reviewer", "coordinator2", "chair2", "late",
)  # fmt: skip


@dataclass(frozen=True)
class Demo:
    """The filled database, and what the two starts said."""

    first: list[str]
    again: list[str]
    before: dict[str, int]
    after: dict[str, int]

    def person(self, name: str) -> Person:
        return Person.objects.get(email=f"{name}@991.example")

    def cluster(self, name: str) -> Cluster:
        return Cluster.objects.get(working_name=f"{name} Cluster")


def counted() -> dict[str, int]:
    """How many rows each of our tables holds."""
    return {
        str(model._meta.label): model._default_manager.count()
        for model in apps.get_models()
        if model.__module__.startswith("clusterwork.")
    }


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Demo]:
    """Filled twice, and rolled back after the last test."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            first = list(fill(None, []))
            before = counted()
            yield Demo(first, list(fill(None, [])), before, counted())
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def one_step(settings: Any) -> None:
    """As in the demonstration, a password is enough."""
    settings.SECOND_FACTOR_REQUIRED = False


def opened(demo: Demo, name: str, page: str, *args: object, language: str = "en-gb") -> str:
    """The page as this person sees it, who is signed in."""
    client = Client()
    client.force_login(demo.person(name), backend=BACKEND)
    with translation.override(language):
        answer = client.get(reverse(page, args=args))
    assert answer.status_code == 200, (name, page, answer.status_code)
    return answer.content.decode()


class TestASecondStart:
    def test_says_the_same_and_changes_nothing(self, demo: Demo) -> None:
        assert demo.again == demo.first
        assert demo.after == demo.before

    def test_names_everybody_with_the_password(self, demo: Demo) -> None:
        said = "\n".join(demo.first)
        assert PASSWORD in said
        assert [name for name in EVERYBODY if f" {name}@991.example " not in said] == []
        assert Person.objects.count() == len(EVERYBODY)
        assert all(each.check_password(PASSWORD) for each in Person.objects.all()[:2])


class TestAgreements:
    def test_two_are_in_force_and_one_waits_for_one_school(self, demo: Demo) -> None:
        found = AgreementVersion.objects.values_list("agreement__cluster", "state")
        first, second = demo.cluster("Wickertoft"), demo.cluster("Bracklewell")
        assert sorted(found) == sorted(
            [(first.pk, "in_force")] * 2 + [(second.pk, "signing"), (second.pk, "draft")]
        )
        waits = AgreementVersion.objects.get(state="signing")
        missing = [each for each in signing_of(waits, timezone.localdate()) if not each.has_signed]
        late = demo.person("late").roles.get().school
        assert [each.school for each in missing] == [late]

    def test_are_read_in_both_languages(self, demo: Demo) -> None:
        version = AgreementVersion.objects.filter(state="in_force")[0]
        for language, said in (("en-gb", "Two Rivers Cluster"), ("cy", "Clwstwr y Ddwy Afon")):
            assert said in opened(demo, "governor", "agreement", version.pk, language=language)

    def test_the_late_head_can_sign(self, demo: Demo) -> None:
        version = AgreementVersion.objects.get(state="signing")
        assert "/sign/" in opened(demo, "late", "agreement", version.pk)


class TestDecisions:
    def test_one_is_open_and_one_was_agreed_against_an_objection(self, demo: Demo) -> None:
        first = demo.cluster("Wickertoft")
        assert Decision.objects.filter(cluster=first, state="open").count() == 1
        taken = Decision.objects.get(cluster=first, state="agreed", about="other")
        assert taken.votes.filter(answer="object").count() == 1 and taken.shared_at
        assert VotingRule.objects.filter(cluster=first).count() == 1
        assert ClusterGroup.objects.filter(cluster=first, level="governing").count() == 1
        said = opened(demo, "head2", "cluster_decisions", first.pk)
        assert taken.title in said

    def test_the_new_head_has_to_answer(self, demo: Demo) -> None:
        new = demo.person("newhead")
        (found,) = new_heads_for(new, timezone.localdate())
        assert found.is_open
        keys = found.cluster.pk, found.headship.pk
        said = opened(demo, "newhead", "new_head", *keys, language="cy")
        assert "Clwstwr y Ddwy Afon" in said


class TestFigures:
    def test_cover_five_years_and_some_schools_release_theirs(self, demo: Demo) -> None:
        days = Days(timezone.localdate())
        years = {on.year for on in Figure.objects.values_list("on", flat=True)}
        assert years == set(range(days.year - 5, days.year))
        assert Release.objects.filter(agreement__isnull=False).count() == 4
        own = demo.person("head").roles.get().school
        assert own is not None
        opened(demo, "head", "school_figures", own.pk)
        opened(demo, "head6", "cluster_figures", demo.cluster("Wickertoft").pk)
        opened(demo, "officer", "measures")


class TestTheStudy:
    def test_was_registered_before_its_result_and_is_shown_to_schools(self, demo: Demo) -> None:
        analysis = Analysis.objects.get()
        result = analysis.runs.get(kind=Run.Kind.RESULT)
        assert result.state == Run.State.DONE, result.trouble
        assert analysis.registrations.get().at <= result.asked_at
        assert (result.found["n_treated"], result.found["method"]) == (2, "randomisation")
        opened(demo, "officer", "analysis", analysis.pk)
        opened(demo, "head", "analysis_result", analysis.pk)


class TestNeedsAndChoosing:
    def test_what_schools_said_is_ranked_and_chosen(self, demo: Demo) -> None:
        first = demo.cluster("Wickertoft")
        choosing = Choosing.objects.get(cluster=first)
        assert choosing.state == "decided"
        ranked = Ranking.objects.filter(candidate__choosing=choosing)
        assert ranked.values("school").distinct().count() == 6
        days = Days(timezone.localdate())
        assert NeedsStatement.objects.filter(year=days.year, state="sent").count() == 8
        opened(demo, "coordinator", "cluster_needs", first.pk)
        opened(demo, "head5", "choosing", choosing.pk)


class TestPlans:
    def test_one_is_approved_with_parts_of_every_kind(self, demo: Demo) -> None:
        plan = Plan.objects.get(cluster=demo.cluster("Wickertoft"))
        assert plan.state == "approved"
        whole = whole_plan(plan)
        assert [name for name in SECTIONS if not getattr(whole, name)] == []
        assert Review.objects.filter(submission__plan=plan, state="approved").count() == 2
        for language in ("en-gb", "cy"):
            said = opened(demo, "coordinator", "plan", plan.pk, language=language)
            assert plan.title in said
        assert plan.title in opened(demo, "governor", "plan_paper", plan.pk, "governors")

    def test_one_came_back_with_comments_to_answer(self, demo: Demo) -> None:
        plan = Plan.objects.get(cluster=demo.cluster("Bracklewell"))
        assert plan.state == "returned"
        comments = ReviewComment.objects.filter(review__submission__plan=plan, must_answer=True)
        assert comments.count() == 2
        said = opened(demo, "coordinator2", "plan_said", plan.pk)
        assert comments[0].text in said
        review = Review.objects.get(submission__plan=plan, state="returned")
        assert plan.title in opened(demo, "reviewer", "review", review.pk)


class TestItsPeople:
    @pytest.mark.parametrize("name", EVERYBODY)
    def test_each_has_a_first_page(self, demo: Demo, name: str) -> None:
        page = opened(demo, name, "home", language="cy" if name == "newhead" else "en-gb")
        assert "/account/logout/" in page


class TestDays:
    @pytest.mark.parametrize("day", ["2026-09-01", "2026-09-30", "2027-02-28", "2028-08-31"])
    def test_none_lies_outside_the_school_year_that_is_told(self, day: str) -> None:
        days = Days(dt.date.fromisoformat(day))
        assert days.start_on <= days.lately(200) <= days.lately(3) <= days.today < days.end_on
        assert days.within(0) == days.start_on and days.within(24) == days.end_on
        assert days.year == days.start_on.year + 1

    def test_no_moment_lies_ahead(self) -> None:
        assert moment(timezone.localdate()) <= timezone.now()

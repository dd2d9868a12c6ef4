"""A new head arrives: she finds agreement, plan and her school's part on one page, and answers.

New heads are not "wedded" to what others agreed before them (Excellence Clusters 2.1). The
headship changes; the house writes to her; her page shows what there is; that she has not answered
shows to the cluster and to the authority, what she writes only to the cluster.
"""

from __future__ import annotations

import datetime as dt

import pytest

from clusterwork.accounts.models import Role
from clusterwork.clusters.services.deciding import close_decision, propose_decision, vote
from clusterwork.clusters.services.headships import HeadshipFacts, begin_headship
from clusterwork.clusters.tasks import ask_heads
from clusterwork.plans.models import Action, Plan, Priority
from tests.journeys.deciders import Deciders, after, six_schools
from tests.journeys.people import a_person
from tests.journeys.post import Post

pytestmark = pytest.mark.browser


@pytest.fixture
def wolds(transactional_db) -> Deciders:
    """The six, with an approved plan and a decision that they took together."""
    found = six_schools()
    a_plan(found)
    decision = propose_decision(
        person=found.heads[0],
        day=after(0),
        cluster_pk=found.cluster.pk,
        title="A joint reading week",
        text="All six read in the second week of March.",
        school=found.schools[0],
        link_for=lambda pk, language: f"/clusters/decisions/{pk}/",
    )
    for head, school in zip(found.heads, found.schools, strict=True):
        vote(
            person=head,
            day=after(0),
            pk=decision.pk,
            school_pk=school.pk,
            answer="agree",
            link_for=lambda pk, language: f"/clusters/decisions/{pk}/",
        )
    close_decision(
        person=found.heads[0],
        day=after(0),
        pk=decision.pk,
        link_for=lambda pk, language: f"/clusters/decisions/{pk}/",
    )
    return found


def a_plan(found: Deciders) -> None:
    """Approved, with two priorities and an action in which the second school takes part."""
    plan = Plan.objects.create(
        cluster=found.cluster,
        title="Plan of the South Wolds",
        summary="Reading first, then attendance.",
        start_on=after(-100),
        end_on=after(265),
        state=Plan.State.DRAFT,
        started_by=found.heads[0],
    )
    for title in ("Reading for pleasure", "Attendance"):
        Priority.objects.create(plan=plan, title=title, tie="local", local_reason="We all need it.")
    action = Action.objects.create(
        plan=plan,
        title="Reading mentors in every school",
        start_on=after(-60),
        end_on=after(120),
        owner_school=found.schools[1],
    )
    action.schools.set(found.schools)
    plan.state, plan.approved_on = Plan.State.APPROVED, after(-90)
    plan.save()


def nia_comes(wolds: Deciders) -> None:
    """Bethan has headed the second school since 2015; Nia follows her."""
    who, school = {"person": wolds.officer, "day": after(0)}, [wolds.schools[1]]
    bethan = HeadshipFacts("substantive", dt.date(2015, 9, 1), email="bethan@wolder.example")
    begin_headship(**who, schools=school, facts=bethan)
    Role.objects.filter(person=wolds.heads[1]).update(end_on=after(-3))
    a_person("nia@wolder.example", "Nia Newydd", "headteacher", school=wolds.schools[1])
    nia = HeadshipFacts("substantive", after(-3), email="nia@wolder.example")
    begin_headship(**who, schools=school, facts=nia)
    ask_heads(0)


def she_finds_it_all_on_one_page(nia, post: Post, wolds: Deciders) -> None:
    nia.open("/")
    nia.sees("Read what was agreed before you came")
    nia.look("home-new-head")
    nia.open(post.link_to("nia@wolder.example", "What your cluster has agreed"))
    nia.sees("Reading mentors in every school")
    nia.sees("A joint reading week")
    nia.look("new-head")
    nia.tick("I have comments")
    nia.press("Tell the cluster")
    nia.sees("Write your comments, or what is to be reopened.")


def it_shows_as_unanswered(officer, wolds: Deciders) -> None:
    officer.open(f"/clusters/{wolds.cluster.pk}/decisions")
    officer.sees("Nia Newydd")
    officer.sees("Not answered")
    officer.look("new-heads-officer")


def she_answers(nia, ann, officer, wolds: Deciders) -> None:
    nia.fill("Your comments, or what is to be reopened", "Our share of the post is not settled.")
    nia.press("Tell the cluster")
    nia.sees("You have answered: I have comments.")
    ann.open(f"/clusters/{wolds.cluster.pk}/decisions")
    ann.sees("Our share of the post is not settled.")
    ann.look("new-heads-cluster")
    officer.open(f"/clusters/{wolds.cluster.pk}/decisions")
    officer.sees("Answered")
    assert "not settled" not in officer.page.locator("main").inner_text()


def test_a_new_head_arrives(visit, house, wolds, tmp_path_factory) -> None:
    """She is written to, reads one page, and answers; the officer sees only that she did."""
    nia_comes(wolds)
    post = Post(max(tmp_path_factory.getbasetemp().glob("house*")) / "mail")
    nia, ann, officer = visit(), visit(), visit()
    nia.sign_in("nia@wolder.example")
    ann.sign_in("ann@wolder.example")
    officer.sign_in("olwen@wolder.example")
    it_shows_as_unanswered(officer, wolds)
    she_finds_it_all_on_one_page(nia, post, wolds)
    she_answers(nia, ann, officer, wolds)

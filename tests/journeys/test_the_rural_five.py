"""The rural five: from what each school needs to priorities that all have ranked and agreed.

Clusters of small rural schools "agreed a business plan and a memorandum before money moved"
(Small rural schools); elsewhere two people write the plan and the rest feel left out (EAS 4.2.1),
and what matters most is "not visible in performance data but valued" (EAS 4.1.4). Here five heads
say what they need, partly by keeping last year's words, see who is strong in it, rank what was
proposed, and decide by their own rule.
"""

from __future__ import annotations

import re

import pytest

from clusterwork.clusters.models import Decision
from clusterwork.plans.models import Choosing, NeedsStatement, Reuse
from clusterwork.plans.selectors.choosing import chosen_candidates
from tests.journeys import the_plan
from tests.journeys.post import Post
from tests.journeys.the_five import LAST_YEAR, Five, after, five_schools

pytestmark = pytest.mark.browser

SAID = (
    (),
    (("priority", "literacy", "Spelling in every class"), ("strength", "numeracy", "Times tables")),
    (("priority", "numeracy", "Reasoning"), ("strength", "literacy", "Our phonics scheme")),
    (("priority", "attendance", "Fridays"), ("context", "needs", "A resource base for autism")),
)
READING, REASONING, FRIDAYS = LAST_YEAR[0][2], "Reasoning", "Fridays"
TOLD = "They like the paired reading with the big ones."
TOGETHER = "One subject leader for all five schools"


@pytest.fixture
def five(transactional_db) -> Five:
    return five_schools()


@pytest.fixture
def house_post(house, tmp_path_factory) -> Post:
    return Post(max(tmp_path_factory.getbasetemp().glob("house*")) / "mail")


def signed_in(visit, email: str, **told):
    visitor = visit(**told)
    visitor.sign_in(email)
    return visitor


def press_beside(visitor, line: str, text: str) -> None:
    """The button that stands with this line."""
    visitor.page.locator("main li", has_text=line).get_by_role("button", name=text).click()


def needs_page(five: Five, number: int) -> str:
    return f"/schools/{five.schools[number].pk}/needs/{five.year}/"


def the_schools_are_asked(cora, five: Five) -> None:
    cora.open(f"/clusters/{five.cluster.pk}/needs/")
    cora.sees("0 of 5 have answered")
    cora.look("needs-asked")
    cora.follow("Ask the schools what they need")
    cora.fill("Answers until", after(-1).isoformat())
    cora.press("Ask the schools", within="main form")
    cora.sees("The last day for answers has gone.")
    cora.look("needs-ask")
    cora.fill("Answers until", after(14).isoformat())
    cora.press("Ask the schools", within="main form")
    cora.sees("The schools are asked.")


def one_keeps_last_years_words(ann, post: Post, five: Five) -> None:
    ann.open(post.link_to("ann@wolder.example", "Say what your school needs"))
    ann.sees(READING)
    ann.look("needs-offered")
    press_beside(ann, READING, "Keep")
    ann.sees("1 of 1 lines is kept from an earlier year.")
    ann.follow("Add what you were told")
    ann.fill("In your words", TOLD)
    ann.press("Save the line")
    ann.sees("Choose who told you.")
    ann.look("needs-line")
    ann.fill("In your words", TOLD)
    ann.tick("Pupils")
    ann.press("Save the line")
    ann.sees("a draft of 2 lines, not sent yet")
    ann.look("needs-draft")
    ann.press("Send to the cluster")
    ann.sees("The schools of your cluster see it now.")


def the_others_say_theirs(visit, five: Five) -> None:
    for number in (1, 2, 3):
        head = signed_in(visit, five.heads[number].email, width=360)
        head.open("/")
        head.follow("Say what your school needs")
        for kind, area, text in SAID[number]:
            head.open(f"{needs_page(five, number)}add?kind={kind}")
            head.fill("In your words", text)
            head.page.locator("select[name=area]").select_option(area)
            head.press("Save the line")
        head.press("Send to the cluster")
        head.sees("sent to the cluster on")


def one_has_nothing_to_add_and_no_script(visit, five: Five) -> None:
    elin = signed_in(visit, "elin@wolder.example", script=False, width=320)
    elin.open(needs_page(five, 4))
    elin.press("Send: nothing to add")
    elin.sees("the school has nothing to add")


def strengths_lie_beside_needs(ann, five: Five) -> None:
    ann.open(f"/clusters/{five.cluster.pk}/needs/")
    ann.sees("5 of 5 have answered")
    ann.follow("Needs and strengths")
    ann.sees("A strength can meet a need")
    ann.sees("A resource base for autism")
    ann.look("needs-matrix")
    ann.follow("Profile")
    ann.sees("Who is compared")
    ann.look("needs-profile")


def the_officer_sees_only_who_answered(visit, five: Five) -> None:
    olwen = signed_in(visit, "olwen@wolder.example")
    olwen.open(f"/clusters/{five.cluster.pk}/needs/")
    olwen.sees("5 of 5 have answered")
    assert READING not in olwen.page.content()
    olwen.open(f"/clusters/{five.cluster.pk}/needs/matrix")
    olwen.sees("This is private to the cluster.")
    olwen.was_refused(403)


def priorities_are_proposed(cora, ann, visit, five: Five) -> None:
    cora.open(f"/clusters/{five.cluster.pk}/choosing/")
    cora.look("choosing-empty")
    cora.follow("Start choosing priorities")
    cora.look("choosing-start")
    cora.press("Let schools propose")
    cora.sees("Every school of the cluster can propose priorities now.")
    choosing = Choosing.objects.get()
    ann.open(f"/clusters/choosing/{choosing.pk}/")
    press_beside(ann, READING, "Propose this")
    ann.sees("It is proposed in the words of your statement")
    ann.look("choosing-proposing")
    for number, text in ((2, REASONING), (3, FRIDAYS)):
        head = signed_in(visit, five.heads[number].email)
        head.open(f"/clusters/choosing/{choosing.pk}/")
        press_beside(head, text, "Propose this")
    cora.open(f"/clusters/choosing/{choosing.pk}/")
    cora.follow("Propose a priority")
    cora.fill("Priority", TOGETHER)
    cora.press("Propose it to the cluster")
    cora.sees("Choose at least one school, or every school.")
    cora.look("choosing-propose")
    cora.fill("Priority", TOGETHER)
    cora.tick("It serves every school of the cluster")
    cora.press("Propose it to the cluster")
    cora.sees("4 proposed priorities")
    cora.follow("Ask the schools to rank")
    cora.look("choosing-ask")
    cora.press("Ask the schools to rank")
    cora.sees("The schools are asked to rank.")


def places(head, choosing: Choosing, *titles: str) -> None:
    """Gives these the first places."""
    for place, title in enumerate(titles, 1):
        pk = choosing.candidates.get(title=title).pk
        head.page.locator(f"select[name=place_{pk}]").select_option(str(place))


def all_rank(visit, post: Post, five: Five) -> None:
    choosing = Choosing.objects.get()
    orders = (
        (READING, TOGETHER, REASONING, FRIDAYS),
        (READING, TOGETHER),
        (TOGETHER, REASONING, READING, FRIDAYS),
        (FRIDAYS, TOGETHER),
        (TOGETHER,),
    )
    for number, order in enumerate(orders):
        head = signed_in(visit, five.heads[number].email, script=number != 4, width=360)
        head.open(post.link_to(five.heads[number].email, "Rank what was proposed"))
        head.follow("Rank for:")
        if number == 0:
            first, second = (choosing.candidates.get(title=each).pk for each in order[:2])
            for pk in (first, second):
                head.page.locator(f"select[name=place_{pk}]").select_option("1")
            head.press("Keep this ranking")
            head.sees("Two priorities have the same place: 1.")
            head.look("choosing-rank")
        places(head, choosing, *order)
        head.press("Keep this ranking")
        head.sees("Your school’s ranking is kept.")


def the_result_is_read(cora, five: Five) -> None:
    choosing = Choosing.objects.get()
    cora.open(f"/clusters/choosing/{choosing.pk}/")
    cora.sees("5 of 5 schools have ranked or commented.")
    cora.look("choosing-ranked")
    cora.follow("How the schools ranked")
    cora.sees(f"First by mean place: {TOGETHER}")
    cora.sees(re.compile(r"Agreement \(Kendall’s W\): 0\.\d\d"))
    cora.sees("Every school is served by one of the first 3 at least.")
    cora.look("choosing-result")


def they_decide_by_their_rule(cora, visit, five: Five) -> None:
    choosing = Choosing.objects.get()
    cora.open(f"/clusters/choosing/{choosing.pk}/vote")
    cora.look("choosing-put")
    cora.page.get_by_label(FRIDAYS, exact=True).uncheck()
    cora.page.get_by_label(REASONING, exact=True).uncheck()
    cora.page.get_by_label(READING, exact=True).check()
    cora.press("Put them to the vote")
    cora.sees("The schools are voting on")
    cora.look("choosing-voting")
    decision = Decision.objects.get(about="priorities")
    assert decision.text.splitlines() == [f"1. {TOGETHER}", f"2. {READING}"]
    for number in range(5):
        head = signed_in(visit, five.heads[number].email)
        school = five.schools[number]
        head.open(f"/clusters/decisions/{decision.pk}/vote/{school.pk}")
        head.page.locator("input[name=answer][value=agree]").check()
        head.press("Keep the vote")
    cora.open(f"/clusters/choosing/{choosing.pk}/")
    cora.press("Close the vote and take over the result")
    cora.sees("The priorities are chosen, and ready for the plan.")
    cora.look("choosing-decided")


def what_was_typed_once_counts(five: Five) -> None:
    choosing = Choosing.objects.get()
    chosen = chosen_candidates(five.cluster, choosing.for_start_on)
    assert [each.title for each in chosen] == [TOGETHER, READING]
    assert Reuse.objects.filter(cluster=five.cluster).count() == 1 + 3 * 4
    statement = NeedsStatement.objects.get(school=five.schools[0], year=five.year)
    assert statement.needs.filter(carried_from__isnull=False).count() == 1


def from_needs_to_priorities(visit, house_post: Post, five: Five):
    """All steps up to the decision; returns the coordinator, for whoever goes on from there."""
    cora, ann = signed_in(visit, "cora@wolder.example"), signed_in(visit, "ann@wolder.example")
    the_schools_are_asked(cora, five)
    one_keeps_last_years_words(ann, house_post, five)
    the_others_say_theirs(visit, five)
    one_has_nothing_to_add_and_no_script(visit, five)
    strengths_lie_beside_needs(ann, five)
    the_officer_sees_only_who_answered(visit, five)
    priorities_are_proposed(cora, ann, visit, five)
    all_rank(visit, house_post, five)
    the_result_is_read(cora, five)
    they_decide_by_their_rule(cora, visit, five)
    what_was_typed_once_counts(five)
    return cora


def test_the_rural_five(visit, house_post, five):
    cora = from_needs_to_priorities(visit, house_post, five)
    olwen = signed_in(visit, "olwen@wolder.example")
    plan = the_plan.is_started(cora, five)
    the_plan.has_an_action(cora, plan)
    the_plan.is_sent(cora, plan)
    the_plan.is_returned(olwen, plan)
    the_plan.is_answered_and_sent_again(cora, plan)
    the_plan.is_approved(olwen, plan)
    the_plan.is_read_in_papers(cora, plan)

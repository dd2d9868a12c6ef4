"""A cluster that disagrees: two schools object, it is recorded, amended, and approved.

"Schools with a powerful voice" settle what others then live with (Excellence Clusters 2.1), and
two people write the plan while the rest feel left out (EAS 4.2.1). Here everybody's word stands:
a steering group, a rule of two thirds, a vote that fails, an amendment that answers the
objections, and a meeting to which a school sent somebody who may not decide.
"""

from __future__ import annotations

import pytest

from clusterwork.clusters.models import Decision
from tests.journeys.deciders import Deciders, after, six_schools
from tests.journeys.post import Post

pytestmark = pytest.mark.browser
TITLE = "One teacher of Welsh for all six"


@pytest.fixture
def wolds(transactional_db) -> Deciders:
    return six_schools()


def they_say_how_they_decide(ann, wolds: Deciders) -> None:
    ann.open(f"/clusters/{wolds.cluster.pk}/governance")
    ann.sees("The cluster has set no rule of its own, so the usual one holds.")
    ann.follow("Change the voting rule")
    ann.look("voting-rule")
    ann.choose("When is a proposal agreed?", "At least two thirds of those that agree or object")
    ann.press("Keep the voting rule")
    ann.sees("agreed where at least two thirds of the votes for or against it are for it")
    ann.follow("Start a group")
    ann.fill("Name", "Steering group")
    ann.fill("What is it for?", "Looks after the plan between meetings.")
    ann.press("Start the group")
    ann.sees("Nobody sits in it yet.")
    ann.follow("Add somebody")
    ann.fill("Name", "Ann Head")
    ann.choose("For which school?", str(wolds.schools[0]))
    ann.tick("Chairs the group")
    ann.press("Add to the group")
    ann.sees("chairs the group")
    ann.look("governance")


def one_proposes(bethan, wolds: Deciders) -> None:
    bethan.open(f"/clusters/{wolds.cluster.pk}/decisions")
    bethan.sees("Nothing has been proposed yet.")
    bethan.look("decisions-empty")
    bethan.follow("Propose something")
    bethan.look("propose")
    bethan.fill("Title", TITLE)
    bethan.press("Put it to the schools")
    bethan.sees("Write what is proposed.")
    bethan.fill("What is proposed?", "A joint post from September, paid by all six by pupils.")
    bethan.choose("What is it about?", "Money")
    bethan.press("Put it to the schools")
    bethan.sees("The proposal is open for votes, and every school that has one is told.")


def four_agree_and_two_object(visit, post: Post, wolds: Deciders) -> None:
    words = ("agree", "agree", "object", "object", "agree", "abstain")
    for number, answer in enumerate(words):
        email = wolds.heads[number].email
        head = visit()
        head.sign_in(email)
        if number == 2:
            head.open("/")
            head.sees(f"{TITLE}")
            head.look("home-vote")
        head.open(post.link_to(email, "Your school has a vote"))
        head.follow("Vote")
        if number == 2:
            head.look("vote")
        head.tick({"agree": "We agree", "object": "We object", "abstain": "We abstain"}[answer])
        head.press("Keep the vote")
        if answer == "object":
            head.sees("Write why your school objects.")
            head.fill("Why?", "By pupils we two small schools would pay more an hour than others.")
            head.press("Keep the vote")
        head.sees("Your school’s vote is kept.")


def it_is_not_agreed(ann, bethan, post: Post, wolds: Deciders) -> None:
    decision = Decision.objects.get()
    ann.open(f"/clusters/decisions/{decision.pk}/")
    ann.sees("Schools that have voted: 6 of 6.")
    ann.follow("Close the vote and count")
    ann.look("close")
    ann.press("Count the votes and tell the schools")
    ann.sees("Too few agreed. Agreed: 3, objected: 2.")
    ann.sees("we two small schools would pay more")
    ann.look("decision-not-agreed")
    assert post.link_to("dilys@wolder.example", "Not agreed").endswith(f"/{decision.pk}/")
    bethan.open(f"/clusters/decisions/{decision.pk}/")
    bethan.follow("Propose an amendment")
    bethan.sees("Objections to the earlier proposal")
    bethan.look("amend")
    bethan.fill("What is proposed?", "A joint post from September, paid by hours used.")
    bethan.press("Put it to the schools")
    bethan.sees("The proposal is open for votes")


def a_meeting_decides(ann, wolds: Deciders) -> None:
    """The amended proposal is talked over and put to the meeting, to which five heads come."""
    ann.open(f"/clusters/{wolds.cluster.pk}/decisions/record")
    ann.look("record")
    ann.fill("Title", f"{TITLE}, by hours used")
    ann.fill("What was proposed?", "A joint post from September, paid by hours used.")
    ann.choose("Does it take the place of an earlier proposal?", f"{TITLE} (Open for votes)")
    ann.choose("Which school proposed it?", str(wolds.schools[1]))
    for number, school in enumerate(wolds.schools):
        by = "Somebody who may not decide" if number == 5 else "Its headteacher"
        ann.page.locator(f"[name=s{school.pk}_by]").select_option(label=by)
        ann.page.locator(f"[name=s{school.pk}_answer]").select_option(label="Agrees")
    ann.press("Keep the decision and tell the schools")
    ann.sees("Somebody who may not decide has no vote.")
    last = wolds.schools[5]
    ann.page.locator(f"[name=s{last.pk}_answer]").select_option(label="No vote")
    ann.fill("Last day for later votes", after(7).isoformat())
    ann.press("Keep the decision and tell the schools")
    ann.sees("Schools that have voted: 5 of 6.")


def her_head_votes_later_and_it_is_agreed(visit, ann, wolds: Deciders) -> None:
    decision = Decision.objects.get(state="open")
    ffion = visit()
    ffion.sign_in("ffion@wolder.example")
    ffion.open(f"/clusters/decisions/{decision.pk}/")
    ffion.follow("Vote")
    ffion.tick("We agree")
    ffion.press("Keep the vote")
    ffion.sees("Your school’s vote is kept.")
    ann.open(f"/clusters/decisions/{decision.pk}/close")
    ann.press("Count the votes and tell the schools")
    ann.sees("Enough agreed. Agreed: 6, objected: 0.")
    ann.look("decision-agreed")


def the_authority_sees_what_is_shared(visit, ann, wolds: Deciders) -> None:
    officer = visit()
    officer.sign_in("olwen@wolder.example")
    officer.open(f"/clusters/{wolds.cluster.pk}/decisions")
    officer.sees("The cluster shares 0 decisions with you.")
    decision = Decision.objects.get(state="agreed")
    ann.open(f"/clusters/decisions/{decision.pk}/share")
    ann.look("share")
    ann.press("Share it with the organisation")
    ann.sees("The decision is shared.")
    officer.open(f"/clusters/{wolds.cluster.pk}/decisions")
    officer.sees("by hours used")
    officer.look("decisions-officer")


def test_a_cluster_that_disagrees(visit, house, wolds, tmp_path_factory) -> None:
    """Two object, it is recorded, amended, and approved; the authority sees what is shared."""
    post = Post(max(tmp_path_factory.getbasetemp().glob("house*")) / "mail")
    ann, bethan = visit(), visit()
    ann.sign_in("ann@wolder.example")
    bethan.sign_in("bethan@wolder.example")
    they_say_how_they_decide(ann, wolds)
    one_proposes(bethan, wolds)
    four_agree_and_two_object(visit, post, wolds)
    it_is_not_agreed(ann, bethan, post, wolds)
    a_meeting_decides(ann, wolds)
    her_head_votes_later_and_it_is_agreed(visit, ann, wolds)
    ann.open(f"/clusters/{wolds.cluster.pk}/decisions")
    ann.look("decisions")
    ann.open(f"/clusters/{wolds.cluster.pk}/voice")
    ann.sees("Whose proposals there were")
    ann.look("voice")
    the_authority_sees_what_is_shared(visit, ann, wolds)

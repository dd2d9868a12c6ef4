"""What the officer does once schools have answered: move, reply, hold, propose again, confirm."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone

from clusterwork.clusters.models import Answer, Cluster, Confirmation, Membership, Proposal
from clusterwork.clusters.services.answers import answer_place
from clusterwork.clusters.services.confirming import confirm_formation
from clusterwork.clusters.services.unconfirmed import ConfirmedAlready


def after_the_answers(story: Any) -> None:
    """From twenty answers to clusters that begin."""
    grant_the_first(story)
    refuse_the_second(story)
    drag_a_school(story)
    leave_the_decliner_out(story)
    hold_and_propose_again(story)
    compare(story)
    put_the_next_round(story)
    confirm(story)
    confirm_again(story)
    read_why(story)


def request_of(story: Any, at: int) -> Answer:
    rows = Answer.objects.filter(kind=Answer.Kind.ASK_TO_MOVE, school=story.movers[at])
    return rows.order_by("-number")[0]


def last_proposal(story: Any) -> Proposal:
    return story.formation.proposals.order_by("-number")[0]


def grant_the_first(story: Any) -> None:
    officer, asked = story.officer, request_of(story, 0)
    officer.open(f"/programmes/forming/answers/{asked.pk}/reply")
    officer.sees("Two of the four fields are filled")
    officer.look("answer-reply")
    officer.page.get_by_label("Granted", exact=True).check()
    officer.fill("Your answer", "You are with the schools that your pupils move on with.")
    officer.press("Send this answer to the school")
    officer.sees("the school is written to")
    assert story.post.link_to(story.heads[story.movers[0].pk].email, "An answer")
    officer.open(f"/programmes/proposals/{story.put().proposal_id}/move")
    officer.look("move-school")
    officer.page.get_by_label("Which school?").select_option(value=str(asked.school_id))
    officer.page.get_by_label("To which cluster?").select_option(value=str(asked.wanted.number))
    officer.press("See what it does")
    officer.sees("what the move would do")
    officer.look("move-seen")
    keep(officer)
    officer.sees("Made by hand out of another proposal")
    officer.page.wait_for_selector("[data-idle]")
    officer.look("proposal-by-hand")


def keep(officer: Any) -> None:
    why = officer.page.get_by_label("Why is it to be made all the same?")
    if why.count():
        why.fill("The head asked for it.")
    officer.press("Keep this move")


def refuse_the_second(story: Any) -> None:
    officer, asked = story.officer, request_of(story, 1)
    officer.open(f"/programmes/forming/answers/{asked.pk}/reply")
    officer.page.get_by_label("Not granted", exact=True).check()
    officer.fill("Your answer", "Every other cluster is further from your school.")
    officer.press("Send this answer to the school")
    officer.sees("the school is written to")


def drag_a_school(story: Any) -> None:
    """With a mouse; what the form does without one."""
    officer, made = story.officer, last_proposal(story)
    officer.open(f"/programmes/proposals/{made.pk}/move")
    place = made.places.filter(cluster__isnull=False).select_related("cluster")[0]
    other = made.clusters.exclude(pk=place.cluster_id)[0]
    page, size = officer.page, officer.page.viewport_size
    page.set_viewport_size({"width": 1200, "height": 2400})  # so that nothing scrolls on the way
    target = page.locator(f"[data-to='{other.number}'] h3")
    page.locator(f"[data-school='{place.school_id}']").hover()
    page.mouse.down()
    target.hover()
    target.hover()  # the browser asks where it may be dropped on the second move
    page.mouse.up()
    page.set_viewport_size(size)
    officer.sees("what the move would do")
    assert page.url.endswith(f"?school={place.school_id}&to={other.number}")
    officer.follow("Do not keep it")


def leave_the_decliner_out(story: Any) -> None:
    officer = story.officer
    officer.open(f"/programmes/forming/rounds/{story.put().pk}/")
    officer.press("Close the round")
    officer.sees("The round is closed.")
    officer.open(f"/programmes/proposals/{last_proposal(story).pk}/hold")
    officer.sees(str(story.decliner))
    officer.press("Leave them out")
    officer.sees("One school is left out of the next proposals.")


def hold_and_propose_again(story: Any) -> None:
    officer = story.officer
    officer.open(f"/programmes/proposals/{last_proposal(story).pk}/hold")
    officer.look("hold-and-propose")
    officer.fill("Why?", "Granted to the head.")
    officer.press("Lock these and propose again")
    officer.sees("One decision was added.")
    officer.fill("Seconds at most", "5")
    officer.press("Propose clusters")
    officer.sees(re.compile("clusters? of"), seconds=60)
    officer.sees("In none at its own wish.")
    made = last_proposal(story)
    assert made.base is None
    assert made.places.get(school=story.decliner).cluster is None


def compare(story: Any) -> None:
    story.officer.follow("Compare it with another")
    story.officer.sees("by hand, out of proposal 1")
    story.officer.look("compare-by-hand")


def put_the_next_round(story: Any) -> None:
    officer, made = story.officer, last_proposal(story)
    officer.open(f"/programmes/proposals/{made.pk}/put")
    officer.press("Put the proposal to the schools")
    officer.sees("0 of 19 schools have answered.")
    found = story.put()
    for each in story.schools:
        if each != story.decliner:
            answer_place(
                person=story.heads[each.pk], now=timezone.now(), round_pk=found.pk,
                school_pk=each.pk, kind="accept",
            )  # fmt: skip
    officer.page.reload()
    officer.press("Close the round")
    officer.sees("The round is closed.")


def confirm(story: Any) -> None:
    officer, made = story.officer, last_proposal(story)
    officer.open(f"/programmes/proposals/{made.pk}/")
    officer.follow("Confirm these clusters")
    officer.look("confirm-first-day")
    year = story.formation.programme.starts_on.year
    officer.fill("When do the clusters begin?", f"1/9/{year}")
    officer.press("Continue")
    officer.sees("Check before you confirm")
    officer.look("confirm-check")
    n = made.clusters.count()
    button = re.compile(f"^Confirm {n} clusters from 1 September {year} and tell 19 schools")
    officer.press(button)
    officer.sees(f"{n} clusters begin. First day: 1 September {year}.")
    officer.look("confirmed")
    assert Cluster.objects.count() == n
    assert Membership.objects.count() == 19
    assert story.post.link_to(story.heads[story.movers[0].pk].email, "Your school's cluster")


def confirm_again(story: Any) -> None:
    """The page leads to what was confirmed, and the verb refuses."""
    officer, done = story.officer, Confirmation.objects.get()
    officer.open(f"/programmes/proposals/{done.proposal_id}/confirm")
    officer.sees("Clusters confirmed")
    with pytest.raises(ConfirmedAlready):
        confirm_formation(
            person=story.person, day=timezone.localdate(), pk=done.formation_id,
            proposal_pk=done.proposal_id, start_on=done.start_on,
            link_for=lambda pk, language: f"/{pk}",
        )  # fmt: skip


def read_why(story: Any) -> None:
    officer = story.officer
    officer.follow("Why each school is where it is")
    officer.sees("Its request was granted.")
    officer.sees("Confirmed without it: in no cluster.")
    officer.look("formation-why")

"""What the census of `web.clusters.moving` needs: a function of the world for each word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from clusterwork.clusters.models import Answer, Formation, Look, Proposal, Round
from clusterwork.clusters.services.confirming import confirm_formation
from clusterwork.clusters.services.formations import choose_schools, start_formation
from clusterwork.clusters.services.looking import ask_for_look
from clusterwork.clusters.services.moving import keep_move
from clusterwork.clusters.services.proposals import ask_for_proposal
from clusterwork.clusters.services.running import work_on


def another_proposal(world: Any, name: str) -> Proposal:
    """A proposal in an exercise of its own."""
    formation = start_formation(
        person=world.officer, day=world.today, programme_pk=world.programme.pk, name=name,
        kind=Formation.Kind.NEIGHBOURHOOD,
    )  # fmt: skip
    ids = [school.pk for school in world.schools]
    choose_schools(person=world.officer, day=world.today, pk=formation.pk, school_ids=ids)
    proposal = ask_for_proposal(
        person=world.officer, day=world.today, pk=formation.pk, policy_number=1, seed=1,
        time_limit_s=5,
    )  # fmt: skip
    work_on(proposal.pk)
    proposal.refresh_from_db()
    return proposal


def proposal_by_hand(world: Any) -> Proposal:
    base = another_proposal(world, "Moved by hand")
    return keep_move(
        person=world.officer, day=world.today, pk=base.pk, school_pk=world.school.pk, to=None,
        because="It closes soon.",
    )  # fmt: skip


def confirmed_formation(world: Any) -> Formation:
    proposal = another_proposal(world, "Confirmed")
    confirmation = confirm_formation(
        person=world.officer, day=world.today, pk=proposal.formation_id, proposal_pk=proposal.pk,
        start_on=world.today + dt.timedelta(days=90), link_for=lambda pk, language: f"/{pk}",
    )  # fmt: skip
    return confirmation.formation


def answer_to_move(world: Any) -> Answer:
    """A request of a school's head, in a round of an exercise of its own."""
    proposal = another_proposal(world, "Put to schools")
    found = Round.objects.create(
        formation=proposal.formation, number=1, proposal=proposal, closes_on=world.today,
        published_by=world.officer,
    )  # fmt: skip
    place = proposal.places.select_related("cluster").get(school=world.school)
    return Answer.objects.create(
        round=found,
        school=world.school,
        number=1,
        kind=Answer.Kind.ASK_TO_MOVE,
        wanted=proposal.clusters.exclude(pk=place.cluster_id).first(),
        comment="Our pupils go to the same secondary.",
        answered_by=world.people["headteacher"],
    )


def a_look(world: Any) -> Look:
    """A closer look that waits for the worker."""
    return ask_for_look(
        person=world.officer, day=world.today, pk=world.proposal.pk, kind=Look.Kind.LOCKS
    )


MAKERS: dict[str, Callable[[Any], Any]] = {
    "look": a_look,
    "proposal_by_hand": proposal_by_hand,
    "moved_school": lambda world: world.school.pk,
    "confirmed_formation": confirmed_formation,
    "answer_to_move": answer_to_move,
    "round_of_answer": lambda world: world.made("answer_to_move").round,
}

"""What the census of `web.clusters.founding` needs: a function of the world for each word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from clusterwork.accounts.services.answer_links import make_answer_link
from clusterwork.clusters.models import Founding, FoundingSchool
from clusterwork.clusters.services.founding import invite_school, start_founding
from clusterwork.clusters.services.founding_answers import answer_founding
from clusterwork.clusters.services.founding_letters import ANSWER, Links
from clusterwork.clusters.services.recognition import ask_for_recognition
from clusterwork.registry.models import School

LINKS = Links(
    answer=lambda token, language: token,
    founding=lambda pk, language: str(pk),
    cluster=lambda pk, language: str(pk),
)


def asked_by(head: Any, world: Any, founding: Founding) -> dict[str, Any]:
    return {"person": head, "day": world.today, "now": timezone.now(), "pk": founding.pk}


def begun(world: Any, head: Any, school: School, name: str) -> Founding:
    return start_founding(
        person=head,
        day=world.today,
        now=timezone.now(),
        school=school,
        organisation=world.organisation,
        working_name=name,
        purpose="To moderate together.",
    )


def founding(world: Any) -> Founding:
    """Begun by the head's school, whose clerk prepares for her; another school is invited."""
    assert world.delegation.may_prepare
    head = world.people["headteacher"]
    found = begun(world, head, world.school, "The wolds")
    invite_school(**asked_by(head, world, found), school_pk=world.schools[5].pk, links=LINKS)
    return found


def neighbour(world: Any) -> Any:
    """The head of the sixth school."""
    return world.new_person("neighbour", "headteacher", school=world.schools[6])


def founding_elsewhere(world: Any) -> Founding:
    """Begun by another school, which invites the head's."""
    assert world.delegation.may_prepare
    head = world.made("neighbour")
    found = begun(world, head, world.schools[6], "The marsh")
    invite_school(**asked_by(head, world, found), school_pk=world.school.pk, links=LINKS)
    return found


def founding_asked(world: Any) -> Founding:
    """Waits for the officer."""
    head, invited = world.made("neighbour"), world.people["headteacher"]
    found = begun(world, head, world.schools[6], "The fen edge")
    invite_school(**asked_by(head, world, found), school_pk=world.school.pk, links=LINKS)
    answer_founding(
        **asked_by(invited, world, found), school_pk=world.school.pk, reply="joins", seen=1
    )
    return ask_for_recognition(**asked_by(head, world, found), links=LINKS)


def founding_token(world: Any) -> str:
    """The head's link to the invitation from elsewhere."""
    row = FoundingSchool.objects.get(founding=world.made("founding_elsewhere"), school=world.school)
    return make_answer_link(
        purpose=ANSWER, person=world.people["headteacher"], subject=row, now=timezone.now()
    )


MAKERS: dict[str, Callable[[Any], Any]] = {
    "founding": founding,
    "founding_elsewhere": founding_elsewhere,
    "founding_asked": founding_asked,
    "founding_token": founding_token,
    "neighbour": neighbour,
    "invited_school": lambda world: world.schools[5],
}

"""What the census of `web.clusters.consulting` needs: a function of the world for each word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from clusterwork.accounts.models import Role
from clusterwork.clusters.models import Asking, Proposal, Round, Wish
from clusterwork.clusters.selectors.closing import suggested_closing
from clusterwork.clusters.services.asking import Line, answer_asking, open_asking
from clusterwork.clusters.services.proposals import ask_for_proposal
from clusterwork.clusters.services.rounds import publish_round
from clusterwork.clusters.services.running import work_on
from clusterwork.registry.models import Organisation, OrganisationKind, School


def link(token: str, language: str) -> str:
    return token


def closing(world: Any) -> dt.date:
    return suggested_closing(world.organisation, world.today, 3)


def asking(world: Any) -> Asking:
    world.made("delegation")  # so that the staff member always may prepare
    made = open_asking(
        person=world.officer, now=timezone.now(), pk=world.formation.pk,
        closes_on=closing(world), link_for=link,
    )  # fmt: skip
    answer_asking(
        person=world.people["headteacher"],
        now=timezone.now(),
        pk=made.asked.get(school=world.school).pk,
        lines=[Line(Wish.Kind.WISHES, world.schools[3], because="We share a hall.")],
    )
    return made


def wish(world: Any) -> Wish:
    return Wish.objects.get(asked__asking=world.made("asking"))


def unpublished_proposal(world: Any) -> Proposal:
    proposal = ask_for_proposal(
        person=world.officer, day=world.today, pk=world.formation.pk, policy_number=1, seed=2,
        time_limit_s=5,
    )  # fmt: skip
    work_on(proposal.pk)
    proposal.refresh_from_db()
    return proposal


def round_(world: Any) -> Round:
    church_school(world)
    world.made("delegation")
    return publish_round(
        person=world.officer, now=timezone.now(), pk=world.proposal.pk, closes_on=closing(world),
        link_for=link,
    )  # fmt: skip


def church_school(world: Any) -> School:
    """A school of another head, whose diocese has a partner with a sign-in."""
    school: School = world.schools[5]
    diocese, made = Organisation.objects.get_or_create(
        kind=OrganisationKind.DIOCESE, name="Diocese of Wolderland"
    )
    if made:
        School.objects.filter(pk=school.pk).update(diocese="Diocese of Wolderland")
        Role.objects.create(
            person=world.people["partner"],
            kind=Role.Kind.PARTNER,
            organisation=diocese,
            start_on=dt.date(2020, 1, 1),
        )
    return school


MAKERS: dict[str, Callable[[Any], Any]] = {
    "asking": asking,
    "asked": lambda world: world.made("asking").asked.get(school=world.school),
    "wish": wish,
    "unpublished_proposal": unpublished_proposal,
    "round": round_,
    "church_school": church_school,
}

"""The demonstration's second programme: its two clusters, their people, and who reviews plans."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clusterwork.cli.demo.cast import COORDINATOR, NEW_HEAD_SINCE, OTHER_COORDINATOR, Cast
from clusterwork.cli.demo.days import Days
from clusterwork.clusters.models import Appointment, Cluster, Headship, Programme, ProgrammeGroup
from clusterwork.clusters.services.appointing import AppointmentFacts
from clusterwork.clusters.services.appointments import appoint, hand_over
from clusterwork.clusters.services.groups import MemberFacts, add_member, make_group
from clusterwork.clusters.services.headships import HeadshipFacts, begin_headship
from clusterwork.clusters.services.participations import take_in_all
from clusterwork.clusters.services.priorities import add_priority
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.plans.services.review_bodies import name_body

NAME, NAME_CY = "Rural schools learning together", "Ysgolion gwledig yn dysgu gyda’n gilydd"
PRIORITIES = (
    ("Reading in every subject", "Darllen ym mhob pwnc"),
    ("Attendance of pupils who live far out", "Presenoldeb disgyblion sy’n byw ymhell"),
    ("Leaders grown in small schools", "Meithrin arweinwyr mewn ysgolion bach"),
)
GROUP, GROUP_CY = "Headteachers’ strategy group", "Grŵp strategaeth y penaethiaid"
DIRECTOR, DIRECTOR_CY = "Director of education", "Cyfarwyddwr addysg"
HEAD_BEFORE = "Mair Lessingham"
STRAND = "Reading"
IN_POST = 200  # days ago the people of the clusters took up their work


def start_taking_part(cast: Cast, days: Days) -> Programme:
    """The programme with its priorities and reviewers, both clusters in it."""
    who: dict[str, Any] = {"person": cast.officer, "day": days.today}
    began = days.start_on.replace(year=days.start_on.year - 1)
    programme = start_programme(
        **who,
        organisation=cast.first.organisation,
        facts=ProgrammeFacts(NAME, NAME_CY, began, None),
    )
    for text, text_cy in PRIORITIES:
        add_priority(**who, pk=programme.pk, text=text, text_cy=text_cy)
    both = [cast.first.pk, cast.second.pk]
    take_in_all(**who, pk=programme.pk, cluster_pks=both, start_on=began)
    _reviewers(cast, programme, days)
    _people(cast, days)
    _new_head(cast, days)
    return programme


def _reviewers(cast: Cast, programme: Programme, days: Days) -> None:
    who: dict[str, Any] = {"person": cast.officer, "day": days.today, "pk": programme.pk}
    kind = ProgrammeGroup.Kind.STRATEGY
    group = make_group(**who, kind=kind, name=GROUP, name_cy=GROUP_CY)
    sits = MemberFacts(
        cast.reviewer.name,
        days.ago(IN_POST),
        email=cast.reviewer.email,
        school=cast.reviewers_school,
    )
    add_member(**who, group_pk=group.pk, facts=sits)
    name_body(**who, turn=1, group=group)
    name_body(**who, turn=2, name=DIRECTOR, name_cy=DIRECTOR_CY)


def _people(cast: Cast, days: Days) -> None:
    on, role = days.ago(IN_POST), Appointment.Role
    _succeed(cast, cast.first, role.COORDINATOR, COORDINATOR, cast.coordinator.email, on)
    to = cast.other_coordinator.email
    _succeed(cast, cast.second, role.COORDINATOR, OTHER_COORDINATOR, to, on)
    _succeed(cast, cast.second, role.CHAIR, cast.other_chair.name, cast.other_chair.email, on)
    leader = list(cast.heads.values())[1]
    facts = AppointmentFacts(
        role.STRAND_COORDINATOR, leader.name, on, email=leader.email, strand=STRAND
    )
    appoint(person=cast.officer, day=days.today, cluster_pk=cast.first.pk, facts=facts)


def _succeed(cast: Cast, cluster: Cluster, role: str, name: str, email: str, on: dt.date) -> None:
    """The demonstration's person takes over from whoever holds the role."""
    held = cluster.appointments.filter(role=role, end_on__isnull=True).first()
    school = cast.others[0] if role == Appointment.Role.CHAIR else None
    told: dict[str, Any] = {"person": cast.officer, "day": on}
    if held:
        hand_over(**told, pk=held.pk, on=on, name=name, email=email, school=school)
    else:
        facts = AppointmentFacts(role, name, on, email=email, school=school)
        appoint(**told, cluster_pk=cluster.pk, facts=facts)


def _new_head(cast: Cast, days: Days) -> None:
    """Somebody headed the school for long; her successor has not answered the cluster yet."""
    new = cast.heads[cast.new_heads_school.pk]
    kind = Headship.Kind.SUBSTANTIVE
    long_ago = days.start_on.replace(year=days.start_on.year - 9)
    for facts in (
        HeadshipFacts(kind, long_ago, name=HEAD_BEFORE),
        HeadshipFacts(kind, days.ago(NEW_HEAD_SINCE), name=new.name, email=new.email),
    ):
        who: dict[str, Any] = {"person": cast.officer, "day": days.today}
        begin_headship(**who, schools=[cast.new_heads_school], facts=facts)

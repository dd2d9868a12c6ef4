"""A small county with one of everything, made by the rooms' own services where they have one."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import Any

from django.utils import timezone

from clusterwork.accounts.models import Delegation, Invitation, Person, Role
from clusterwork.accounts.services.invitations import invite
from clusterwork.clusters.models import Formation, Lock, Proposal
from clusterwork.clusters.services.formations import choose_schools, start_formation
from clusterwork.clusters.services.locks import add_lock
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.clusters.services.proposals import ask_for_proposal
from clusterwork.clusters.services.running import work_on
from clusterwork.registry.imports.records import GradeRecord
from clusterwork.registry.models import (
    Affiliation,
    Authority,
    Census,
    Country,
    ImportRun,
    Organisation,
    OrganisationKind,
    Phase,
    Scale,
    School,
)
from clusterwork.registry.services import errands
from clusterwork.registry.services.facts import ensure_grades
from clusterwork.registry.services.imports import stage_import
from clusterwork.registry.services.partnerships import record_partnership
from clusterwork.registry.services.settings import enter_by_hand

IN_ORGANISATION = (
    "programme_officer",
    "finance_lead",
    "link_adviser",
    "evaluator",
    "inspector",
    "partner",
)
IN_SCHOOL = (
    "headteacher",
    "school_staff",
    "chair_of_governors",
    "governor_representative",
    "provision_worker",
)
N_SCHOOLS = 12


class World:
    """Everything an address may name, by the word that the census uses for it."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        self.authority = Authority.objects.create(
            code="991", name="Wolderland", country=Country.ENGLAND
        )
        self.organisation = self.new_organisation("Wolderland County Council")
        self.organisation.authorities.add(self.authority)
        self.schools = [self.new_school(number) for number in range(N_SCHOOLS)]
        self.people = dict(self.all_people())
        self.things: dict[str, Any] = {}

    def new_organisation(self, name: str) -> Organisation:
        return Organisation.objects.create(kind=OrganisationKind.AUTHORITY, name=name)

    def new_school(self, number: int) -> School:
        school = School.objects.create(
            urn=900_000 + number,
            authority=self.authority,
            name=f"Village {number} Primary School",
            phase=Phase.PRIMARY,
            easting=550_000 + 3_000 * (number % 4),
            northing=330_000 + 3_000 * (number // 4),
            latitude=52.8 + 0.03 * (number // 4),
            longitude=0.2 + 0.04 * (number % 4),
        )
        Census.objects.create(school=school, year=2026, pupils=60 + number, fsm_share=0.2)
        return school

    def all_people(self):
        other = self.new_organisation("Another County Council")
        yield "nobody", self.new_person("nobody")
        for kind in IN_ORGANISATION:
            role = "officer" if kind == "programme_officer" else kind
            yield role, self.new_person(role, kind, organisation=self.organisation)
        yield (
            "other_officer",
            self.new_person("other", "programme_officer", organisation=other),
        )
        for kind in IN_SCHOOL:
            yield kind, self.new_person(kind, kind, school=self.schools[0])

    def new_person(self, local: str, kind: str = "", **where: Any) -> Person:
        person = Person.objects.create_user(f"{local}@wolder.example", "x" * 20, name=local.title())
        if kind:
            Role.objects.create(person=person, kind=kind, start_on=dt.date(2020, 1, 1), **where)
        return person

    def key(self, need: str) -> Any:
        """What stands in the address for this need: a pk, or the value itself."""
        made = self.made(need)
        return getattr(made, "pk", made)

    def made(self, need: str) -> Any:
        attribute = getattr(self, need, None)
        if attribute is not None:
            return attribute
        if need not in self.things:
            self.things[need] = MAKERS[need](self)
        return self.things[need]

    @cached_property
    def officer(self) -> Person:
        return self.people["officer"]

    @cached_property
    def school(self) -> School:
        return self.schools[0]

    @cached_property
    def setting(self) -> School:
        return enter_by_hand(
            authority=self.authority, name="The portfolio", phase="referral_unit", by=self.officer
        )

    @cached_property
    def affiliation(self) -> Affiliation:
        return record_partnership(
            school=self.school, kind="cluster", name="Fen cluster", by=self.officer
        )

    @cached_property
    def scale(self) -> Scale:
        words = ("Green", "Yellow", "Amber", "Red")
        ensure_grades(GradeRecord("support-category", each, self.today) for each in words)
        return Scale.objects.get(code="support-category")

    @cached_property
    def import_run(self) -> ImportRun:
        file = io.BytesIO(
            b"urn,authority_code,authority_name,name,phase\n"
            b"909999,991,Wolderland,Another School,primary\n"
        )
        return stage_import(file, source="csv", by=self.officer, today=self.today, name="a.csv")

    @cached_property
    def errand(self) -> str:
        about = errands.Errand(errands.new_token(), errands.READ, self.officer.pk, "Officer")
        return errands.write(about).token

    @cached_property
    def sent_invitation(self) -> Invitation:
        return invite(
            email="stranger@wolder.example",
            name="Stranger",
            language="en-gb",
            kind="partner",
            place=self.organisation,
            by=self.officer,
            now=timezone.now(),
            key_link=lambda key, language: key,
            answer_link=lambda token, language: token,
        )

    @cached_property
    def delegation(self) -> Delegation:
        return Delegation.objects.create(
            school=self.school,
            named_by=self.people["headteacher"],
            person=self.people["school_staff"],
            start_on=self.today,
        )

    @cached_property
    def programme(self):
        facts = ProgrammeFacts(
            name="Together", name_cy="Gyda’n gilydd", starts_on=self.today, ends_on=None
        )
        return start_programme(
            person=self.officer, day=self.today, organisation=self.organisation, facts=facts
        )

    @cached_property
    def formation(self) -> Formation:
        formation = start_formation(
            person=self.officer,
            day=self.today,
            programme_pk=self.programme.pk,
            name="All of us",
            kind=Formation.Kind.NEIGHBOURHOOD,
        )
        ids = [school.pk for school in self.schools]
        choose_schools(person=self.officer, day=self.today, pk=formation.pk, school_ids=ids)
        return formation

    @cached_property
    def lock(self) -> Lock:
        first, second = self.schools[:2]
        return add_lock(
            person=self.officer,
            day=self.today,
            pk=self.formation.pk,
            kind=Lock.Kind.TOGETHER,
            school=first,
            other=second,
            because="They share a head.",
        )

    @cached_property
    def proposal(self) -> Proposal:
        proposal = ask_for_proposal(
            person=self.officer,
            day=self.today,
            pk=self.formation.pk,
            policy_number=1,
            seed=1,
            time_limit_s=5,
        )
        work_on(proposal.pk)
        proposal.refresh_from_db()
        assert proposal.state == Proposal.State.DONE, proposal.trouble
        return proposal


PARTS = (
    "agreements",
    "arrivals",
    "cells",
    "cluster",
    "consulting",
    "deciding",
    "founding",
    "measures",
    "moving",
    "needs",
    "partnerships",
    "people",
    "planning",
    "plans",
    "programme",
    "results",
    "reviews",
)
MAKERS: dict[str, Callable[[World], Any]] = {
    "absent_number": lambda world: 999_999_999,
    "absent_provider": lambda world: "absent",
    "forged_token": lambda world: "accept_invitation.1~forged",
    "invitation_key": lambda world: "k" * 43,
    "reset_user": lambda world: "1",
    "reset_key": lambda world: "a-b",
    "school_staff_person": lambda world: world.people["school_staff"],
    "school_staff_role": lambda world: world.people["school_staff"].roles.get(),
    "policy_number": lambda world: 1,
    "cluster_number": lambda world: 1,
}

for part in PARTS:
    MAKERS |= import_module(f"tests.worlds.{part}").MAKERS

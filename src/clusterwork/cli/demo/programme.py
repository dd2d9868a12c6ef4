"""The demonstration's programme: small primary schools to be placed, and a first proposal asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Formation, Programme
from clusterwork.clusters.selectors.candidates import SchoolFilter, authorities_of, schools_fitting
from clusterwork.clusters.services.formations import choose_schools, start_formation
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.clusters.services.proposals import ask_for_proposal
from clusterwork.registry.models import Organisation, Phase

NAME, NAME_CY = "Small schools together", "Ysgolion bach gyda’n gilydd"
N_SCHOOLS = 99  # as many as the Small rural schools report followed


def ensure_programme(organisation: Organisation, officer: Person, day: dt.date) -> None:
    """The programme with one exercise and one proposal in the worker's queue, once."""
    if Programme.objects.filter(organisation=organisation).exists():
        return
    facts = ProgrammeFacts(name=NAME, name_cy=NAME_CY, starts_on=day, ends_on=None)
    programme = start_programme(person=officer, day=day, organisation=organisation, facts=facts)
    formation = start_formation(
        person=officer,
        day=day,
        programme_pk=programme.pk,
        name="The smallest primary schools",
        kind=Formation.Kind.NEIGHBOURHOOD,
    )
    chosen = smallest_primaries(programme, day)
    choose_schools(person=officer, day=day, pk=formation.pk, school_ids=chosen)
    if len(chosen) > 1:
        ask_for_proposal(
            person=officer, day=day, pk=formation.pk, policy_number=1, seed=1, time_limit_s=20
        )


def smallest_primaries(programme: Programme, day: dt.date) -> list[int]:
    """Up to 99 primary schools with the fewest pupils."""
    primaries = SchoolFilter(phases=(Phase.PRIMARY,))
    found: Any = schools_fitting(primaries, authorities_of(programme), day)
    smallest = found.filter(pupils__isnull=False).order_by(F("pupils"), "pk")
    return list(smallest.values_list("pk", flat=True)[:N_SCHOOLS])

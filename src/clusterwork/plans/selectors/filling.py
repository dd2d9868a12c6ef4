"""What is known already and fills a plan instead of being asked again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import uuid4

from clusterwork.clusters.models import Appointment, Cluster, Participation
from clusterwork.clusters.selectors.appointments import appointments_on
from clusterwork.plans.models import Plan
from clusterwork.plans.rules.parts import PayerPart, PriorityPart, StrandPart
from clusterwork.plans.selectors.choosing import chosen_candidates
from clusterwork.plans.selectors.parts import MODELS
from clusterwork.plans.states import plan as states


def priorities_chosen(plan: Plan, schools: frozenset[int]) -> Iterator[PriorityPart]:
    """A priority for each that the schools chose for a plan of this beginning, in their order."""
    for place, each in enumerate(chosen_candidates(plan.cluster, plan.start_on)):
        yield PriorityPart(
            uid=uuid4(),
            place=place,
            title=each.title,
            text=each.text,
            area=each.area,
            candidate=each.pk,
            serves=tuple(sorted(s.pk for s in each.serves.all() if s.pk in schools)),
        )


def strands_appointed(plan: Plan, day: dt.date, schools: frozenset[int]) -> Iterator[StrandPart]:
    """A strand for each line of work that has a coordinator, with all schools of the cluster."""
    seen: set[str] = set()
    held = appointments_on(plan.cluster, day).filter(role=Appointment.Role.STRAND_COORDINATOR)
    for each in held:
        if each.strand.strip() and each.strand.casefold() not in seen:
            seen.add(each.strand.casefold())
            yield StrandPart(
                uid=uuid4(),
                place=len(seen) - 1,
                title=each.strand,
                coordinator=each.person_id,
                coordinator_name=each.name,
                schools=tuple(sorted(schools)),
            )


def payers_taking_part(plan: Plan) -> Iterator[PayerPart]:
    """The programmes in which the cluster takes part at any time of the plan."""
    rows = Participation.objects.filter(cluster=plan.cluster, start_on__lt=plan.end_on)
    running = rows.exclude(end_on__lte=plan.start_on).order_by("start_on", "programme")
    pks = dict.fromkeys(running.values_list("programme_id", flat=True))
    for place, pk in enumerate(pks):
        yield PayerPart(uid=uuid4(), place=place, programme=pk)


def plans_to_copy(cluster: Cluster) -> list[Plan]:
    """The plans that a new one can begin from, the latest first."""
    kept = (states.APPROVED, states.SUPERSEDED)
    return list(Plan.objects.filter(cluster=cluster, state__in=kept).order_by("-start_on", "-pk"))


def next_place(plan: Plan, section: str) -> int:
    """The place after the last part of a section."""
    last = MODELS[section]._default_manager.filter(plan=plan).order_by("-place").first()
    return last.place + 1 if last else 0

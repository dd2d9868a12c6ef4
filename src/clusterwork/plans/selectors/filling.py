"""What is known already and fills a plan instead of being asked again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import uuid4

from clusterwork.clusters.models import Appointment, Cluster, Participation
from clusterwork.clusters.selectors.appointments import appointments_on
from clusterwork.plans.models import Candidate, Choosing, Plan
from clusterwork.plans.rules.parts import PayerPart, PriorityPart, StrandPart
from clusterwork.plans.selectors.parts import MODELS
from clusterwork.plans.states import needs as choosing_states
from clusterwork.plans.states import plan as states


def choosing_for(cluster: Cluster, start_on: dt.date, end_on: dt.date) -> Choosing | None:
    """The decided choice of priorities for a plan of that time, the latest if several."""
    found = Choosing.objects.filter(
        cluster=cluster,
        state=choosing_states.DECIDED,
        for_start_on__lt=end_on,
        for_end_on__gt=start_on,
    )
    return found.order_by("-for_start_on", "-pk").first()


def priorities_chosen(plan: Plan, schools: frozenset[int]) -> Iterator[PriorityPart]:
    """A priority for each proposal that the schools chose, in the order of its number."""
    choosing = choosing_for(plan.cluster, plan.start_on, plan.end_on)
    rows = Candidate.objects.filter(choosing=choosing, chosen=True, withdrawn_at__isnull=True)
    for place, each in enumerate(rows.prefetch_related("serves") if choosing else ()):
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

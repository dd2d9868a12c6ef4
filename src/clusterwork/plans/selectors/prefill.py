"""What a new part is filled with before anybody types, and where each field came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Appointment, Cluster
from clusterwork.clusters.selectors.appointments import appointments_on
from clusterwork.clusters.selectors.memberships import school_ids_in
from clusterwork.measures.models import ALL, Figure, Measure
from clusterwork.measures.permissions.seeing import figures_for_cluster
from clusterwork.measures.rules.days import end_of_year
from clusterwork.measures.rules.years import year_of
from clusterwork.measures.selectors.figures import current_figures
from clusterwork.plans.models import Plan
from clusterwork.plans.rules import starting
from clusterwork.plans.rules.whole import WholePlan
from clusterwork.plans.selectors.people import People
from clusterwork.registry.models import Census

ON_ROLL = "pupils-on-roll"  # the shipped measure that the register's census answers


@dataclass
class Filled:
    """Values by field, and for those that were filled from somewhere the source in words."""

    values: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: Any, source: str = "") -> None:
        """Fills a field that has something to say."""
        if value not in (None, "", ()):
            self.values[name] = value
            if source:
                self.sources[name] = source


@dataclass(frozen=True)
class About:
    """What a new part is for: the plan, the day, and what the link named."""

    plan: Plan
    whole: WholePlan
    people: People
    day: dt.date
    asked: Mapping[str, str]

    def uid(self, name: str) -> UUID | None:
        """The uid that the link named, if it can be one."""
        try:
            return UUID(self.asked.get(name, ""))
        except ValueError:
            return None

    def part(self, section: str, name: str) -> Any:
        """The part itself, or None."""
        uid = self.uid(name)
        return self.whole.part(section, uid) if uid else None

    def number(self, name: str) -> int | None:
        """The number that the link named."""
        given = self.asked.get(name, "")
        return int(given) if given.isdigit() else None


def filled_for(section: str, about: About) -> Filled:
    """The beginning of a new part of this section."""
    filled = Filled()
    fill = FILLS.get(section)
    if fill:
        fill(filled, about)
    return filled


def _priority(filled: Filled, about: About) -> None:
    members = tuple(sorted(each.pk for each in about.whole.members()))
    filled.put("serves", members, starting.MEMBERS)
    wanted = about.number("programme_priority")
    for each in about.people.programme_priorities:
        if each.pk == wanted:
            filled.put("programme_priority", each.pk, starting.PROGRAMME_PRIORITIES)
            filled.put("tie", "programme", starting.PROGRAMME_PRIORITIES)
            filled.put("title", each.text[:200], starting.PROGRAMME_PRIORITIES)


def _strand(filled: Filled, about: About) -> None:
    members = tuple(sorted(each.pk for each in about.whole.members()))
    filled.put("schools", members, starting.MEMBERS)
    held = appointments_on(about.plan.cluster, about.day)
    coordinator = held.filter(role=Appointment.Role.COORDINATOR).first()
    if coordinator:
        filled.put("coordinator", coordinator.person_id, starting.APPOINTED)
        if not coordinator.person_id:
            filled.put("coordinator_name", coordinator.name, starting.APPOINTED)
    if about.uid("priority"):
        filled.put("priorities", (about.uid("priority"),))


def _action(filled: Filled, about: About) -> None:
    fields = about.whole.fields
    filled.put("start_on", max(fields.start_on, min(about.day, fields.end_on)))
    filled.put("end_on", fields.end_on)
    filled.put("priority", about.uid("priority"))
    strand = about.part("strands", "strand")
    if strand is None:
        return
    filled.put("strand", strand.uid)
    filled.put("owner", strand.coordinator, starting.STRAND)
    if not strand.coordinator:
        filled.put("owner_name", strand.coordinator_name, starting.STRAND)
    filled.put("schools", strand.schools, starting.STRAND)
    if len(strand.priorities) == 1:
        filled.put("priority", strand.priorities[0], starting.STRAND)


def _milestone(filled: Filled, about: About) -> None:
    filled.put("action", about.uid("action"))


def _post(filled: Filled, about: About) -> None:
    filled.put("strand", about.uid("strand"))
    filled.put("state", "planned")
    filled.put("start_on", about.whole.fields.start_on)


def _line(filled: Filled, about: About) -> None:
    filled.put("action", about.uid("action"))
    filled.put("kind", about.asked.get("kind", "other"))


def _outcome(filled: Filled, about: About) -> None:
    action = about.part("actions", "action")
    filled.put("level", "activity" if action else about.asked.get("level", "activity"))
    if action:
        filled.put("action", action.uid)
        filled.put("text", action.title, starting.ACTION)


def _target(filled: Filled, about: About) -> None:
    filled.put("priority", about.uid("priority"))
    filled.put("wanted_on", about.whole.fields.end_on)
    filled.put("horizon", "medium")
    filled.put("whose", "shared")
    filled.put("measure", about.number("measure"))
    filled.put("school", about.number("school"))
    filled.put("group", about.asked.get("group") or ALL)
    measure = Measure.objects.filter(pk=about.number("measure") or 0).first()
    if measure is None:
        return
    school, group = about.number("school"), about.asked.get("group") or ALL
    figure = baseline_figure(about.plan.cluster, measure, about.day, school, group)
    if figure is None and measure.code == ON_ROLL and group == ALL:
        _pupils_on_roll(filled, about, school)
    elif figure is not None and figure.value is not None:
        filled.put("baseline_value", float(figure.value), starting.FIGURES)
        filled.put("baseline_on", figure.on, starting.FIGURES)
        source = figure.source or measure.shown_source
        filled.put("baseline_source", source[:200], starting.FIGURES)


def _pupils_on_roll(filled: Filled, about: About, school: int | None) -> None:
    """From the register, of the latest year in which it knows every one of the schools."""
    members = {pk for pk in school_ids_in(about.plan.cluster, about.day) if pk}
    wanted = members if school is None else members & {school}
    years = Census.objects.filter(
        school__in=wanted, pupils__isnull=False, year__lte=year_of(about.day)
    )
    known = years.order_by().values("year").annotate(n=Count("pk"), pupils=Sum("pupils"))
    latest = known.filter(n=len(wanted)).order_by("-year").first() if wanted else None
    if latest is None:
        return
    year = latest["year"]
    filled.put("baseline_value", float(latest["pupils"]), starting.REGISTER)
    filled.put("baseline_on", min(end_of_year(year), about.day), starting.REGISTER)
    source = _("Census in the register, school year: %(year)s")
    told = {"year": f"{year - 1}/{year % 100:02}"}
    filled.put("baseline_source", source % told, starting.REGISTER)


def baseline_figure(
    cluster: Cluster, measure: Measure, day: dt.date, school: int | None, group: str = ALL
) -> Figure | None:
    """The latest figure with a value that everybody of the cluster sees; of a school or of it."""
    found = current_figures().filter(measure=measure, group=group, on__lte=day, value__isnull=False)
    of_it = (
        found.filter(cluster=cluster)
        if school is None
        else found.filter(figures_for_cluster(cluster, day), school=school)
    )
    return of_it.order_by("-on").first()


FILLS: Mapping[str, Callable[[Filled, About], None]] = {
    "priorities": _priority,
    "strands": _strand,
    "actions": _action,
    "milestones": _milestone,
    "posts": _post,
    "budget_lines": _line,
    "outcomes": _outcome,
    "targets": _target,
}

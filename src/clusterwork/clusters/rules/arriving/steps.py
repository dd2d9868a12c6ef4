"""What differs between the file and what is held, a step a thing; what is the same has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from clusterwork.clusters.rules.arriving import plans
from clusterwork.clusters.rules.arriving.held import KnownProgramme, Span
from clusterwork.clusters.rules.arriving.plans import ClusterPlan, Difference, Office, Stay, Step

# A change of these is a change of who was where: days that are past would read otherwise.
FIGURES = ("part", "start_on", "end_on")


def steps_of(
    plan: ClusterPlan,
    stays: Sequence[Stay],
    offices: Sequence[Office],
    joined: Iterable[tuple[KnownProgramme, Span, int]],
    as_at: date,
) -> tuple[list[Step], int]:
    """The steps of one cluster, and how many memberships are as held."""
    members = [step_of_stay(stay, as_at) for stay in stays]
    steps = [step for step in (step_of_cluster(plan, as_at), *members) if step]
    steps += [step for office in offices if (step := step_of_office(office, as_at))]
    steps += [
        Step(
            plans.PROGRAMME_NEW, line, plan.name, programme.names[0], _shown_span(span),
            bool(plan.held) and span.start < as_at, (plan, programme, span),
        )
        for programme, span, line in joined
    ]  # fmt: skip
    return steps, members.count(None)


def cluster_values(plan: ClusterPlan, as_at: date) -> dict[str, Any]:
    """A cluster's fields by the file; where it is silent, as held or as a new one has them."""
    held, span = plan.held, plan.span
    name_cy = plan.name_cy or (held.name_cy if held else "")
    if held is None:
        ended = span.end is not None and span.end <= as_at
        return {
            "working_name": plan.name,
            "name": plan.name if name_cy else "",
            "name_cy": name_cy,
            "code": plan.code,
            "status": plan.status or ("closed" if ended else "active"),
            "start_on": span.start,
            "end_on": span.end,
        }
    names = {"working_name": held.working_name, "name": held.name}
    if plan.name not in (held.working_name, held.name, held.name_cy):
        names["name" if held.name else "working_name"] = plan.name
    ends_now = span.end is not None and span.end <= as_at and held.span.end != span.end
    status = plan.status or ("closed" if ends_now else held.status)
    return {
        **names,
        "name_cy": name_cy,
        "code": held.code or plan.code,
        "status": status,
        "start_on": span.start,
        "end_on": span.end,
    }


def step_of_cluster(plan: ClusterPlan, as_at: date) -> Step | None:
    """New, changed, or None."""
    values, held = cluster_values(plan, as_at), plan.held
    if held is None:
        shown = _differences({}, {"start_on": values["start_on"], "end_on": values["end_on"]})
        return Step(plans.CLUSTER_NEW, plan.line, plan.name, plan.name, shown, False, plan)
    before = {
        "working_name": held.working_name,
        "name": held.name,
        "name_cy": held.name_cy,
        "code": held.code,
        "status": held.status,
        "start_on": held.span.start,
        "end_on": held.span.end,
    }
    differences = _differences(before, values)
    if not differences:
        return None
    past = _is_past(Span(held.span.start, held.span.end), plan.span, as_at)
    line = min([plan.line, *(line for _, line in plan.said.values())])
    return Step(plans.CLUSTER_CHANGED, line, plan.name, plan.name, differences, past, plan)


def step_of_stay(stay: Stay, as_at: date) -> Step | None:
    """New, ended, changed, or None."""
    values, held, line = stay.values(), stay.held, stay.record.line
    if held is None:
        shown = _differences({}, values)
        past = bool(stay.plan.held) and stay.span.start < as_at
        return Step(plans.MEMBER_NEW, line, stay.plan.name, stay.label, shown, past, stay)
    before = {
        "part": held.part,
        "contributes": held.contributes,
        "contributes_because": held.contributes_because,
        "start_on": held.span.start,
        "end_on": held.span.end,
        "reason": held.reason,
        "memorandum_signed_on": held.memorandum_signed_on,
    }
    differences = _differences(before, values)
    if not differences:
        return None
    fields = {field for field, _, _ in differences}
    is_end = "end_on" in fields and held.span.end is None and not fields & {"part", "start_on"}
    past = _is_past(held.span, stay.span, as_at) or ("part" in fields and stay.span.start < as_at)
    happening = plans.MEMBER_ENDED if is_end else plans.MEMBER_CHANGED
    return Step(happening, line, stay.plan.name, stay.label, differences, past, stay)


def step_of_office(office: Office, as_at: date) -> Step | None:
    """New, changed, or None."""
    line, held = office.records[0].line, office.held
    values = office_values(office)
    if held is None:
        return Step(
            plans.OFFICE_NEW, line, office.plan.name, office.name,
            _differences({}, {"role": office.role, **values}),
            bool(office.plan.held) and office.span.start < as_at, office,
        )  # fmt: skip
    before = {
        "name": held.name,
        "email": held.email,
        "start_on": held.span.start,
        "end_on": held.span.end,
    }
    after = {name: values[name] for name in before}
    differences = _differences(before, after)
    if not differences:
        return None
    past = _is_past(held.span, office.span, as_at)
    shown = [("role", "", office.role), *differences]
    return Step(plans.OFFICE_CHANGED, line, office.plan.name, office.name, shown, past, office)


def office_values(office: Office) -> dict[str, Any]:
    """An appointment's fields but for its role, school and person."""
    return {
        "name": office.name,
        "email": office.email,
        "strand": office.strand,
        "start_on": office.span.start,
        "end_on": office.span.end,
        "reason": office.reason,
    }


def _is_past(before: Span, after: Span, as_at: date) -> bool:
    """Whether some day before `as_at` lies in one of the two periods and not in the other."""
    if before.start != after.start and min(before.start, after.start) < as_at:
        return True
    ends = [end for end in (before.end, after.end) if end]
    return before.end != after.end and min(ends) < as_at


def _shown_span(span: Span) -> list[Difference]:
    return _differences({}, {"start_on": span.start, "end_on": span.end})


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    return [
        (name, _text(before.get(name)), _text(value))
        for name, value in after.items()
        if _text(before.get(name)) != _text(value)
    ]


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)

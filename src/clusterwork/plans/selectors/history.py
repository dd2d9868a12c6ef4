"""What was changed in a plan, by whom, from what to what: from the versions of its parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from clusterwork.plans.models import PartVersion, Plan
from clusterwork.plans.rules.merging import changed_fields
from clusterwork.plans.rules.parts import ALL_SECTIONS, unplain
from clusterwork.plans.wording import title_of

ADDED, CHANGED, REMOVED = "added", "changed", "removed"


@dataclass(frozen=True, slots=True)
class FieldStep:
    """One field of one save: what stood there before and after, as values of the part."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Step:
    """One save: who, when, of which part, and what it did to each field."""

    at: dt.datetime
    by: str
    section: str
    uid: UUID | None
    version: int
    what: str
    name: str
    fields: tuple[FieldStep, ...]


def versions_of(plan: Plan, uid: UUID | None) -> QuerySet[PartVersion]:
    """All versions of one part, the first first; None for the fields of the plan itself."""
    return PartVersion.objects.filter(plan=plan, uid=uid).order_by("version")


def history_of(plan: Plan, uid: UUID | None) -> list[Step]:
    """What was done to one part, the latest first."""
    return list(_steps(list(versions_of(plan, uid))))[::-1]


def recent_versions(plan: Plan) -> QuerySet[PartVersion]:
    """Saves anywhere in the plan, the latest first."""
    return PartVersion.objects.filter(plan=plan).order_by("-at", "-pk")


def steps_of(plan: Plan, versions: list[PartVersion]) -> list[Step]:
    """What each of these saves did; one query for the versions before them."""
    earlier = PartVersion.objects.filter(plan=plan, uid__in={each.uid for each in versions})
    kept = {(each.uid, each.version): each for each in earlier}
    kept |= {
        (None, each.version): each
        for each in (versions_of(plan, None) if any(v.uid is None for v in versions) else ())
    }
    return [_step(kept.get((each.uid, each.version - 1)), each) for each in versions]


def _steps(versions: list[PartVersion]) -> Iterator[Step]:
    before: PartVersion | None = None
    for each in versions:
        yield _step(before, each)
        before = each


def _step(before: PartVersion | None, after: PartVersion) -> Step:
    kind = ALL_SECTIONS[after.section]
    old = unplain(kind, before.content) if before else {}
    new = unplain(kind, after.content)
    names = changed_fields(old, new)
    shown = [each for each in names if old.get(each) or new.get(each)]
    return Step(
        at=after.at,
        by=after.by_name,
        section=after.section,
        uid=after.uid,
        version=after.version,
        what=CHANGED if old and new else (ADDED if new else REMOVED),
        name=title_of(after.content or (before.content if before else {}), ""),
        fields=tuple(FieldStep(each, old.get(each), new.get(each)) for each in shown),
    )

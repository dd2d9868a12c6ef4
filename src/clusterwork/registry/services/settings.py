"""Settings without an official number: entered by hand, later matched to the official school."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pghistory
from django.db import models, transaction

from clusterwork.audit.services import Actor, record
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports.places import BRITAIN
from clusterwork.registry.models import (
    Affiliation,
    Assessment,
    Authority,
    Census,
    Flow,
    Phase,
    School,
)
from clusterwork.registry.rules.projection import to_degrees

ALLOWED = frozenset(
    [
        *("name_cy", "type_name", "street", "locality", "town", "county", "postcode"),
        *("religious_character", "medium", "gender", "low_age", "high_age", "capacity"),
        *("easting", "northing", "opened_on"),
    ]
)


class NameMissing(Problem):
    """A setting needs a name to be found by."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("The setting has no name.")),
            next_step=Message(N_("Write the name by which people know it.")),
        )


class PlaceImpossible(Problem):
    """The position lies outside the National Grid."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("The position lies outside Britain.")),
            next_step=Message(N_("Correct the easting and northing, or leave both empty.")),
        )


class NotASetting(Problem):
    """Only what was entered by hand, and is not matched yet, can be matched."""

    def __init__(self, school: School) -> None:
        super().__init__(
            Message(N_("This is not a setting to be matched: %(name)s."), {"name": school.name}),
            why=Message(N_("It has an official number of its own, or was matched before.")),
            next_step=Message(N_("Choose a setting that was entered by hand.")),
        )


class NotOfficial(Problem):
    """A setting is matched to a school that has an official number."""

    def __init__(self, school: School) -> None:
        super().__init__(
            Message(N_("This school has no official number: %(name)s."), {"name": school.name}),
            next_step=Message(N_("Choose a school of the official register.")),
        )


def enter_by_hand(
    *, authority: Authority, name: str, phase: str, by: Actor | None, **facts: Any
) -> School:
    """Adds a setting without a number; `facts` are fields of `School` such as postcode.

    Raises `NameMissing`, `PlaceImpossible`.
    """
    if unknown := facts.keys() - ALLOWED:
        raise TypeError(f"not a fact of a setting: {', '.join(sorted(unknown))}")
    if not name.strip():
        raise NameMissing
    setting = School(
        authority=authority, name=name.strip(), phase=Phase(phase), by_hand=True, **facts
    )
    _place(setting)
    with transaction.atomic():
        setting.save()
        summary = Message(N_("Entered a setting by hand."))
        record(actor=by, verb="school.enter", subject=setting, summary=summary)
    return setting


def _place(setting: School) -> None:
    if setting.easting is None or setting.northing is None:
        setting.easting = setting.northing = None
        return
    west, east, south, north = BRITAIN
    if not (west <= setting.easting <= east and south <= setting.northing <= north):
        raise PlaceImpossible
    degrees = to_degrees([(setting.easting, setting.northing)])
    setting.latitude, setting.longitude = degrees[0]


def match_by_hand(*, setting: School, school: School, by: Actor | None) -> School:
    """Moves the setting's facts to the official school, which keeps its own where both have one.

    The setting stays with its history, points to the school and is closed to new use. Raises
    `NotASetting`, `NotOfficial`.
    """
    with transaction.atomic(), pghistory.context(what="match"):
        kept = School.objects.select_for_update().get(pk=setting.pk)
        if not kept.by_hand or kept.matched_to_id:
            raise NotASetting(kept)
        if school.by_hand or not school.number:
            raise NotOfficial(school)
        for move in MOVES:
            move(kept, school)
        kept.matched_to = school
        kept.status = "closed"
        kept.save(update_fields=["matched_to", "status"])
        summary = Message(N_("Matched a setting to the school: %(name)s."), {"name": school.name})
        record(actor=by, verb="school.match", subject=kept, summary=summary)
    return school


def _move_censuses(setting: School, school: School) -> None:
    years = Census.objects.filter(school=school).values("year")
    setting.censuses.exclude(year__in=years).update(school=school)


def _move_assessments(setting: School, school: School) -> None:
    given = Assessment.objects.filter(
        school=school, scale=models.OuterRef("scale"), on=models.OuterRef("on")
    )
    setting.assessments.exclude(models.Exists(given)).update(school=school)


def _move_affiliations(setting: School, school: School) -> None:
    """A period in a partnership in which the school has one of its own stays with the setting."""
    partnerships = Affiliation.objects.filter(school=school).values("partnership")
    setting.affiliations.exclude(partnership__in=partnerships).update(school=school)


def _move_flows(setting: School, school: School) -> None:
    for mine, other in (("from_school", "to_school"), ("to_school", "from_school")):
        same = Flow.objects.filter(
            **{mine: school, other: models.OuterRef(other)}, year=models.OuterRef("year")
        )
        flows = Flow.objects.filter(**{mine: setting}).exclude(**{other: school})
        flows.exclude(models.Exists(same)).update(**{mine: school})


MOVES: tuple[Callable[[School, School], None], ...] = (
    _move_censuses,
    _move_assessments,
    _move_affiliations,
    _move_flows,
)

"""Which of the chosen schools the solver can place, and why not the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clusterwork.clusters import sentences
from clusterwork.clusters.models import Formation
from clusterwork.clusters.outcomes import Place
from clusterwork.clusters.selectors.formations import schools_of
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School, Status

NO_POSITION = N_(
    "The register has no position for this school, so no journey can be estimated. "
    "Enter its easting and northing in the register, then ask for another proposal."
)
CLOSED = N_("The school has closed. Remove it from the exercise, or choose its successor.")


@dataclass(frozen=True)
class Placeable:
    """The schools for the solver, and a place without a cluster for each of the others."""

    by_id: Mapping[int, Any]
    schools: list[Any]
    left_out: list[Place]


def placeable_schools(formation: Formation, day: dt.date) -> Placeable:
    """The chosen schools parted in two."""
    chosen = list(schools_of(formation))
    left_out = [place for school in chosen if (place := _left_out(school, day))]
    gone = {place.school for place in left_out}
    return Placeable(
        {school.pk: school for school in chosen},
        [school for school in chosen if school.pk not in gone],
        left_out,
    )


def _left_out(school: School, day: dt.date) -> Place | None:
    if is_closed(school, day):
        return Place(school.pk, None, sentences.written(Message(CLOSED)) or {}, rule="closed")
    if school.easting is None or school.northing is None:
        kept = sentences.written(Message(NO_POSITION)) or {}
        return Place(school.pk, None, kept, rule="position")
    return None


def is_closed(school: School, day: dt.date) -> bool:
    """Whether the register says that the school is closed on `day`."""
    if school.closed_on is not None:
        return school.closed_on <= day
    return school.status == Status.CLOSED

"""Which of the chosen schools the solver can place, and why not the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from clusterwork.clusters import sentences
from clusterwork.clusters.models import Formation
from clusterwork.clusters.outcomes import Place
from clusterwork.clusters.selectors.formations import schools_of, support_on
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School, Status

NO_POSITION = N_(
    "The register has no position for this school, so no journey can be estimated. "
    "Enter its easting and northing in the register, then ask for another proposal."
)
DECLINED = N_("The school does not want to be in a cluster. It may come back.")
CLOSED = N_("The school has closed. Remove it from the exercise, or choose its successor.")
DECLINED = N_("In none at its own wish. It may come back at any time.")


@dataclass(frozen=True)
class Placeable:
    """The schools for the solver, and a place without a cluster for each of the others."""

    by_id: Mapping[int, Any]
    schools: list[Any]
    left_out: list[Place]


def placeable_schools(formation: Formation, day: dt.date) -> Placeable:
    """The chosen schools parted in two."""
    chosen = list(schools_of(formation).annotate(support=support_on(day)))
    declined = declined_ids(formation)
    left_out = [place for school in chosen if (place := _left_out(school, declined, day))]
    gone = {place.school for place in left_out}
    return Placeable(
        {school.pk: school for school in chosen},
        [school for school in chosen if school.pk not in gone],
        left_out,
    )


def declined_ids(formation: Formation) -> set[int]:
    """The schools that do not want to be in any cluster for now."""
    gone = formation.chosen.filter(declined_at__isnull=False)
    return set(gone.values_list("school_id", flat=True))


def _left_out(school: School, declined: Collection[int], day: dt.date) -> Place | None:
    if is_closed(school, day):
        return _nowhere(school, CLOSED, "closed")
    if school.pk in declined:
        return _nowhere(school, DECLINED, "declined")
    if school.easting is None or school.northing is None:
        return _nowhere(school, NO_POSITION, "position")
    return None


def _nowhere(school: School, text: str, rule: str) -> Place:
    return Place(school.pk, None, sentences.written(Message(text)) or {}, rule=rule)


def _declined(school: School, declined: Collection[int]) -> Place | None:
    if school.pk not in declined:
        return None
    return Place(school.pk, None, sentences.written(Message(DECLINED)) or {}, rule="declined")


def is_closed(school: School, day: dt.date) -> bool:
    """Whether the register says that the school is closed on `day`."""
    if school.closed_on is not None:
        return school.closed_on <= day
    return school.status == Status.CLOSED

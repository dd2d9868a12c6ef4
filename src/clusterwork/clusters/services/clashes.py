"""Says which schools would be in two clusters of a programme that allows them one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from clusterwork.clusters.models import Cluster, Programme
from clusterwork.clusters.rules.clashing import Clash, Stay, clashes_among
from clusterwork.clusters.selectors.stays import stays_in
from clusterwork.clusters.services.refusals import InAnotherCluster
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School

MOST_NAMED = 10


def check_one_cluster_a_school(programme: Programme, more: Iterable[Stay] = ()) -> None:
    """Raises `InAnotherCluster` where a school is, or with `more` would be, in two at a time."""
    if found := clashes_among([*stays_in(programme), *more]):
        raise clashing(programme, found)


def clashing(programme: Programme, found: Sequence[Clash]) -> Problem:
    """The problem that names the schools with both their clusters: two queries."""
    schools = School.objects.in_bulk({each.school for each in found})
    clusters = Cluster.objects.in_bulk({pk for each in found for pk in (each.one, each.other)})
    told = [_told(each, schools, clusters) for each in found[:MOST_NAMED]]
    more = len(found) - len(told)
    return InAnotherCluster(
        Message(
            N_("These schools would be in two clusters of the programme at a time: %(schools)s."),
            {"schools": "; ".join(told) + (f" (+{more})" if more else "")},
        ),
        why=Message(
            N_("This programme allows a school one cluster only: %(programme)s."),
            {"programme": str(programme)},
        ),
        next_step=Message(
            N_("Let each leave one of the two first, or choose days that do not overlap.")
        ),
    )


def _told(clash: Clash, schools: dict[int, School], clusters: dict[int, Cluster]) -> str:
    both = f"{clusters[clash.one]}, {clusters[clash.other]}"
    return f"{schools[clash.school]} ({both}, {_day(clash.on)})"


def _day(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"

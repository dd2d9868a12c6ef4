"""What the database refuses about clusters and members, in words; the last word in a race."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from clusterwork.clusters.models import Programme
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School

ONE_CLUSTER = "place_one_cluster_a_school_in_a_programme"
KEY = re.compile(r"=\(\[(\d+),\d+\), \[(\d+),\d+\), ")  # programme and school in the refusal


class AlreadyAMember(Problem):
    """The school or partner is in the cluster for part of that time."""


class EndsBeforeItStarts(Problem):
    """A period that has no day."""


class OutsideTheClustersLife(Problem):
    """A membership that begins before its cluster or goes on after it."""


class InAnotherCluster(Problem):
    """The programme allows a school one cluster, and it is in another."""


class CodeTaken(Problem):
    """Another cluster of the organisation has this code."""


class SaysNotWhatItContributes(Problem):
    """A contributing school without what it contributes."""


class TakesPartAlready(Problem):
    """The cluster is in the programme for part of that time."""


class ChairFromElsewhere(Problem):
    """The chair comes from no school of the cluster."""


def already_a_member() -> Problem:
    """For `membership_once_at_a_time` and its partner."""
    return AlreadyAMember(
        Message(N_("It is already in this cluster for part of that time.")),
        next_step=Message(N_("End the earlier period first, or choose dates that do not overlap.")),
    )


def ends_before_it_starts() -> Problem:
    """For every constraint that a period ends after it starts."""
    return EndsBeforeItStarts(
        Message(N_("The end is not after the start.")),
        why=Message(N_("A period lasts at least one day.")),
        next_step=Message(N_("Give a later end, or leave it empty.")),
    )


def outside_the_clusters_life() -> Problem:
    """For `membership_within_the_clusters_life`."""
    return OutsideTheClustersLife(
        Message(N_("The dates reach beyond the life of the cluster.")),
        next_step=Message(N_("Choose dates between its first day and its end.")),
    )


def in_another_cluster(refused: IntegrityError) -> Problem:
    """For `place_one_cluster_a_school_in_a_programme`; names the school and the programme.

    To be asked after the refused transaction or savepoint has been left.
    """
    detail = str(getattr(getattr(refused.__cause__, "diag", None), "message_detail", ""))
    key = KEY.search(detail)
    programme = Programme.objects.filter(pk=key[1]).first() if key else None
    school = School.objects.filter(pk=key[2]).first() if key else None
    return InAnotherCluster(
        Message(
            N_("This school would be in two clusters of one programme at a time: %(school)s."),
            {"school": str(school or "–")},
        ),
        why=Message(
            N_("This programme allows a school one cluster only: %(programme)s."),
            {"programme": str(programme or "–")},
        ),
        next_step=Message(
            N_("Let it leave the other cluster first, or choose days that do not overlap.")
        ),
    )


def code_taken() -> Problem:
    """For `cluster_code_once_an_organisation`."""
    return CodeTaken(
        Message(N_("Another cluster of this organisation has this code.")),
        next_step=Message(N_("Choose another code, or leave it empty.")),
    )


def says_not_what_it_contributes() -> Problem:
    """For `membership_contributing_says_what`."""
    return SaysNotWhatItContributes(
        Message(N_("It is not said what the school contributes.")),
        next_step=Message(N_("Write what it contributes and why, or choose another part.")),
    )


def takes_part_already() -> Problem:
    """For `participation_once_at_a_time`."""
    return TakesPartAlready(
        Message(N_("The cluster already takes part in this programme for part of that time.")),
        next_step=Message(N_("Choose dates that do not overlap.")),
    )


def chair_from_elsewhere() -> Problem:
    """For `chair_from_a_school_of_the_cluster`."""
    return ChairFromElsewhere(
        Message(N_("The chair is not from a school of the cluster on the first day.")),
        next_step=Message(N_("Choose somebody from a member school, or let the school join.")),
    )


Said = Mapping[str, Callable[[], Problem]]
SAID: Said = {
    "membership_once_at_a_time": already_a_member,
    "membership_partner_once_at_a_time": already_a_member,
    "membership_ends_after_it_starts": ends_before_it_starts,
    "cluster_ends_after_it_starts": ends_before_it_starts,
    "participation_ends_after_it_starts": ends_before_it_starts,
    "standing_ends_after_it_starts": ends_before_it_starts,
    "membership_within_the_clusters_life": outside_the_clusters_life,
    "cluster_code_once_an_organisation": code_taken,
    "membership_contributing_says_what": says_not_what_it_contributes,
    "participation_once_at_a_time": takes_part_already,
    "chair_from_a_school_of_the_cluster": chair_from_elsewhere,
}


@contextmanager
def in_words(more: Said | None = None) -> Iterator[None]:
    """Undoes what is written inside and raises the `Problem` where the database refuses it.

    `more` adds names of constraints to those that this module knows.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refused:
        problem = problem_of(refused, more)
        if problem is None:
            raise
        raise problem from refused


def problem_of(refused: IntegrityError, more: Said | None = None) -> Problem | None:
    """The refusal in words; None for one that nobody knows."""
    name = constraint_of(refused)
    if name == ONE_CLUSTER:
        return in_another_cluster(refused)
    said = {**SAID, **(more or {})}.get(name)
    return said() if said else None


def constraint_of(refused: IntegrityError) -> str:
    """The name of the constraint or trigger that refused."""
    diagnosis = getattr(refused.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""

"""Whether a membership may be as it is told; the database would refuse it too, in fewer words."""

from __future__ import annotations

import datetime as dt

from clusterwork.clusters.models import Cluster, Membership, Part, Participation
from clusterwork.clusters.rules.spans import Span, covered, overlap, within
from clusterwork.clusters.services.locking import life_of
from clusterwork.clusters.services.opening import SchoolHasClosed
from clusterwork.clusters.services.refusals import (
    AlreadyAMember,
    InAnotherCluster,
    OutsideTheClustersLife,
    ends_before_it_starts,
    says_not_what_it_contributes,
)
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School, Status


class NotInTheParent(Problem):
    """A member of a mini-cluster that is not in the cluster around it all that time."""


class PartOfSomebodyElse(Problem):
    """A part that a school, or a partner, cannot have."""


def span_of(row: Membership) -> Span:
    """The days of a membership."""
    return Span(row.start_on, row.end_on)


def span_in(cluster: Cluster, start_on: dt.date, end_on: dt.date | None) -> Span:
    """The days asked for; without an end until the cluster's.

    Raises `EndsBeforeItStarts`, `OutsideTheClustersLife`.
    """
    span = Span(start_on, end_on or cluster.end_on)
    life = life_of(cluster)
    if end_on and not Span(start_on, end_on).is_real:
        raise ends_before_it_starts()
    if not span.is_real or not within(span, life):
        raise outside(life)
    return span


def outside(life: Span) -> OutsideTheClustersLife:
    """For days before the cluster's first or after its end."""
    until = (
        Message(N_("The cluster stands from %(start)s until %(end)s."), _days(life))
        if life.end
        else Message(N_("The cluster stands from %(start)s."), _days(life))
    )
    return OutsideTheClustersLife(
        Message(N_("The dates reach beyond the life of the cluster.")),
        why=until,
        next_step=Message(N_("Choose dates within it.")),
    )


def _days(life: Span) -> dict[str, object]:
    return {"start": life.start, "end": life.end}


def check_membership(row: Membership) -> None:
    """Raises what `join` names, except for the span's own problems."""
    if row.school is None:
        _check_part(row, (Part.PARTNER,))
        _check_once(row)
        return
    _check_part(row, [part for part in Part.values if part != Part.PARTNER])
    if row.part == Part.CONTRIBUTING and not row.contributes:
        raise says_not_what_it_contributes()
    check_school_open(row.school, span_of(row))
    _check_once(row)
    _check_parent(row)
    _check_programmes(row)


def _check_part(row: Membership, parts: list[str] | tuple[str, ...]) -> None:
    if row.part not in parts:
        raise PartOfSomebodyElse(
            Message(N_("This part is not for that kind of member.")),
            why=Message(N_("A partner is a partner; a school has one of the other parts.")),
            next_step=Message(N_("Choose another part.")),
        )


def check_school_open(school: School, span: Span) -> None:
    """Raises `SchoolHasClosed` where the school does not last as long as the membership."""
    shut = school.closed_on
    is_shut = school.status == Status.CLOSED
    if not (is_shut or shut) or (shut and span.start < shut and (not is_shut or span.last <= shut)):
        return
    why = (
        Message(N_("It closed on: %(on)s."), {"on": shut})
        if shut
        else Message(N_("The register says that it is closed, without a day."))
    )
    raise SchoolHasClosed(
        Message(N_("The school has closed: %(school)s."), {"school": str(school)}),
        why=why,
        next_step=Message(
            N_("Choose the school that goes on in its place, or an end before it closed.")
        ),
    )


def _check_once(row: Membership) -> None:
    same = Membership.objects.filter(
        cluster=row.cluster, school=row.school, partner=row.partner
    ).exclude(pk=row.pk)
    for other in same:
        if overlap(span_of(row), span_of(other)):
            raise AlreadyAMember(
                Message(
                    N_("It is already in this cluster for part of that time: %(member)s."),
                    {"member": str(row.school or row.partner)},
                ),
                why=_since(other),
                next_step=Message(
                    N_("End the earlier period first, or choose dates that do not overlap.")
                ),
            )


def _since(other: Membership) -> Message:
    days: dict[str, object] = {"start": other.start_on, "end": other.end_on}
    if other.end_on is None:
        return Message(N_("It is a member from %(start)s on."), days)
    return Message(N_("It is a member from %(start)s until %(end)s."), days)


def _check_parent(row: Membership) -> None:
    if row.cluster.parent_id is None:
        return
    above = Membership.objects.filter(cluster=row.cluster.parent_id, school=row.school)
    if not covered(span_of(row), map(span_of, above)):
        raise NotInTheParent(
            Message(
                N_("A school is not in the cluster around the mini-cluster: %(school)s."),
                {"school": str(row.school)},
            ),
            why=Message(N_("A mini-cluster is made of schools of the cluster that it is in.")),
            next_step=Message(N_("Let it join that cluster first, or choose other dates.")),
        )


def _check_programmes(row: Membership) -> None:
    """Names the other cluster where a programme allows one only; the database holds the rule."""
    only = {"programme__one_cluster_a_school": True}
    mine = list(Participation.objects.filter(cluster=row.cluster, **only))
    if not mine:
        return
    others = Membership.objects.filter(school=row.school).exclude(cluster=row.cluster)
    for other in others.select_related("cluster"):
        taken = Participation.objects.filter(cluster=other.cluster, **only)
        for theirs in taken.select_related("programme"):
            if any(_meet(row, one, other, theirs) for one in mine):
                raise InAnotherCluster(
                    Message(
                        N_(
                            "This school is in another cluster of the programme: %(school)s. "
                            "Cluster: %(cluster)s."
                        ),
                        {"school": str(row.school), "cluster": str(other.cluster)},
                    ),
                    why=Message(
                        N_("This programme allows a school one cluster only: %(programme)s."),
                        {"programme": str(theirs.programme)},
                    ),
                    next_step=Message(
                        N_("Let it leave that cluster first, or choose another day.")
                    ),
                )


def _meet(row: Membership, mine: Participation, other: Membership, theirs: Participation) -> bool:
    if mine.programme_id != theirs.programme_id:
        return False
    spans = [Span(each.start_on, each.end_on) for each in (row, mine, other, theirs)]
    start, last = max(span.start for span in spans), min(span.last for span in spans)
    return start < last

"""Confirming a proposal: its clusters begin, its schools are told; once for ever."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import (
    Cluster,
    Confirmation,
    ConfirmedCluster,
    Proposal,
    ProposedCluster,
)
from clusterwork.clusters.permissions import formation_for
from clusterwork.clusters.rules.place_names import doubled
from clusterwork.clusters.selectors.confirming import closed_in, overlaps_of, suggested_names
from clusterwork.clusters.selectors.rounds import open_round, takes_answers
from clusterwork.clusters.services.before_confirming import (
    check_first_day,
    confirmed_all_the_same,
    listed,
)
from clusterwork.clusters.services.giving_way import end_present_stays
from clusterwork.clusters.services.opening import ClusterPlan, PlannedSchool, open_clusters
from clusterwork.clusters.services.telling import tell_confirmed
from clusterwork.clusters.services.unconfirmed import locked_formation
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message


class SchoolsStillAnswer(Problem):
    """A round is open, and its schools have time."""


class SchoolsHaveClosed(Problem):
    """Schools of the proposal do not exist any more on the first day."""


class SchoolsAreElsewhere(Problem):
    """The programme allows a school one cluster, and some are in another."""


class NamesNotDistinct(Problem):
    """A cluster has no working name, or two have the same."""


@transaction.atomic
def confirm_formation(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    proposal_pk: int,
    start_on: dt.date,
    link_for: Callable[[int, str], str],
    names: Mapping[int, str] | None = None,
    end_present: bool = False,
    despite_declines: bool = False,
) -> Confirmation:
    """The proposal's clusters begin on `start_on` with their schools, in the programme.

    `names` are working names by cluster number (places where absent). `end_present` ends what the
    schools' memberships in other clusters of the programme would go on with. `despite_declines`
    places schools whose last answer declines. `link_for` is given a cluster's id and a language.
    Raises `NotThere`, `NotAllowed`, `ConfirmedAlready`, `SchoolsStillAnswer`, `SchoolsHaveClosed`,
    `SchoolsDeclined`, `SchoolsAreElsewhere`, `NamesNotDistinct`, `NotAFirstDay`.
    """
    formation_for(person, pk, day)
    locked_formation(pk)
    proposal = _proposal(person, pk, proposal_pk, day)
    _check(proposal, day, start_on)
    declined = confirmed_all_the_same(proposal, despite_declines=despite_declines)
    named = {**suggested_names(proposal), **{n: name.strip() for n, name in (names or {}).items()}}
    _check_names(list(named.values()))
    ended = _make_room(proposal, person, start_on, end_present=end_present)
    proposed = list(proposal.clusters.all())
    opened = _open(proposal, proposed, named, person, day, start_on)
    confirmation = Confirmation.objects.create(
        formation=proposal.formation, proposal=proposal, start_on=start_on, confirmed_by=person
    )
    pairs = list(zip(proposed, opened, strict=True))
    ConfirmedCluster.objects.bulk_create(
        ConfirmedCluster(confirmation=confirmation, proposed=one, cluster=two) for one, two in pairs
    )
    told = tell_confirmed(proposal, pairs, start_on, day, link_for)
    _record(confirmation, pairs, person, told, {"ended": ended, "declined": declined})
    return confirmation


def _proposal(person: Person, pk: int, proposal_pk: int, day: dt.date) -> Proposal:
    formation = formation_for(person, pk, day)
    found = formation.proposals.filter(pk=proposal_pk, state=Proposal.State.DONE).first()
    if found is None or not found.clusters.exists():
        raise NotThere(
            Message(N_("There is no such proposal with clusters in this exercise.")),
            next_step=Message(N_("Open the exercise and choose one of its proposals.")),
        )
    found.formation = formation
    return found


def _check(proposal: Proposal, day: dt.date, start_on: dt.date) -> None:
    check_first_day(proposal, day, start_on)
    with_schools = open_round(proposal.formation)
    if with_schools and takes_answers(with_schools, day):
        raise SchoolsStillAnswer(
            Message(N_("Schools still have time to answer a proposal of this exercise.")),
            next_step=Message(N_("Wait until their last day, or close the round or take it back.")),
        )
    closed = closed_in(proposal, start_on)
    if closed:
        raise SchoolsHaveClosed(
            Message(
                N_("Schools of this proposal are closed by then: %(schools)s."),
                {"schools": listed(closed)},
            ),
            next_step=Message(
                N_("Move each to no cluster by hand, or propose again, and confirm that proposal.")
            ),
        )


def _check_names(names: Sequence[str]) -> None:
    twice = doubled(names)
    if all(names) and not twice:
        return
    raise NamesNotDistinct(
        Message(N_("Each cluster needs a working name of its own.")),
        why=Message(N_("Names that stand there twice: %(names)s."), {"names": ", ".join(twice)})
        if twice
        else None,
        next_step=Message(N_("Name each after a place, not after a school.")),
    )


def _make_room(
    proposal: Proposal, person: Person, start_on: dt.date, *, end_present: bool
) -> list[int]:
    """Ends the schools' stays in the programme's other clusters, or refuses where they must."""
    there = [each for each in overlaps_of(proposal, start_on) if each.in_programme]  # type: ignore[attr-defined]
    if not there:
        return []
    if end_present:
        return end_present_stays(person, there, start_on)
    if proposal.formation.programme.one_cluster_a_school:
        schools = [each.school for each in there if each.school is not None]
        raise SchoolsAreElsewhere(
            Message(
                N_("Schools are in another cluster of the programme by then: %(schools)s."),
                {"schools": listed(schools)},
            ),
            why=Message(N_("The programme allows a school one cluster only.")),
            next_step=Message(
                N_("End those memberships with the confirmation, or choose a later first day.")
            ),
        )
    return []


def _open(
    proposal: Proposal,
    proposed: Sequence[ProposedCluster],
    named: Mapping[int, str],
    person: Person,
    day: dt.date,
    start_on: dt.date,
) -> list[Cluster]:
    rows = proposal.places.filter(cluster__isnull=False).order_by("cluster__number", "school_id")
    pairs = rows.values_list("cluster__number", "school_id")
    schools = {n: [pk for _n, pk in group] for n, group in groupby(pairs, key=lambda row: row[0])}
    programme = proposal.formation.programme
    return open_clusters(
        person=person,
        day=day,
        organisation=programme.organisation,
        plans=[
            ClusterPlan(named[each.number], [PlannedSchool(pk) for pk in schools[each.number]])
            for each in proposed
        ],
        start_on=start_on,
        programme=programme,
        because=str(proposal.formation),
    )


def _record(
    confirmation: Confirmation,
    pairs: Sequence[tuple[ProposedCluster, Cluster]],
    person: Person,
    told: int,
    schools: Mapping[str, Sequence[int]],
) -> None:
    record(
        actor=person,
        verb="formation.confirm",
        subject=confirmation.formation,
        summary=_summary(confirmation, len(pairs), len(schools["declined"])),
        details={
            "proposal": confirmation.proposal_id,
            "clusters": [[one.number, two.pk] for one, two in pairs],
            "letters": told,
            **schools,
        },
    )


def _summary(confirmation: Confirmation, n: int, n_declined: int) -> Message:
    words = {
        "number": confirmation.proposal.number,
        "n": n,
        "day": f"{confirmation.start_on:%d/%m/%Y}",
    }
    if not n_declined:
        text = N_("Confirmed proposal %(number)s. Clusters: %(n)s. From: %(day)s.")
        return Message(text, words)
    text = N_(
        "Confirmed proposal %(number)s. Clusters: %(n)s. From: %(day)s. Schools that had declined "
        "and were confirmed all the same: %(declined)s."
    )
    return Message(text, {**words, "declined": n_declined})

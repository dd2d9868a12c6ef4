"""Schools ask to be recognised as a cluster; an officer recognises them or returns it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, Founding, Membership, Programme, Standing
from clusterwork.clusters.models.standing import Initiation, Origin
from clusterwork.clusters.permissions.founding import founding_to_decide, founding_to_lead
from clusterwork.clusters.rules.founding import LEAST_SCHOOLS, may_ask
from clusterwork.clusters.selectors.foundings import agreed_schools, places_taken
from clusterwork.clusters.services.founding import locked
from clusterwork.clusters.services.founding_letters import (
    Links,
    write_of_recognition,
    write_of_return,
    write_to_officers,
)
from clusterwork.clusters.services.locking import check_lives
from clusterwork.clusters.services.opening import check_open_on, take_part_in
from clusterwork.clusters.services.refusals import InAnotherCluster, in_words
from clusterwork.clusters.services.statuses import put_status
from clusterwork.clusters.states.founding import MOVES, NAMES, RECOGNISED
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after
from clusterwork.registry.models import School


class TooFewAgreed(Problem):
    """One school alone is no cluster."""


class NoReasons(Problem):
    """Something is returned without saying why."""


class RecognisedAlready(Problem):
    """The cluster was recognised before."""


class AnswersChanged(Problem):
    """Other schools agree than those that the officer saw."""


class ProgrammeOfAnother(Problem):
    """The programme is not the organisation's, or has ended by then."""


@transaction.atomic
def ask_for_recognition(
    *, person: Person, day: dt.date, now: dt.datetime, pk: int, links: Links
) -> Founding:
    """Sends the founding to the organisation, whose officers get a letter.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`, `TooFewAgreed`.
    """
    founding_to_lead(person, pk, day)
    founding = locked(pk)
    founding.state = state_after("ask", founding.state, MOVES, NAMES)
    agreed = _agreed(founding)
    founding.asked_at = now
    founding.save(update_fields=("state", "asked_at"))
    write_to_officers(founding, len(agreed), links=links, day=day)
    _say(person, founding, "founding.ask", N_("Asked for recognition. Schools: %(n)s."), agreed)
    return founding


@transaction.atomic
def return_founding(
    *,
    person: Person,
    day: dt.date,
    now: dt.datetime,
    pk: int,
    because: str,
    links: Links,
) -> Founding:
    """Gives it back to the school that began, with reasons; it may ask again.

    Raises `NotThere`, `NotAllowed`, `RecognisedAlready`, `MoveNotAllowed`, `NoReasons`.
    """
    founding = _decided_by(person, pk, day, "return", now)
    founding.because = because.strip()
    if not founding.because:
        raise NoReasons(
            Message(N_("The reasons are missing.")),
            next_step=Message(N_("Write what the schools would have to change.")),
        )
    founding.save()
    write_of_return(founding, links=links, day=day)
    _say(person, founding, "founding.return", N_("Returned with reasons."), because=because)
    return founding


@transaction.atomic
def recognise_founding(
    *,
    person: Person,
    day: dt.date,
    now: dt.datetime,
    pk: int,
    from_day: dt.date,
    seen: Collection[int],
    links: Links,
    programme: Programme | None = None,
) -> Cluster:
    """The recognised cluster with the schools that agreed as members from `from_day`.

    `seen` are the schools that the officer saw as agreed. With a programme the cluster takes part
    in it; one that allows a school one cluster refuses those that are in another. Raises
    `NotThere`, `NotAllowed`, `RecognisedAlready`, `MoveNotAllowed`, `TooFewAgreed`,
    `AnswersChanged`, `BeforeTheCluster`, `SchoolHasClosed`, `ProgrammeOfAnother`,
    `InAnotherCluster`.
    """
    founding = _decided_by(person, pk, day, "recognise", now)
    schools = _agreed(founding)
    if {each.pk for each in schools} != set(seen):
        raise AnswersChanged(
            Message(N_("Other schools agree now than on the page that you saw.")),
            next_step=Message(N_("Look at the list again, then recognise the cluster.")),
        )
    _admit(person, founding, schools, from_day, day)
    if programme:
        _take_part(founding.cluster, programme, schools, from_day)
    founding.because = ""
    founding.save()
    write_of_recognition(founding, schools, from_day=from_day, links=links, day=day)
    _say(person, founding, "founding.recognise", N_("Recognised. Schools: %(n)s."), schools)
    return founding.cluster


def _decided_by(person: Person, pk: int, day: dt.date, verb: str, now: dt.datetime) -> Founding:
    """The founding under lock, moved by the officer's verb and not yet saved."""
    founding_to_decide(person, pk, day)
    founding = locked(pk)
    if founding.state == RECOGNISED:
        raise RecognisedAlready(
            Message(N_("This cluster is recognised already.")),
            why=Message(N_("By: %(name)s."), {"name": str(founding.answered_by)}),
            next_step=Message(N_("Open the cluster's page to see its schools.")),
        )
    founding.state = state_after(verb, founding.state, MOVES, NAMES)
    founding.answered_by, founding.answered_at = person, now
    return founding


def _agreed(founding: Founding) -> list[School]:
    schools = agreed_schools(founding)
    if not may_ask(len(schools)):
        raise TooFewAgreed(
            Message(N_("Too few schools have agreed to the purpose as it is worded now.")),
            why=Message(
                N_("Agreed: %(n)s. Needed at least: %(least)s."),
                {"n": len(schools), "least": LEAST_SCHOOLS},
            ),
            next_step=Message(N_("Invite schools, and wait for their answers.")),
        )
    return schools


def _admit(
    person: Person, founding: Founding, schools: list[School], from_day: dt.date, day: dt.date
) -> None:
    """Members, status and description of the cluster, from that day."""
    cluster = founding.cluster
    check_lives(cluster, from_day)
    check_open_on([each.pk for each in schools], from_day)
    with in_words():
        Membership.objects.bulk_create(
            Membership(cluster=cluster, school=each, start_on=from_day) for each in schools
        )
    put_status(person, cluster, Cluster.Status.RECOGNISED, from_day, day)
    Standing.objects.create(
        cluster=cluster,
        start_on=from_day,
        origin=Origin.VOLUNTARY,
        initiation=Initiation.BOTTOM_UP,
        purpose_in_words=founding.purpose,
    )


def _take_part(
    cluster: Cluster, programme: Programme, schools: list[School], from_day: dt.date
) -> None:
    over = programme.ends_on is not None and programme.ends_on <= from_day
    if programme.organisation_id != cluster.organisation_id or over:
        raise ProgrammeOfAnother(
            Message(N_("The cluster cannot take part in this programme.")),
            why=Message(N_("It has ended by then, or another organisation runs it.")),
            next_step=Message(N_("Choose another programme, or none.")),
        )
    taken = list(places_taken(programme, [each.pk for each in schools], from_day))
    if programme.one_cluster_a_school and taken:
        raise InAnotherCluster(
            Message(N_("The programme allows a school one cluster, and some are in another.")),
            why=Message(
                N_("Where they are: %(schools)s."),
                {"schools": "; ".join(f"{each.school}: {each.cluster}" for each in taken)},
            ),
            next_step=Message(
                N_("Let them leave the other cluster first, or recognise without the programme.")
            ),
        )
    take_part_in([cluster], programme, from_day)


def _say(
    person: Person,
    founding: Founding,
    verb: str,
    template: str,
    schools: Iterable[School] = (),
    because: str = "",
) -> None:
    ids = [each.pk for each in schools]
    record(
        actor=person,
        verb=verb,
        subject=founding.cluster,
        summary=Message(template, {"n": len(ids)} if ids else {}),
        details={"schools": ids, "because": because, "wording": founding.purpose_number},
    )

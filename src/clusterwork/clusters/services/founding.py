"""Schools begin to form a cluster themselves: start, purpose, invitations, withdrawal."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.letters.founding import INVITED, INVITED_AGAIN
from clusterwork.clusters.models import Cluster, Founding, FoundingSchool
from clusterwork.clusters.permissions.founding import founding_to_lead
from clusterwork.clusters.permissions.schools import check_may_send_for
from clusterwork.clusters.selectors.foundings import organisations_to_ask
from clusterwork.clusters.services.clusters import check_working_name
from clusterwork.clusters.services.founding_letters import (
    Links,
    write_of_withdrawal,
    write_to_invited,
)
from clusterwork.clusters.services.opening import ClusterPlan, check_open_on, make_clusters
from clusterwork.clusters.services.statuses import put_status
from clusterwork.clusters.states.founding import ASKED, GATHERING, MOVES, NAMES, RETURNED
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after
from clusterwork.registry.models import Organisation, School

Reply = FoundingSchool.Reply


class NoPurpose(Problem):
    """Schools agree to a purpose in words, and there are none."""


class NotToBeAsked(Problem):
    """The organisation does not look after the school's authority."""


class InvitedAlready(Problem):
    """The school was invited before."""


class NotAnOpenSchool(Problem):
    """A setting that was matched to a school, or a school that does not exist."""


class NotWhileAsked(Problem):
    """The organisation is deciding about what it was sent."""


class AnsweredAlready(Problem):
    """An invitation is not taken back once it was answered."""


@transaction.atomic
def start_founding(
    *,
    person: Person,
    day: dt.date,
    now: dt.datetime,
    school: School,
    organisation: Organisation,
    working_name: str,
    purpose: str,
) -> Founding:
    """A proposed cluster whose first school is `school`, which agrees to its own wording.

    Raises `NotAllowed`, `NoPurpose`, `NotToBeAsked`, `NamedAfterASchool`, `NoName`.
    """
    check_may_send_for(person, school, day)
    if not organisations_to_ask(school).filter(pk=organisation.pk).exists():
        raise NotToBeAsked(
            Message(N_("This organisation cannot recognise a cluster of your school.")),
            next_step=Message(N_("Choose one that looks after your authority.")),
        )
    check_working_name(organisation, working_name)
    cluster = make_clusters(
        person=person,
        organisation=organisation,
        plans=[ClusterPlan(" ".join(working_name.split()))],
        start_on=day,
        status=Cluster.Status.PROPOSED,
    )[0]
    founding = Founding.objects.create(cluster=cluster, purpose=_worded(purpose))
    FoundingSchool.objects.create(
        founding=founding,
        school=school,
        is_founder=True,
        invited_by=person,
        reply=Reply.JOINS,
        agreed_purpose_number=1,
        replied_by=person,
        replied_at=now,
    )
    _say(person, founding, "founding.start", N_("Began to form a cluster: %(school)s."), school)
    return founding


@transaction.atomic
def invite_school(
    *,
    person: Person,
    day: dt.date,
    now: dt.datetime,
    pk: int,
    school_pk: int,
    links: Links,
) -> FoundingSchool:
    """Invites a school, with a letter to each of its heads who has a sign-in.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`, `NotWhileAsked`, `SchoolHasClosed`,
    `NotAnOpenSchool`, `InvitedAlready`.
    """
    founding = _gathering(person, pk, day)
    school = _open_school(school_pk, day)
    row = FoundingSchool(founding=founding, school=school, invited_by=person)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as twice:
        raise _invited_already(school) from twice
    write_to_invited(INVITED, [row], links=links, now=now)
    _say(person, founding, "founding.invite", N_("Invited this school: %(school)s."), school)
    return row


@transaction.atomic
def take_back_invitation(*, person: Person, day: dt.date, pk: int, school_pk: int) -> None:
    """An invitation that nobody has answered, as if it had not been sent.

    Raises `NotThere`, `NotAllowed`, `NotWhileAsked`, `AnsweredAlready`.
    """
    founding = _gathering(person, pk, day)
    row = founding.schools.select_related("school").filter(school=school_pk).first()
    if row is None:
        raise NotThere(Message(N_("The school was not invited.")))
    if row.reply:
        raise AnsweredAlready(
            Message(N_("The school has answered, so its invitation stays.")),
            next_step=Message(N_("Talk to the school: it can change its own answer.")),
        )
    row.delete()
    _say(person, founding, "founding.take_back", N_("Took back: %(school)s."), row.school)


@transaction.atomic
def change_purpose(
    *,
    person: Person,
    day: dt.date,
    now: dt.datetime,
    pk: int,
    purpose: str,
    links: Links,
) -> Founding:
    """Another wording; the schools that had joined are asked again by letter.

    The same words change nothing. Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`,
    `NotWhileAsked`, `NoPurpose`.
    """
    founding = _gathering(person, pk, day)
    before, founding.purpose = founding.purpose, _worded(purpose)
    if founding.purpose == before:
        return founding
    founding.purpose_number += 1
    founding.save(update_fields=("purpose", "purpose_number"))
    founding.schools.filter(is_founder=True).update(
        agreed_purpose_number=founding.purpose_number, replied_by=person, replied_at=now
    )
    joined = founding.schools.filter(reply=Reply.JOINS, is_founder=False)
    write_to_invited(
        INVITED_AGAIN, joined.select_related("founding__cluster", "school"), links=links, now=now
    )
    record(
        actor=person,
        verb="founding.purpose",
        subject=founding.cluster,
        summary=Message(N_("Changed the purpose. Wording: %(n)s."), {"n": founding.purpose_number}),
        details={"before": before, "after": founding.purpose},
    )
    return founding


@transaction.atomic
def withdraw_founding(*, person: Person, day: dt.date, pk: int) -> Founding:
    """The school that began takes all of it back; the proposed cluster closes.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`.
    """
    founding_to_lead(person, pk, day)
    founding = locked(pk)
    founding.state = state_after("withdraw", founding.state, MOVES, NAMES)
    founding.save(update_fields=("state",))
    close_proposed(person, founding.cluster, day)
    others = founding.schools.filter(is_founder=False).exclude(reply=Reply.DECLINES)
    write_of_withdrawal(founding, [row.school for row in others.select_related("school")], day=day)
    _say(person, founding, "founding.withdraw", N_("Took the founding back."))
    return founding


def close_proposed(person: Person, cluster: Cluster, day: dt.date) -> None:
    """Ends a proposed cluster, which has no members; it lasted a day at least."""
    put_status(person, cluster, Cluster.Status.CLOSED, day, day)
    cluster.end_on = max(day, cluster.start_on + dt.timedelta(days=1))
    cluster.save(update_fields=("end_on",))


def locked(pk: int) -> Founding:
    """The founding under lock, so that two people never decide about it at once."""
    chain = Founding.objects.select_for_update(of=("self", "cluster"))
    return chain.select_related("cluster__organisation").get(pk=pk)


def _gathering(person: Person, pk: int, day: dt.date) -> Founding:
    """The founding under lock, while schools may still be gathered. Raises `NotThere`,
    `NotAllowed`, `NotWhileAsked`, `MoveNotAllowed`."""
    founding_to_lead(person, pk, day)
    founding = locked(pk)
    if founding.state == ASKED:
        raise NotWhileAsked(
            Message(N_("This cannot be changed now.")),
            why=Message(
                N_("The organisation is deciding about it: %(organisation)s."),
                {"organisation": str(founding.cluster.organisation)},
            ),
            next_step=Message(N_("Wait for its answer, or ask its officers to return it.")),
        )
    if founding.state not in (GATHERING, RETURNED):
        state_after("ask", founding.state, MOVES, NAMES)  # says that it is over
    return founding


def _open_school(pk: int, day: dt.date) -> School:
    school = School.objects.filter(pk=pk).first()
    if school is None or school.matched_to_id:
        raise NotAnOpenSchool(
            Message(N_("There is no such school to invite.")),
            next_step=Message(N_("Search for it by its name or its number.")),
        )
    check_open_on([pk], day)
    return school


def _invited_already(school: School) -> Problem:
    return InvitedAlready(
        Message(N_("This school is invited already: %(school)s."), {"school": str(school)}),
        next_step=Message(N_("See in the list whether it has answered.")),
    )


def _worded(purpose: str) -> str:
    words = purpose.strip()
    if not words:
        raise NoPurpose(
            Message(N_("The purpose has no words.")),
            why=Message(N_("The schools that join agree to them.")),
            next_step=Message(N_("Write in a sentence or two what the cluster is for.")),
        )
    return words


def _say(
    person: Person, founding: Founding, verb: str, template: str, school: School | None = None
) -> None:
    record(
        actor=person,
        verb=verb,
        subject=founding.cluster,
        summary=Message(template, {"school": str(school)} if school else {}),
        details={"school": school.pk} if school else {},
    )

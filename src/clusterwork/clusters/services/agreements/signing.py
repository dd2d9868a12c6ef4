"""Signing for a school: by signing in again, or on paper with a copy uploaded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import AgreementVersion, Signature
from clusterwork.clusters.permissions.agreements import found_version, rights_in
from clusterwork.clusters.rules.agreements.proving import is_fresh, same_name
from clusterwork.clusters.selectors.governed import Governing, governing_of
from clusterwork.clusters.selectors.posts import posts_of
from clusterwork.clusters.selectors.signing import SchoolSigns, signing_of
from clusterwork.clusters.services.agreements.copies import Upload, keep_copy
from clusterwork.clusters.services.agreements.loading import (
    REFUSED,
    already_signed,
    locked,
    not_to_be_signed,
)
from clusterwork.clusters.services.agreements.settling import settle
from clusterwork.clusters.services.agreements.telling import told_to_cluster
from clusterwork.clusters.services.agreements.writing_to import LinkFor
from clusterwork.clusters.services.refusals import in_words
from clusterwork.clusters.states.agreement import IN_FORCE, SIGNING
from clusterwork.kernel.errors import NotAllowed, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School

LONGEST_NAME = 150


class HasLeftThePost(Problem):
    """Whoever signs does not hold the post on the day of the signature."""


class NotProvedAgain(Problem):
    """A signature without showing again that it is she."""


class NotAMember(Problem):
    """The school is not in the cluster, or nobody signs for its kind in this capacity."""


class SignedOnAnotherDay(Problem):
    """A day of signing that has not come, or lies before the words were put to the schools."""


@dataclass(frozen=True)
class OnPaper:
    """What was signed on paper: by whom, on which day, and the copy."""

    name: str
    signed_on: dt.date
    upload: Upload


@transaction.atomic
def sign(
    *,
    person: Person,
    now: dt.datetime,
    version_pk: int,
    school_pk: int,
    capacity: str,
    proved_at: dt.datetime | None,
    link_for: LinkFor,
) -> list[Signature]:
    """Her signature for the school, and for all that are served with it.

    `proved_at` is when she last showed that it is she. Raises `NotThere`, `NotAMember`,
    `HasLeftThePost`, `NotProvedAgain`, `NotToBeSigned`, `AlreadySigned`.
    """
    day = timezone.localdate(now)
    version, governing, each = _to_sign(version_pk, school_pk, capacity, day)
    if not posts_of(version.agreement.cluster, governing, day).holds(person, capacity, school_pk):
        raise has_left_the_post(capacity, each.school)
    if not is_fresh(proved_at, now):
        raise NotProvedAgain(
            Message(N_("You have not shown again that it is you.")),
            why=Message(N_("A signature counts only within ten minutes of signing in again.")),
            next_step=Message(N_("Press the button to sign once more.")),
        )
    facts = {"way": Signature.Way.SIGNED_IN, "person": person, "name": person.name}
    return _signed(person, version, governing, each, capacity, day, day, link_for, facts)


@transaction.atomic
def sign_by_copy(
    *,
    person: Person,
    now: dt.datetime,
    version_pk: int,
    school_pk: int,
    capacity: str,
    paper: OnPaper,
    link_for: LinkFor,
) -> list[Signature]:
    """What was signed on paper, with its copy, entered by whoever prepares for the cluster.

    Raises `NotThere`, `NotAllowed`, `NotAMember`, `HasLeftThePost`, `SignedOnAnotherDay`,
    `NotToBeSigned`, `AlreadySigned`, `CopyTooLarge`, `CopyOfAnotherKind`.
    """
    day = timezone.localdate(now)
    version = found_version(version_pk)
    check_may_enter(person, version, day)
    version, governing, each = _to_sign(version_pk, school_pk, capacity, day)
    check_day(version, paper.signed_on, day)
    _check_held(version, paper, capacity, each.school)
    with in_words(REFUSED):
        copy = keep_copy(person, paper.upload)
    facts = {"way": Signature.Way.COPY, "name": paper.name.strip()[:LONGEST_NAME], "copy": copy}
    return _signed(
        person, version, governing, each, capacity, paper.signed_on, day, link_for, facts
    )


def check_may_enter(person: Person, version: AgreementVersion, day: dt.date) -> None:
    """Raises `NotAllowed` for anybody but those who draft for the cluster, and its officers."""
    rights = rights_in(person, version.agreement.cluster, day)
    if not (rights.drafts or rights.runs):
        raise NotAllowed(
            Message(N_("You cannot upload a signed copy for this cluster.")),
            next_step=Message(
                N_(
                    "The heads of its schools and whoever they have named, its chair, coordinator, "
                    "clerk and officers can. Give it to one of them."
                )
            ),
        )


def check_day(version: AgreementVersion, signed_on: dt.date, day: dt.date) -> None:
    """Raises `SignedOnAnotherDay`."""
    opened = timezone.localdate(version.opened_at) if version.opened_at else day
    if signed_on > day:
        raise SignedOnAnotherDay(
            Message(N_("The day of signing has not come: %(on)s."), {"on": signed_on}),
            next_step=Message(N_("Give the day that stands on the paper.")),
        )
    if signed_on < opened:
        raise SignedOnAnotherDay(
            Message(N_("The day of signing lies before the agreement was put to the schools.")),
            why=Message(N_("It was put to them on: %(on)s."), {"on": opened}),
            next_step=Message(
                N_("Give the day that stands on the paper. Earlier words are another version.")
            ),
        )


def has_left_the_post(capacity: str, school: School) -> Problem:
    """For a signatory who does not hold the post on the day."""
    return HasLeftThePost(
        Message(
            N_("This signature cannot be taken for the school: %(school)s."),
            {"school": str(school)},
        ),
        why=Message(
            N_("Whoever signs must hold this post on the day of signing: %(post)s."),
            {"post": str(Signature.Capacity(capacity).label)},
        ),
        next_step=Message(
            N_(
                "Whoever holds the post now can sign. If the post is recorded wrongly, put it "
                "right on the pages of the school or of the cluster’s people first."
            )
        ),
    )


def _to_sign(
    version_pk: int, school_pk: int, capacity: str, day: dt.date
) -> tuple[AgreementVersion, Governing, SchoolSigns]:
    """The version under lock with the school's own signatures. Raises what can be wrong."""
    version = locked(version_pk)
    if version.state not in (SIGNING, IN_FORCE):
        raise not_to_be_signed()
    governing = governing_of(version.agreement.cluster, day)
    for each in signing_of(version, day, governing):
        if each.school.pk == school_pk:
            slot = next((slot for slot in each.slots if slot.capacity == capacity), None)
            if slot is None:
                break
            if slot.signature:
                raise already_signed()
            return version, governing, each
    raise NotAMember(
        Message(N_("Nobody signs in this way for this school here.")),
        why=Message(
            N_("Either it is not in the cluster today, or others sign for a school of its kind.")
        ),
        next_step=Message(N_("Open the agreement again to see who signs for which school.")),
    )


def _check_held(version: AgreementVersion, paper: OnPaper, capacity: str, school: School) -> None:
    """That whoever signed on paper held the post that day, as far as anybody is known in it."""
    governing = governing_of(version.agreement.cluster, paper.signed_on)
    if school.pk not in governing.schools:
        return
    posts = posts_of(version.agreement.cluster, governing, paper.signed_on)
    known = posts.holders(capacity, school.pk)
    if known and not any(same_name(each.name, paper.name) for each in known):
        raise HasLeftThePost(
            Message(
                N_("Another person held this post on that day: %(name)s."), {"name": known[0].name}
            ),
            why=Message(
                N_("The copy is signed by: %(name)s. School: %(school)s."),
                {"name": paper.name.strip(), "school": str(school)},
            ),
            next_step=Message(
                N_(
                    "Let whoever holds the post sign. If the post is recorded wrongly, put it "
                    "right on the pages of the school or of the cluster’s people first."
                )
            ),
        )


def _signed(
    person: Person,
    version: AgreementVersion,
    governing: Governing,
    each: SchoolSigns,
    capacity: str,
    on: dt.date,
    day: dt.date,
    link_for: LinkFor,
    facts: dict[str, object],
) -> list[Signature]:
    """One row for each school that the signature serves and that has none yet."""
    grouping = governing.grouping(each.school.pk)
    have = set(version.signatures.filter(capacity=capacity).values_list("school_id", flat=True))
    schools = [one for one in governing.served_with(each.school.pk) if one.pk not in have]
    label = str(Signature.Capacity(capacity).label)
    post = _("%(post)s: %(of)s") % {"post": label, "of": grouping or each.school}
    with in_words(REFUSED):
        made = [
            Signature.objects.create(
                version=version,
                school=school,
                partnership=grouping,
                capacity=capacity,
                post=post[:200],
                signed_on=on,
                entered_by=person,
                **facts,
            )
            for school in schools
        ]
    told_to_cluster(
        person,
        version,
        "agreement.sign",
        N_("Signed: %(agreement)s. For: %(schools)s. By: %(name)s."),
        schools=", ".join(str(school) for school in schools),
        name=made[0].name,
    )
    settle(version, person=person, day=day, link_for=link_for)
    return made

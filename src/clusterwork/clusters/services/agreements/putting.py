"""Putting a draft to the schools, taking it back, withdrawing it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import AgreementVersion
from clusterwork.clusters.rules.agreements.blanks import EXPLAINED, left_in
from clusterwork.clusters.selectors.agreements import clauses_of, library_of
from clusterwork.clusters.selectors.known_blanks import kept_blanks
from clusterwork.clusters.selectors.signing import signing_of
from clusterwork.clusters.services.agreements.drafting import check_review, clause_is_required
from clusterwork.clusters.services.agreements.loading import (
    REFUSED,
    put_state,
    version_to_move,
)
from clusterwork.clusters.services.agreements.loading import signed_is_no_draft as is_signed
from clusterwork.clusters.services.agreements.telling import told, told_to_cluster
from clusterwork.clusters.services.agreements.writing_to import LinkFor, write_to_sign
from clusterwork.clusters.services.locking import check_lives
from clusterwork.clusters.services.refusals import in_words
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class BlanksLeft(Problem):
    """A draft with blanks that nobody has filled in."""


class NothingWritten(Problem):
    """A draft without any clause."""


class NobodyToSign(Problem):
    """A cluster without a school."""


class InForceAlready(Problem):
    """An agreement that is in force is not withdrawn; another takes its place."""


@transaction.atomic
def put_to_schools(
    *, person: Person, now: dt.datetime, version_pk: int, link_for: LinkFor
) -> tuple[AgreementVersion, int]:
    """The words are sealed, and everybody who signs is written to; the version, and how many.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`, `NothingWritten`, `BlanksLeft`,
    `ClauseIsRequired`, `ReviewHasPassed`, `NobodyToSign`, `ClusterHasClosed`, `NotToBeSigned`.
    """
    day = timezone.localdate(now)
    version = version_to_move(person, version_pk, day)
    check_lives(version.agreement.cluster, day)
    put_state(version, "put to the schools")
    _check_ready(version, day)
    signing = signing_of(version, day)
    if not signing:
        raise NobodyToSign(
            Message(N_("There is no school in the cluster to sign it.")),
            next_step=Message(N_("Let the schools join the cluster first.")),
        )
    version.opened_at = now
    with in_words(REFUSED):
        version.save(update_fields=("state", "opened_at"))
    told_to_cluster(
        person,
        version,
        "agreement.put",
        N_("Put to the schools for signing: %(agreement)s. Schools: %(n)s."),
        n=len(signing),
    )
    return version, write_to_sign(version, signing, by=person, day=day, link_for=link_for)


@transaction.atomic
def take_back(*, person: Person, day: dt.date, version_pk: int) -> AgreementVersion:
    """A draft again, as long as nobody has signed.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`, `SignedIsNoDraft`.
    """
    version = version_to_move(person, version_pk, day)
    put_state(version, "take back to change")
    if version.signatures.exists():
        raise is_signed()
    version.opened_at = None
    with in_words(REFUSED):
        version.save(update_fields=("state", "opened_at"))
    told_to_cluster(
        person, version, "agreement.take_back", N_("Took back to change: %(agreement)s.")
    )
    return version


@transaction.atomic
def withdraw(*, person: Person, day: dt.date, version_pk: int) -> AgreementVersion:
    """It is not signed any more; its words and signatures are kept.

    Raises `NotThere`, `NotAllowed`, `MoveNotAllowed`.
    """
    version = version_to_move(person, version_pk, day)
    was_open = version.opened_at is not None
    put_state(version, "withdraw")
    version.ended_on = day
    version.save(update_fields=("state", "ended_on"))
    tell = told_to_cluster if was_open else told
    tell(person, version, "agreement.withdraw", N_("Withdrew: %(agreement)s."))
    return version


def _check_ready(version: AgreementVersion, day: dt.date) -> None:
    clauses = clauses_of(version)
    if not clauses:
        raise NothingWritten(
            Message(N_("There is nothing to sign: the agreement has no clauses.")),
            next_step=Message(N_("Choose clauses from the library, or write your own.")),
        )
    if version.varies_id is None:
        held = {each.clause_id for each in clauses}
        library = library_of(version.agreement.cluster.organisation, version.agreement.kind)
        for each in library:
            if each.required and each.pk not in held:
                raise clause_is_required(each.title)
    check_review(version.review_on, day)
    _check_filled(version)


def _check_filled(version: AgreementVersion) -> None:
    clauses = clauses_of(version)
    texts = [text for each in clauses for text in (each.text, each.text_cy)]
    values = {name: each.en or each.cy for name, each in kept_blanks(clauses).items()}
    left = left_in(texts, values)
    if left:
        first = Message(EXPLAINED[left[0]]) if left[0] in EXPLAINED else left[0]
        raise BlanksLeft(
            Message(N_("Blanks that are not filled in yet: %(n)s."), {"n": len(left)}),
            why=Message(N_("The first of them: %(first)s."), {"first": first}),
            next_step=Message(N_("Fill in the blanks, then put the agreement to the schools.")),
        )

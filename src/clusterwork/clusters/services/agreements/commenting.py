"""What people of the cluster, dioceses and trusts say about a version before it is in force."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import AgreementComment, Section
from clusterwork.clusters.permissions.agreements import version_to_comment
from clusterwork.clusters.services.agreements.checking import check_length
from clusterwork.clusters.services.agreements.telling import told
from clusterwork.clusters.states.agreement import DRAFT, SIGNING
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

LONGEST_COMMENT = 5_000


class NothingSaid(Problem):
    """A comment without words."""


class CommentsAreOver(Problem):
    """The version is in force or over."""


@transaction.atomic
def comment(
    *, person: Person, day: dt.date, version_pk: int, text: str, section: str = ""
) -> AgreementComment:
    """The comment, with the diocese or trust that it speaks for.

    Raises `NotThere`, `NotAllowed`, `CommentsAreOver`, `NothingSaid`, `WordsTooLong`.
    """
    version, rights = version_to_comment(person, version_pk, day)
    if version.state not in (DRAFT, SIGNING):
        raise CommentsAreOver(
            Message(N_("This version can be commented on no more.")),
            why=Message(N_("It is in force or over.")),
            next_step=Message(N_("Tell the chair what the next version should say.")),
        )
    if not text.strip():
        raise NothingSaid(
            Message(N_("The comment has no words.")), next_step=Message(N_("Write your comment."))
        )
    check_length(text.strip(), LONGEST_COMMENT)
    made = AgreementComment.objects.create(
        version=version,
        section=section if section in Section.values else "",
        text=text.strip(),
        speaks_for=rights.speaks_for[:200],
        by=person,
    )
    told(person, version, "agreement.comment", N_("Commented on: %(agreement)s."))
    return made

"""Beginning a version of an agreement, or a letter that varies the one in force."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Agreement, AgreementVersion, Cluster, SealedClause
from clusterwork.clusters.permissions.agreements import cluster_to_draft_in, version_to_draft
from clusterwork.clusters.rules.agreements.blanks import TYPED
from clusterwork.clusters.selectors.agreements import version_in_force
from clusterwork.clusters.selectors.known_blanks import known_blanks
from clusterwork.clusters.services.agreements.checking import check_length
from clusterwork.clusters.services.agreements.loading import REFUSED, one_under_way
from clusterwork.clusters.services.agreements.telling import told
from clusterwork.clusters.services.locking import check_lives
from clusterwork.clusters.services.refusals import in_words
from clusterwork.clusters.states.agreement import DRAFT, IN_FORCE, SIGNING
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

LONGEST_BECAUSE = 500


class NothingToVary(Problem):
    """A letter varies what is in force; nothing is."""


class NotSaidWhy(Problem):
    """A letter that does not say what it changes."""


@transaction.atomic
def start_version(*, person: Person, day: dt.date, cluster_pk: int, kind: str) -> AgreementVersion:
    """A draft; with the clauses of the version in force, if there is one, to be changed.

    Raises `NotThere`, `NotAllowed`, `ClusterHasClosed`, `BeforeTheCluster`, `OneUnderWay`.
    """
    cluster = cluster_to_draft_in(person, cluster_pk, day)
    check_lives(cluster, day)
    before = version_in_force(cluster, kind)
    version = _new(person, cluster, kind)
    if before:
        _copy_clauses(before, version, day)
    told(person, version, "agreement.start", N_("Began an agreement: %(agreement)s."))
    return version


@transaction.atomic
def start_letter(
    *, person: Person, day: dt.date, version_pk: int, because: str
) -> AgreementVersion:
    """A draft of a letter that varies the version in force and says what changes, and why.

    Raises `NotThere`, `NotAllowed`, `NothingToVary`, `NotSaidWhy`, `OneUnderWay`, `WordsTooLong`.
    """
    varied = version_to_draft(person, version_pk, day)
    if varied.state != IN_FORCE or varied.varies_id:
        raise NothingToVary(
            Message(N_("Only an agreement that is in force can be varied by a letter.")),
            next_step=Message(N_("Change the draft itself, or begin a new version.")),
        )
    check_because(because)
    check_lives(varied.agreement.cluster, day)
    letter = _new(
        person,
        varied.agreement.cluster,
        varied.agreement.kind,
        varies=varied,
        because=because.strip(),
    )
    told(person, letter, "agreement.start_letter", N_("Began a letter that varies: %(agreement)s."))
    return letter


def check_because(because: str) -> None:
    """Raises `NotSaidWhy`, `WordsTooLong`."""
    check_length(because.strip(), LONGEST_BECAUSE)
    if not because.strip():
        raise NotSaidWhy(
            Message(N_("The letter does not say what changes, and why.")),
            next_step=Message(N_("Write it in a sentence or two. The schools read it first.")),
        )


def _new(person: Person, cluster: Cluster, kind: str, **facts: object) -> AgreementVersion:
    with in_words(REFUSED):
        agreement, _is_new = Agreement.objects.get_or_create(
            cluster=cluster, kind=kind, defaults={"started_by": person}
        )
        Agreement.objects.select_for_update().get(pk=agreement.pk)
        if agreement.versions.filter(state__in=(DRAFT, SIGNING)).exists():
            raise one_under_way()
        last = agreement.versions.aggregate(last=Max("number"))["last"] or 0
        return AgreementVersion.objects.create(
            agreement=agreement, number=last + 1, drafted_by=person, **facts
        )


def _copy_clauses(before: AgreementVersion, version: AgreementVersion, day: dt.date) -> None:
    """The clauses with what people filled in; what the system knows is filled in anew."""
    known = known_blanks(version, day)
    names = ("clause_id", "section", "place", "title", "title_cy", "text", "text_cy")
    SealedClause.objects.bulk_create(
        SealedClause(
            version=version,
            blanks={
                name: value
                if value.get("source") in (TYPED, "earlier") or name not in known
                else known[name].plain()
                for name, value in each.blanks.items()
                if name != "review_on"
            },
            **{name: getattr(each, name) for name in names},
        )
        for each in before.clauses.all()
    )

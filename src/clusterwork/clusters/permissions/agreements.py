"""Who reads, drafts and puts the agreements of a cluster; loading one is passing its permission.

Drafts are the cluster's own. What is put to the schools is read by its officers too, by the
trusts that sign and by the dioceses of its church schools. Who signs stands in `signing`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.selectors.roles import is_on, roles_on
from clusterwork.clusters.models import (
    AgreementVersion,
    Appointment,
    Clause,
    Cluster,
    SealedClause,
    SignedCopy,
)
from clusterwork.clusters.permissions.clusters import OF_SCHOOL, WORKING, may_run_cluster
from clusterwork.clusters.permissions.consulting import dioceses_of
from clusterwork.clusters.permissions.programmes import organisations_for
from clusterwork.clusters.permissions.schools import schools_to_prepare_for, schools_to_send_for
from clusterwork.clusters.rules.dioceses import diocese_key
from clusterwork.clusters.selectors.memberships import is_on as lasts_on
from clusterwork.clusters.selectors.memberships import school_ids_in
from clusterwork.clusters.selectors.posts import trusts_spoken_for
from clusterwork.clusters.states.agreement import DRAFT, WITHDRAWN
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Affiliation, Organisation, School

DRAFTING = (*WORKING, Appointment.Role.LINK_PERSON, Appointment.Role.STRAND_COORDINATOR)
FINDS = "agreement__cluster__organisation__parent"


@dataclass(frozen=True)
class Rights:
    """What somebody may do with a cluster's agreements on a day.

    `is_inside` sees drafts; `puts` sends to the schools, takes back and reminds; `dioceses` are
    those for which the person speaks, `trusts` whether for a trust with a school in it.
    """

    is_inside: bool
    drafts: bool
    puts: bool
    runs: bool
    dioceses: tuple[Organisation, ...] = ()
    trusts: tuple[Organisation, ...] = ()

    @property
    def reads(self) -> bool:
        """Whether the words that were put to the schools, and who signed, are for the person."""
        return self.is_inside or self.runs or bool(self.dioceses) or bool(self.trusts)

    @property
    def opens_copies(self) -> bool:
        """Whether scans with people's signatures are for the person: not for a diocese."""
        return self.is_inside or self.runs or bool(self.trusts)

    def may_read(self, version: AgreementVersion) -> bool:
        """A draft is for the cluster's own people, and so is one that never left it."""
        if version.state == DRAFT or (version.state == WITHDRAWN and version.opened_at is None):
            return self.is_inside
        return self.reads

    @property
    def speaks_for(self) -> str:
        """For whom a comment speaks besides the person; empty for the cluster's own."""
        if self.is_inside:
            return ""
        return ", ".join(str(each) for each in (*self.dioceses, *self.trusts))


def rights_in(person: Person, cluster: Cluster, day: dt.date) -> Rights:
    """What `person` may do with the cluster's agreements on `day`."""
    schools = school_ids_in(cluster, day)
    held = set(
        cluster.appointments.filter(is_on(day), person=person).values_list("role", flat=True)
    )
    roles = roles_on(person, day).filter(kind__in=OF_SCHOOL, school__in=schools)
    kinds = {role.kind for role in roles}
    prepares = schools_to_prepare_for(person, day).filter(pk__in=schools).exists()
    sends = prepares and schools_to_send_for(person, day).filter(pk__in=schools).exists()
    works = bool(held & set(WORKING)) or Role.Kind.HEADTEACHER in kinds
    return Rights(
        is_inside=bool(held or kinds) or prepares,
        drafts=works or prepares or bool(held & set(DRAFTING)),
        puts=works or sends,
        runs=may_run_cluster(person, cluster, day),
        dioceses=_dioceses(person, cluster, day),
        trusts=_trusts(person, cluster, day),
    )


def _dioceses(person: Person, cluster: Cluster, day: dt.date) -> tuple[Organisation, ...]:
    spoken = dioceses_of(person, day)
    if not spoken:
        return ()
    schools = School.objects.filter(pk__in=school_ids_in(cluster, day)).exclude(diocese="")
    keys = {diocese_key(name) for name in schools.values_list("diocese", flat=True)}
    return tuple(each for key, each in spoken.items() if key in keys)


def _trusts(person: Person, cluster: Cluster, day: dt.date) -> tuple[Organisation, ...]:
    spoken = trusts_spoken_for(person, day)
    if not spoken:
        return ()
    held = Affiliation.objects.filter(
        lasts_on(day),
        school__in=school_ids_in(cluster, day),
        partnership__organisation__in=spoken,
    )
    ids = set(held.values_list("partnership__organisation_id", flat=True))
    return tuple(each for each in spoken if each.pk in ids)


def cluster_to_draft_in(person: Person, pk: int, day: dt.date) -> Cluster:
    """The cluster for those who may write its agreements, or `NotThere`, or `NotAllowed`."""
    found = Cluster.objects.select_related("organisation__parent", "parent").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such cluster.")))
    _check(rights_in(person, found, day).drafts, WRITES)
    return found


def version_for(person: Person, pk: int, day: dt.date) -> tuple[AgreementVersion, Rights]:
    """The version for those who may read it, with what they may do; `NotThere`, `NotAllowed`."""
    found = found_version(pk)
    rights = rights_in(person, found.agreement.cluster, day)
    if not rights.may_read(found):
        raise NotAllowed(
            Message(N_("You cannot read this agreement.")),
            next_step=Message(
                N_(
                    "The people of the cluster and its schools can. What was put to the schools "
                    "can be read by its officers and by the dioceses and trusts of its schools too."
                )
            ),
        )
    return found, rights


def version_to_comment(person: Person, pk: int, day: dt.date) -> tuple[AgreementVersion, Rights]:
    """The version for those who may comment on it, or `NotThere`, or `NotAllowed`."""
    found, rights = version_for(person, pk, day)
    if not (rights.is_inside or rights.speaks_for):
        raise NotAllowed(
            Message(N_("You cannot comment on this agreement.")),
            next_step=Message(
                N_("The people of the cluster can, and the dioceses and trusts of its schools.")
            ),
        )
    return found, rights


def version_to_draft(person: Person, pk: int, day: dt.date) -> AgreementVersion:
    """The version for those who may write it, or `NotThere`, or `NotAllowed`."""
    found, rights = version_for(person, pk, day)
    _check(rights.drafts, WRITES)
    return found


def version_to_put(person: Person, pk: int, day: dt.date) -> AgreementVersion:
    """The version for those who may put it to the schools, or `NotThere`, or `NotAllowed`."""
    found, rights = version_for(person, pk, day)
    _check(rights.puts, PUTS)
    return found


def clause_to_draft(person: Person, pk: int, day: dt.date) -> SealedClause:
    """A clause of a version for those who may write it, or `NotThere`, or `NotAllowed`."""
    found = SealedClause.objects.select_related("clause").filter(pk=pk).first()
    if found is None:
        raise NotThere(
            Message(N_("This clause is not in the agreement any more.")),
            next_step=Message(N_("Open the agreement again to see how it stands now.")),
        )
    found.version = version_to_draft(person, found.version_id, day)
    return found


def copy_for(person: Person, pk: int, day: dt.date) -> SignedCopy:
    """A signed copy for readers of the version that it signs, but for those of a diocese alone.

    Raises `NotThere`, `NotAllowed`.
    """
    found = SignedCopy.objects.filter(pk=pk).first()
    signature = found.signatures.first() if found else None
    if found is None or signature is None:
        raise NotThere(Message(N_("There is no such signed copy.")))
    _version, rights = version_for(person, signature.version_id, day)
    if not rights.opens_copies:
        raise NotAllowed(
            Message(N_("You cannot open signed copies.")),
            next_step=Message(
                N_("The people of the cluster and its programme officers can. Ask one of them.")
            ),
        )
    return found


def library_to_keep(person: Person, pk: int, day: dt.date) -> Organisation:
    """The organisation for those who keep its clauses: its officers and those above."""
    found = Organisation.objects.select_related("parent").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such organisation.")))
    _check_keeps(person, found, day)
    return found


def clause_to_keep(person: Person, pk: int, day: dt.date) -> Clause:
    """A clause of a library for those who keep it, or `NotThere`, or `NotAllowed`."""
    found = Clause.objects.select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such clause.")))
    _check_keeps(person, found.organisation, day)
    return found


def found_version(pk: int) -> AgreementVersion:
    """The version with its cluster, or `NotThere`."""
    found = AgreementVersion.objects.select_related(FINDS, "varies").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such agreement.")))
    return found


WRITES = Message(
    N_(
        "The heads of its schools and whoever they have named, its chair, coordinator, clerk and "
        "link people can. Ask one of them."
    )
)
PUTS = Message(
    N_(
        "Its chair, coordinator or clerk, the heads of its schools and whoever they have named to "
        "send can. Ask one of them."
    )
)


def _check(may: bool, who: Message) -> None:
    if not may:
        raise NotAllowed(
            Message(N_("You cannot change the agreements of this cluster.")), next_step=who
        )


def _check_keeps(person: Person, organisation: Organisation, day: dt.date) -> None:
    if not organisations_for(person, day).filter(pk=organisation.pk).exists():
        raise NotAllowed(
            Message(N_("You cannot change these clauses.")),
            why=Message(
                N_("They belong to this organisation: %(organisation)s."),
                {"organisation": str(organisation)},
            ),
            next_step=Message(N_("Its programme officers can change them. Ask one of them.")),
        )

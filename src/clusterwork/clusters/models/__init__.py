"""The room's facts, a file a noun."""

from clusterwork.clusters.models.agreement import (
    Agreement,
    AgreementComment,
    AgreementKind,
    AgreementVersion,
    Clause,
    SealedClause,
    Section,
    Signature,
    SignedCopy,
)
from clusterwork.clusters.models.appointment import Appointment, Rota, RotaSeat, RotaTurn
from clusterwork.clusters.models.arrival import Arrival, ArrivalStep
from clusterwork.clusters.models.asking import AskedSchool, Asking, FormationLink, Wish
from clusterwork.clusters.models.cluster import Cluster, FormerName, Lineage, StatusChange
from clusterwork.clusters.models.consultation import (
    Answer,
    Confirmation,
    ConfirmedCluster,
    DioceseComment,
    Reply,
    Round,
)
from clusterwork.clusters.models.decision import Affirmation, AskedHead, Decision, Presence, Vote
from clusterwork.clusters.models.formation import ChosenSchool, Formation, Lock
from clusterwork.clusters.models.founding import Founding, FoundingSchool
from clusterwork.clusters.models.governance import ClusterGroup, ClusterGroupMember, VotingRule
from clusterwork.clusters.models.group import (
    EligibilityCheck,
    EligibilityFinding,
    EligibilityVersion,
    GroupMember,
    ProgrammeGroup,
    ProgrammePriority,
)
from clusterwork.clusters.models.headship import Headship
from clusterwork.clusters.models.look import Look
from clusterwork.clusters.models.membership import Membership, Part, Partner
from clusterwork.clusters.models.participation import Participation, Place
from clusterwork.clusters.models.programme import PolicyVersion, Programme
from clusterwork.clusters.models.proposal import Proposal, ProposedCluster, ProposedPlace
from clusterwork.clusters.models.register_effect import RegisterBookmark, RegisterEffect
from clusterwork.clusters.models.standing import Standing
from clusterwork.clusters.models.stated import StatedPartnership

__all__ = [
    "Affirmation",
    "Agreement",
    "AgreementComment",
    "AgreementKind",
    "AgreementVersion",
    "Answer",
    "Appointment",
    "Arrival",
    "ArrivalStep",
    "AskedHead",
    "AskedSchool",
    "Asking",
    "ChosenSchool",
    "Clause",
    "Cluster",
    "ClusterGroup",
    "ClusterGroupMember",
    "Confirmation",
    "ConfirmedCluster",
    "Decision",
    "DioceseComment",
    "EligibilityCheck",
    "EligibilityFinding",
    "EligibilityVersion",
    "Formation",
    "FormationLink",
    "FormerName",
    "Founding",
    "FoundingSchool",
    "GroupMember",
    "Headship",
    "Lineage",
    "Lock",
    "Look",
    "Membership",
    "Part",
    "Participation",
    "Partner",
    "Place",
    "PolicyVersion",
    "Presence",
    "Programme",
    "ProgrammeGroup",
    "ProgrammePriority",
    "Proposal",
    "ProposedCluster",
    "ProposedPlace",
    "RegisterBookmark",
    "RegisterEffect",
    "Reply",
    "Rota",
    "RotaSeat",
    "RotaTurn",
    "Round",
    "SealedClause",
    "Section",
    "Signature",
    "SignedCopy",
    "Standing",
    "StatedPartnership",
    "StatusChange",
    "Vote",
    "VotingRule",
    "Wish",
]

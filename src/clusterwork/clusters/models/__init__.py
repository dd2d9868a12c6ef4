"""The room's facts, a file a noun."""

from clusterwork.clusters.models.formation import ChosenSchool, Formation, Lock
from clusterwork.clusters.models.programme import PolicyVersion, Programme
from clusterwork.clusters.models.proposal import Proposal, ProposedCluster, ProposedPlace

__all__ = [
    "ChosenSchool",
    "Formation",
    "Lock",
    "PolicyVersion",
    "Programme",
    "Proposal",
    "ProposedCluster",
    "ProposedPlace",
]

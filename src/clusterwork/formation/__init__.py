"""Who clusters with whom: policy, instance, proposal. Pure: no Django, no database, no web."""

from clusterwork.formation.conflict import CannotBeSatisfied, NotFoundInTime
from clusterwork.formation.instance import Flow, Instance, Link, Locks, School
from clusterwork.formation.policy import Policy, Weights
from clusterwork.formation.policy_reading import BadPolicy
from clusterwork.formation.proposal import (
    Alternative,
    Cluster,
    LeftOut,
    Partner,
    Proposal,
    Reason,
    RuleAgainst,
    RuleState,
)
from clusterwork.formation.proposing import propose
from clusterwork.formation.reports import FINDINGS, Finding, findings_for

__all__ = [
    "FINDINGS",
    "Alternative",
    "BadPolicy",
    "CannotBeSatisfied",
    "Cluster",
    "Finding",
    "Flow",
    "Instance",
    "LeftOut",
    "Link",
    "Locks",
    "NotFoundInTime",
    "Partner",
    "Policy",
    "Proposal",
    "Reason",
    "RuleAgainst",
    "RuleState",
    "School",
    "Weights",
    "findings_for",
    "propose",
]

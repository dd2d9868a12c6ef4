"""Who clusters with whom: policy, instance, proposal. Pure: no Django, no database, no web."""

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
from clusterwork.formation.reports import FINDINGS, Finding, findings_for

__all__ = [
    "FINDINGS",
    "Alternative",
    "BadPolicy",
    "Cluster",
    "Finding",
    "Flow",
    "Instance",
    "LeftOut",
    "Link",
    "Locks",
    "Partner",
    "Policy",
    "Proposal",
    "Reason",
    "RuleAgainst",
    "RuleState",
    "School",
    "Weights",
    "findings_for",
]

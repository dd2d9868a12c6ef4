"""Who clusters with whom: policy, instance, proposal. Pure: no Django, no database, no web."""

from clusterwork.formation.alternatives import (
    ExactAlternative,
    alternative_in,
    alternatives_for,
)
from clusterwork.formation.around import Resolved, resolve_around
from clusterwork.formation.arranging import arrange
from clusterwork.formation.changing import (
    ClusterChange,
    Consequences,
    Moved,
    SchoolChange,
    consequences,
    moved_partition,
)
from clusterwork.formation.conflict import CannotBeSatisfied, NotFoundInTime
from clusterwork.formation.evaluating import (
    Breach,
    Evaluation,
    NotAPartition,
    Partition,
    evaluate,
)
from clusterwork.formation.firmness import FIRM_SHARE, Agreement, Elsewhere, Firmness, firmness
from clusterwork.formation.instance import Flow, Instance, Link, Locks, School
from clusterwork.formation.near_best import NearBest, near_best
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
from clusterwork.formation.robustness import Risk, Robustness, robustness
from clusterwork.formation.rule_savings import RuleSaving, rule_savings
from clusterwork.formation.savings import LockSaving, lock_savings
from clusterwork.formation.too_many import MOST_BY_MATRIX, TooManySchools, check_pairs

__all__ = [
    "FINDINGS",
    "FIRM_SHARE",
    "MOST_BY_MATRIX",
    "Agreement",
    "Alternative",
    "BadPolicy",
    "Breach",
    "CannotBeSatisfied",
    "Cluster",
    "ClusterChange",
    "Consequences",
    "Elsewhere",
    "Evaluation",
    "ExactAlternative",
    "Finding",
    "Firmness",
    "Flow",
    "Instance",
    "LeftOut",
    "Link",
    "LockSaving",
    "Locks",
    "Moved",
    "NearBest",
    "NotAPartition",
    "NotFoundInTime",
    "Partition",
    "Partner",
    "Policy",
    "Proposal",
    "Reason",
    "Resolved",
    "Risk",
    "Robustness",
    "RuleAgainst",
    "RuleSaving",
    "RuleState",
    "School",
    "SchoolChange",
    "TooManySchools",
    "Weights",
    "alternative_in",
    "alternatives_for",
    "arrange",
    "check_pairs",
    "consequences",
    "evaluate",
    "findings_for",
    "firmness",
    "lock_savings",
    "moved_partition",
    "near_best",
    "propose",
    "resolve_around",
    "robustness",
    "rule_savings",
]

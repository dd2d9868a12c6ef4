"""The only package of the house that asks the formation library; knows no web, writes no rows."""

from clusterwork.clusters.formation_adapter.looking import alternatives, firm, savings
from clusterwork.clusters.formation_adapter.moving import arrange, see
from clusterwork.clusters.formation_adapter.names import rule_name
from clusterwork.clusters.formation_adapter.policies import (
    checked_policy,
    default_policy,
    policy_for,
)
from clusterwork.clusters.formation_adapter.question import Names, Question, instance_of
from clusterwork.clusters.formation_adapter.rearranging import NoArrangement, rearrange
from clusterwork.clusters.formation_adapter.solving import Impossible, solve
from clusterwork.formation import BadPolicy, Finding, findings_for

__all__ = [
    "BadPolicy",
    "Finding",
    "Impossible",
    "Names",
    "NoArrangement",
    "Question",
    "alternatives",
    "arrange",
    "checked_policy",
    "default_policy",
    "findings_for",
    "firm",
    "instance_of",
    "policy_for",
    "rearrange",
    "rule_name",
    "savings",
    "see",
    "solve",
]

"""What the API hands out. Names come in both languages; the Welsh one may be empty."""

from clusterwork.api.shapes.agreed import (
    Agreement,
    Clause,
    Decision,
    SchoolSigns,
    SchoolsPart,
    Signature,
    VotingRule,
    WholeAgreement,
    WholeDecision,
)
from clusterwork.api.shapes.figures import Figure, Measure, Total
from clusterwork.api.shapes.places import (
    Appointment,
    Authority,
    Cluster,
    Membership,
    Named,
    Participation,
    Programme,
    School,
)
from clusterwork.api.shapes.plans import Document, Paper, Plan, WholePlan
from clusterwork.api.shapes.studies import Analysis, Result, Study, WholeStudy

__all__ = [
    "Agreement",
    "Analysis",
    "Appointment",
    "Authority",
    "Clause",
    "Cluster",
    "Decision",
    "Document",
    "Figure",
    "Measure",
    "Membership",
    "Named",
    "Paper",
    "Participation",
    "Plan",
    "Programme",
    "Result",
    "School",
    "SchoolSigns",
    "SchoolsPart",
    "Signature",
    "Study",
    "Total",
    "VotingRule",
    "WholeAgreement",
    "WholeDecision",
    "WholePlan",
    "WholeStudy",
]

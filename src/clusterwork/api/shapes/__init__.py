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

__all__ = [
    "Agreement",
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
    "School",
    "SchoolSigns",
    "SchoolsPart",
    "Signature",
    "Total",
    "VotingRule",
    "WholeAgreement",
    "WholeDecision",
    "WholePlan",
]

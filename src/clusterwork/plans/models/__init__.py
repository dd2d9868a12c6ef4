"""The room's facts, a file a noun."""

from clusterwork.plans.models.asking import NeedsAsking
from clusterwork.plans.models.money import BudgetLine, LineShare, Payer
from clusterwork.plans.models.needs import Candidate, Choosing, Need, NeedsStatement, Ranking
from clusterwork.plans.models.outcomes import Horizon, Outcome, OutcomeLink, Target
from clusterwork.plans.models.plan import Plan
from clusterwork.plans.models.review import (
    Check,
    ChecklistItem,
    Consulted,
    FunderAnswer,
    FunderForm,
    Review,
    ReviewBody,
    ReviewComment,
    Submission,
)
from clusterwork.plans.models.talk import PlanComment, Reuse, Writer
from clusterwork.plans.models.version import PartVersion
from clusterwork.plans.models.work import Action, Definition, Milestone, Post, Priority, Strand

__all__ = [
    "Action",
    "BudgetLine",
    "Candidate",
    "Check",
    "ChecklistItem",
    "Choosing",
    "Consulted",
    "Definition",
    "FunderAnswer",
    "FunderForm",
    "Horizon",
    "LineShare",
    "Milestone",
    "Need",
    "NeedsAsking",
    "NeedsStatement",
    "Outcome",
    "OutcomeLink",
    "PartVersion",
    "Payer",
    "Plan",
    "PlanComment",
    "Post",
    "Priority",
    "Ranking",
    "Reuse",
    "Review",
    "ReviewBody",
    "ReviewComment",
    "Strand",
    "Submission",
    "Target",
    "Writer",
]

"""One plan, many documents: each a different cut of the same content."""

from clusterwork.plans.papers.audiences import Audience, NoSuchAudience, audience_of
from clusterwork.plans.papers.making import paper_for, papers_of
from clusterwork.plans.papers.programme import programme_paper

__all__ = [
    "Audience",
    "NoSuchAudience",
    "audience_of",
    "paper_for",
    "papers_of",
    "programme_paper",
]

"""What of a cluster's record is told to whom."""

from __future__ import annotations

from django.db.models import QuerySet

from clusterwork.audit.models import Entry

# Whom a school invited while it formed the cluster, and what each answered.
AMONG_FOUNDERS = ("founding.invite", "founding.take_back", "founding.answer", "founding.return")

# Who signed an agreement when; its readers see that on its own page.
AMONG_SIGNATORIES = (
    "agreement.put",
    "agreement.sign",
    "agreement.take_back",
    "agreement.withdraw",
)


def told_to_all(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Without invitations and their answers, which the schools that join and officers see, and
    without single signatures."""
    return entries.exclude(verb__in=AMONG_FOUNDERS + AMONG_SIGNATORIES)

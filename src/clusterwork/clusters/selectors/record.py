"""What of a cluster's record is told to whom."""

from __future__ import annotations

from django.db.models import QuerySet

from clusterwork.audit.models import Entry

# Whom a school invited while it formed the cluster, and what each answered.
AMONG_FOUNDERS = ("founding.invite", "founding.take_back", "founding.answer", "founding.return")


def told_to_all(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Without invitations and their answers, which the schools that join and officers see."""
    return entries.exclude(verb__in=AMONG_FOUNDERS)

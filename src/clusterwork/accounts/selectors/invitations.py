"""Which invitations are open, and to whom."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from clusterwork.accounts.models import Invitation


def open_invitations(now: dt.datetime) -> QuerySet[Invitation]:
    """Those that can still be accepted at `now`, newest first."""
    return Invitation.objects.filter(
        accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    ).select_related("organisation", "school", "invited_by")


def open_invitations_to(email: str, now: dt.datetime) -> QuerySet[Invitation]:
    """The open ones sent to this address, whatever its capitals."""
    return open_invitations(now).filter(email__iexact=email.strip())


def has_open_invitation(email: str, now: dt.datetime) -> bool:
    """Whether somebody wants the reader of this address to come in."""
    return open_invitations_to(email, now).exists()

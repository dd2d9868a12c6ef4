"""Which roles stand where, and which of them a head gives; plain values only."""

from __future__ import annotations

import datetime as dt

IN_ORGANISATION = frozenset(
    {
        "programme_officer",
        "finance_lead",
        "link_adviser",
        "evaluator",
        "inspector",
        "partner",
        "provision_worker",
    }
)
IN_SCHOOL = frozenset(
    {
        "headteacher",
        "school_staff",
        "provision_worker",
        "chair_of_governors",
        "governor_representative",
    }
)
GIVEN_BY_A_HEAD = IN_SCHOOL - {"headteacher"}

INVITATION_HOLDS = dt.timedelta(days=14)
ANSWER_HOLDS = dt.timedelta(days=14)


def fits(kind: str, *, in_school: bool) -> bool:
    """Whether a role of this kind stands in a school, or else in an organisation."""
    return kind in (IN_SCHOOL if in_school else IN_ORGANISATION)


def hidden(email: str) -> str:
    """An address that its owner knows again and others do not learn: `n…@example.org`."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"

"""How a plan moves from a draft to approval and on; knows no database."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.kernel.states import Move

DRAFT, SUBMITTED, IN_REVIEW = "draft", "submitted", "in_review"
RETURNED, APPROVED = "returned", "approved"
SUPERSEDED, WITHDRAWN = "superseded", "withdrawn"

STATES = (DRAFT, SUBMITTED, IN_REVIEW, RETURNED, APPROVED, SUPERSEDED, WITHDRAWN)
WRITABLE = (DRAFT, RETURNED)
UNDER_WAY = (DRAFT, SUBMITTED, IN_REVIEW, RETURNED)

MOVES = (
    Move("submit", DRAFT, SUBMITTED),
    Move("submit", RETURNED, SUBMITTED),
    Move("take back", SUBMITTED, DRAFT),
    Move("begin review", SUBMITTED, IN_REVIEW),
    Move("return", IN_REVIEW, RETURNED),
    Move("approve", IN_REVIEW, APPROVED),
    Move("supersede", APPROVED, SUPERSEDED),
    Move("withdraw", DRAFT, WITHDRAWN),
    Move("withdraw", RETURNED, WITHDRAWN),
)

NAMES = {
    DRAFT: N_("Draft"),
    SUBMITTED: N_("Submitted"),
    IN_REVIEW: N_("In review"),
    RETURNED: N_("Returned"),
    APPROVED: N_("Approved"),
    SUPERSEDED: N_("Superseded"),
    WITHDRAWN: N_("Withdrawn"),
}

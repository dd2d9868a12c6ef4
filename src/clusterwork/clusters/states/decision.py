"""How a proposal in a cluster becomes a decision; knows no database."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.kernel.states import Move

OPEN, AGREED, NOT_AGREED, WITHDRAWN, AMENDED = (
    "open",
    "agreed",
    "not_agreed",
    "withdrawn",
    "amended",
)

STATES = (OPEN, AGREED, NOT_AGREED, WITHDRAWN, AMENDED)

MOVES = (
    Move("agree", OPEN, AGREED),
    Move("not agree", OPEN, NOT_AGREED),
    Move("withdraw", OPEN, WITHDRAWN),
    Move("amend", OPEN, AMENDED),
    Move("amend", NOT_AGREED, AMENDED),
    Move("amend", AGREED, AMENDED),
)

NAMES = {
    OPEN: N_("Open for votes"),
    AGREED: N_("Agreed"),
    NOT_AGREED: N_("Not agreed"),
    WITHDRAWN: N_("Withdrawn"),
    AMENDED: N_("Replaced by an amended proposal"),
}

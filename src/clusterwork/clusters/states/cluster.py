"""How a cluster moves from being proposed to its end; knows no database."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.kernel.states import Move

PROPOSED, RECOGNISED, ACTIVE = "proposed", "recognised", "active"
CLOSING, CLOSED = "closing", "closed"

STATES = (PROPOSED, RECOGNISED, ACTIVE, CLOSING, CLOSED)
LIVING = (RECOGNISED, ACTIVE, CLOSING)

MOVES = (
    Move("recognise", PROPOSED, RECOGNISED),
    Move("start work", RECOGNISED, ACTIVE),
    Move("begin to close", RECOGNISED, CLOSING),
    Move("begin to close", ACTIVE, CLOSING),
    Move("go on after all", CLOSING, ACTIVE),
    Move("close", PROPOSED, CLOSED),
    Move("close", RECOGNISED, CLOSED),
    Move("close", ACTIVE, CLOSED),
    Move("close", CLOSING, CLOSED),
)

# The states as people read them, beside the moves.
NAMES = {
    PROPOSED: N_("Proposed"),
    RECOGNISED: N_("Recognised"),
    ACTIVE: N_("Active"),
    CLOSING: N_("Closing"),
    CLOSED: N_("Closed"),
}

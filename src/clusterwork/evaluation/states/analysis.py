"""How an analysis moves from being planned to being registered, and how it is changed later."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.kernel.states import Move

DRAFT, REGISTERED, CHANGING = "draft", "registered", "changing"
OPEN = (DRAFT, CHANGING)

MOVES = (
    Move("register", DRAFT, REGISTERED),
    Move("change", REGISTERED, CHANGING),
    Move("register", CHANGING, REGISTERED),
    Move("drop the change", CHANGING, REGISTERED),
)

# The states as people read them, beside the moves.
NAMES = {
    DRAFT: N_("Being planned"),
    REGISTERED: N_("Registered"),
    CHANGING: N_("Being changed after it was registered"),
}

"""How schools that form a cluster themselves come to be recognised; knows no database."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.kernel.states import Move

GATHERING, ASKED, RETURNED = "gathering", "asked", "returned"
RECOGNISED, WITHDRAWN = "recognised", "withdrawn"

STATES = (GATHERING, ASKED, RETURNED, RECOGNISED, WITHDRAWN)
OPEN = (GATHERING, ASKED, RETURNED)

MOVES = (
    Move("ask", GATHERING, ASKED),
    Move("ask", RETURNED, ASKED),
    Move("return", ASKED, RETURNED),
    Move("recognise", ASKED, RECOGNISED),
    Move("withdraw", GATHERING, WITHDRAWN),
    Move("withdraw", ASKED, WITHDRAWN),
    Move("withdraw", RETURNED, WITHDRAWN),
)

# The states as people read them, beside the moves.
NAMES = {
    GATHERING: N_("Gathering schools"),
    ASKED: N_("Asked for recognition"),
    RETURNED: N_("Returned with reasons"),
    RECOGNISED: N_("Recognised"),
    WITHDRAWN: N_("Withdrawn"),
}

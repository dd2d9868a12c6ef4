"""How a closer look at a proposal moves from being asked for to its end; knows no database."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.kernel.states import Move

WAITING, WORKING, DONE, FAILED = "waiting", "working", "done", "failed"
OPEN = (WAITING, WORKING)

MOVES = (
    Move("start", WAITING, WORKING),
    Move("start again", WORKING, WORKING),  # its worker was stopped; the job is taken up anew
    Move("finish", WORKING, DONE),
    Move("fail", WAITING, FAILED),
    Move("fail", WORKING, FAILED),
    Move("ask again", DONE, WAITING),
    Move("ask again", FAILED, WAITING),
)

# The states as people read them, beside the moves.
NAMES = {
    WAITING: N_("Waiting to start"),
    WORKING: N_("Working"),
    DONE: N_("Done"),
    FAILED: N_("Not made"),
}

"""How a run of an analysis goes from being asked for to its end; knows no database."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.kernel.states import Move

WAITING, WORKING, DONE, FAILED, STOPPED = "waiting", "working", "done", "failed", "stopped"
OPEN = (WAITING, WORKING)
ENDED = (DONE, FAILED, STOPPED)

MOVES = (
    Move("start", WAITING, WORKING),
    Move("start again", WORKING, WORKING),  # its worker was stopped; the job is taken up anew
    Move("finish", WORKING, DONE),
    Move("fail", WAITING, FAILED),
    Move("fail", WORKING, FAILED),
    Move("stop", WAITING, STOPPED),
    Move("stop", WORKING, STOPPED),
)

# The states as people read them, beside the moves.
NAMES = {
    WAITING: N_("Waiting to start"),
    WORKING: N_("Working"),
    DONE: N_("Done"),
    FAILED: N_("Not worked out"),
    STOPPED: N_("Stopped"),
}

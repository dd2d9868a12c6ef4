"""How a proposal moves from being asked for to its end; knows no database."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.kernel.states import Move

QUEUED, RUNNING = "queued", "running"
DONE, IMPOSSIBLE, FAILED, CANCELLED = "done", "impossible", "failed", "cancelled"

STATES = (QUEUED, RUNNING, DONE, IMPOSSIBLE, FAILED, CANCELLED)
ENDED = (DONE, IMPOSSIBLE, FAILED, CANCELLED)

MOVES = (
    Move("start", QUEUED, RUNNING),
    Move("start again", RUNNING, RUNNING),  # its worker was stopped; the job is taken up anew
    Move("finish", RUNNING, DONE),
    Move("find impossible", RUNNING, IMPOSSIBLE),
    Move("fail", QUEUED, FAILED),
    Move("fail", RUNNING, FAILED),
    Move("cancel", QUEUED, CANCELLED),
    Move("cancel", RUNNING, CANCELLED),
)

# The states as people read them, beside the moves.
NAMES = {
    QUEUED: N_("Waiting to start"),
    RUNNING: N_("Working"),
    DONE: N_("Done"),
    IMPOSSIBLE: N_("Not possible"),
    FAILED: N_("Not made"),
    CANCELLED: N_("Cancelled"),
}

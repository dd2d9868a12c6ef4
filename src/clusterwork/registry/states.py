"""The moves of an import: staged, then loaded or abandoned."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.kernel.states import Move

STAGED, CONFIRMED, ABANDONED, FAILED = "staged", "confirmed", "abandoned", "failed"
IMPORT_MOVES = (
    Move("confirm", STAGED, CONFIRMED),
    Move("abandon", STAGED, ABANDONED),
    Move("fail", STAGED, FAILED),
)

# The states as people read them, beside the moves.
IMPORT_NAMES = {
    STAGED: N_("Waiting for confirmation"),
    CONFIRMED: N_("Loaded"),
    ABANDONED: N_("Abandoned"),
    FAILED: N_("Not loaded"),
}

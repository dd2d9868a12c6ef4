"""The moves of an import: staged, then loaded or abandoned."""

from __future__ import annotations

from clusterwork.kernel.states import Move

STAGED, CONFIRMED, ABANDONED, FAILED = "staged", "confirmed", "abandoned", "failed"
IMPORT_MOVES = (
    Move("confirm", STAGED, CONFIRMED),
    Move("abandon", STAGED, ABANDONED),
    Move("fail", STAGED, FAILED),
)

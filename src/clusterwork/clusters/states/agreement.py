"""How a version of an agreement moves from a draft to its end; knows no database."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.kernel.states import Move

DRAFT, SIGNING, IN_FORCE = "draft", "signing", "in_force"
SUPERSEDED, WITHDRAWN = "superseded", "withdrawn"

STATES = (DRAFT, SIGNING, IN_FORCE, SUPERSEDED, WITHDRAWN)

MOVES = (
    Move("put to the schools", DRAFT, SIGNING),
    Move("take back to change", SIGNING, DRAFT),
    Move("bring into force", SIGNING, IN_FORCE),
    Move("withdraw", DRAFT, WITHDRAWN),
    Move("withdraw", SIGNING, WITHDRAWN),
    Move("supersede", IN_FORCE, SUPERSEDED),
)

NAMES = {
    DRAFT: N_("Draft"),
    SIGNING: N_("Being signed"),
    IN_FORCE: N_("In force"),
    SUPERSEDED: N_("Superseded"),
    WITHDRAWN: N_("Withdrawn"),
}

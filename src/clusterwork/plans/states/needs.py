"""How a school's statement of needs and a cluster's choice of priorities move; no database."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.kernel.states import Move

DRAFT, SENT = "draft", "sent"

STATEMENT_MOVES = (Move("send", DRAFT, SENT), Move("take back", SENT, DRAFT))
STATEMENT_NAMES = {DRAFT: N_("Draft"), SENT: N_("Sent to the cluster")}

PROPOSING, RANKING = "proposing", "ranking"
DECIDED, ABANDONED = "decided", "abandoned"

CHOOSING_MOVES = (
    Move("ask to rank", PROPOSING, RANKING),
    Move("propose more", RANKING, PROPOSING),
    Move("decide", RANKING, DECIDED),
    Move("abandon", PROPOSING, ABANDONED),
    Move("abandon", RANKING, ABANDONED),
)
CHOOSING_NAMES = {
    PROPOSING: N_("Priorities are being proposed"),
    RANKING: N_("Schools are ranking"),
    DECIDED: N_("Decided"),
    ABANDONED: N_("Abandoned"),
}

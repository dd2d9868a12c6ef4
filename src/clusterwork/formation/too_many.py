"""How many schools each way of work can hold, and the refusal of more."""

from __future__ import annotations

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

MOST_BY_MATRIX = 2_500
"""Up to so many schools are formed with every pair in memory; more over lists of neighbours."""

MOST_IN_MEMORY = 6_000
"""More schools are never held as pairs: these take about 2 GB."""


class TooManySchools(Problem):
    """More schools than can be formed at once under this policy, or looked at pair by pair."""


def check_pairs(n: int, most: int = MOST_IN_MEMORY) -> None:
    """Raises `TooManySchools` for what needs every pair of more than `most` schools."""
    if n > most:
        raise TooManySchools(
            Message(N_("Schools: %(n)s. For this the most is %(most)s."), {"n": n, "most": most}),
            why=Message(N_("It needs every pair of schools in memory.")),
            next_step=Message(N_("Take fewer schools at once, such as one authority by itself.")),
        )

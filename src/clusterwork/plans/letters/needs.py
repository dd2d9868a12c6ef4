"""The words of letters that ask what a school needs, and to rank what was proposed."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.notify.letters import register

ASKED = "plans.needs_asked"
REMINDED = "plans.needs_reminded"
TO_RANK = "plans.to_rank"

WHICH = N_("Cluster: %(cluster)s\nYour school: %(school)s\nSchool year: %(year)s")
UNTIL = N_("Until: %(day)s")
SAY = N_(
    "Priorities, strengths, what figures do not show, and what pupils, staff and parents told you. "
    "What you wrote last year is offered again. The cluster’s schools see what you send; the "
    "authority does not."
)


def register_needs() -> None:
    """Adds the letters of this file."""
    register(ASKED, N_("Say what your school needs: %(school)s"), WHICH, UNTIL, SAY, "%(link)s")
    register(
        REMINDED,
        N_("Still to say what your school needs: %(school)s"),
        WHICH,
        UNTIL,
        N_("“Nothing to add” is an answer too."),
        "%(link)s",
    )
    register(
        TO_RANK,
        N_("Rank what was proposed: %(cluster)s"),
        N_("Cluster: %(cluster)s\nYour school: %(school)s\nProposed priorities: %(n)s"),
        UNTIL,
        N_("Rank all of them or only the first few, or comment:"),
        "%(link)s",
    )

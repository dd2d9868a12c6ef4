"""The words of letters between schools that form a cluster themselves and their organisation."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.notify.letters import register

INVITED = "clusters.founding_invited"
INVITED_AGAIN = "clusters.founding_invited_again"
ASKED = "clusters.founding_asked"
RETURNED = "clusters.founding_returned"
RECOGNISED = "clusters.founding_recognised"
WITHDRAWN = "clusters.founding_withdrawn"

WHAT = N_("Cluster: %(cluster)s\nYour school: %(school)s\nBegun by: %(founder)s")
PURPOSE = N_("What it is for:\n%(purpose)s")
BY_LINK = N_(
    "Say whether your school joins. The link is yours and answers once, without a sign-in:"
)


def register_founding() -> None:
    """Adds the letters of this file."""
    register(INVITED, N_("Your school is invited to form a cluster: %(cluster)s"),
             WHAT, PURPOSE, BY_LINK, "%(link)s")  # fmt: skip
    register(INVITED_AGAIN, N_("The purpose has changed, do you still agree? %(cluster)s"),
             WHAT, PURPOSE, BY_LINK, "%(link)s")  # fmt: skip
    register(
        ASKED,
        N_("Schools ask to be recognised as a cluster: %(cluster)s"),
        N_("Cluster: %(cluster)s\nBegun by: %(founder)s\nSchools that agreed: %(n)s"),
        PURPOSE,
        N_("Recognise it, or return it with your reasons:"),
        "%(link)s",
    )
    register(
        RETURNED,
        N_("Returned with reasons: %(cluster)s"),
        N_("Cluster: %(cluster)s\nReturned by: %(organisation)s"),
        "%(because)s",
        N_("Change what is needed, and ask again:"),
        "%(link)s",
    )
    register(
        RECOGNISED,
        N_("Your cluster is recognised: %(cluster)s"),
        N_("Cluster: %(cluster)s\nYour school: %(school)s\nFrom: %(start)s"),
        N_("Its pages are here:"),
        "%(link)s",
    )
    register(
        WITHDRAWN,
        N_("A cluster is not formed after all: %(cluster)s"),
        N_("Cluster: %(cluster)s\nYour school: %(school)s\nTaken back by: %(founder)s"),
        N_("You need do nothing. What was said is kept."),
    )

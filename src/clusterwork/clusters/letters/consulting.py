"""The words of letters that ask schools first and put a proposal to them."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.notify.letters import register

ASKED = "clusters.asked"
ASKED_AGAIN = "clusters.asked_again"
PUT = "clusters.put"
PUT_AGAIN = "clusters.put_again"
WITHDRAWN = "clusters.withdrawn"

WHERE = N_("School: %(school)s\nAsked by: %(organisation)s\nAnswer by: %(until)s")
QUESTIONS = N_(
    "With whom does your school work now, and with whom would you wish, or not wish, to be in a "
    "cluster? It takes about five minutes. Only programme officers read what you say."
)
PLACE = N_(
    "The page shows your school's cluster, how far each partner is, why the school is there and "
    "what else would be possible. You can accept, ask to move, or decline. It takes about five "
    "minutes."
)
BY_LINK = N_("This link is for you alone and answers once, without signing in:")


def register_consulting() -> None:
    """Adds the letters of this file."""
    register(ASKED, N_("Two questions before clusters are formed: %(school)s"),
             WHERE, QUESTIONS, BY_LINK, "%(link)s")  # fmt: skip
    register(ASKED_AGAIN, N_("Still to answer before clusters are formed: %(school)s"),
             WHERE, QUESTIONS, BY_LINK, "%(link)s")  # fmt: skip
    register(PUT, N_("Your school's place in a proposal: %(school)s"),
             WHERE, "%(message)s", PLACE, BY_LINK, "%(link)s")  # fmt: skip
    register(PUT_AGAIN, N_("Still to answer: your school's place in a proposal: %(school)s"),
             WHERE, "%(message)s", PLACE, BY_LINK, "%(link)s")  # fmt: skip
    register(
        WITHDRAWN,
        N_("A proposal was taken back: %(school)s"),
        N_("School: %(school)s\nTaken back by: %(organisation)s"),
        "%(message)s",
        N_("You need not answer it any more. What you have answered is kept. See it here:"),
        "%(link)s",
    )

"""The words of letters about plans that are sent, returned and approved."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.notify.letters import register

TO_REVIEW = "plans.to_review"
RETURNED = "plans.returned"
RETURNED_BY = "plans.returned_by"
APPROVED = "plans.approved"

WHICH = N_("Cluster: %(cluster)s\nPlan: %(plan)s")
TO_ANSWER = N_("Comments to answer: %(n)s")
BESIDE = N_("The reasons and the comments stand beside your plan:")


def register_reviewing() -> None:
    """Adds the letters of this file."""
    register(
        TO_REVIEW,
        N_("A plan to review: %(cluster)s"),
        WHICH,
        N_("You review it for: %(body)s"),
        N_("Read it, comment on it, and approve it or return it with your reasons:"),
        "%(link)s",
    )
    register(
        RETURNED,
        N_("Plan returned: %(cluster)s"),
        WHICH,
        TO_ANSWER,
        BESIDE,
        "%(link)s",
    )
    register(
        RETURNED_BY,
        N_("Plan returned: %(cluster)s"),
        WHICH,
        TO_ANSWER,
        N_("To be answered by: %(by)s"),
        BESIDE,
        "%(link)s",
    )
    register(
        APPROVED,
        N_("Plan approved: %(cluster)s"),
        WHICH,
        N_("It holds from now on. Read it and take your school’s part from it:"),
        "%(link)s",
    )

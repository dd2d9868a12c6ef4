"""The words of letters about proposals, their results, and what a new head finds agreed."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.notify.letters import register

ASKED_TO_VOTE = "clusters.asked_to_vote"
ASKED_TO_VOTE_BY = "clusters.asked_to_vote_by"
STILL_TO_VOTE = "clusters.still_to_vote"
AGREED = "clusters.decision_agreed"
NOT_AGREED = "clusters.decision_not_agreed"
NEW_HEAD = "clusters.new_head"
OBJECTED = "clusters.school_objected"
HEAD_HAS_COMMENTS = "clusters.new_head_comments"
HEAD_REOPENS = "clusters.new_head_reopens"

WHAT = N_("Cluster: %(cluster)s\nYour school: %(school)s\nProposed by: %(proposer)s")
RESULT = N_("Agreed: %(agree)s\nAbstained: %(abstain)s\nObjected: %(object)s")
WHERE = N_("Cluster: %(cluster)s\nSchool: %(school)s")
VOTE_BY = N_("Vote by: %(day)s")
VOTE = N_("Read the proposal and say what your school thinks of it:")
WHOLE = N_("The whole decision, with every objection and its reason:")


def register_deciding() -> None:
    """Adds the letters of this file."""
    register_to_leading()
    register(
        ASKED_TO_VOTE, N_("Your school has a vote: %(title)s"), WHAT, VOTE, "%(link)s"
    )  # fmt: skip
    register(
        ASKED_TO_VOTE_BY,
        N_("Your school has a vote: %(title)s"),
        WHAT,
        VOTE_BY,
        VOTE,
        "%(link)s",
    )
    register(
        STILL_TO_VOTE,
        N_("Your school has not voted yet: %(title)s"),
        WHAT,
        VOTE_BY,
        VOTE,
        "%(link)s",
    )
    register(AGREED, N_("Agreed: %(title)s"), WHAT, RESULT, WHOLE, "%(link)s")
    register(NOT_AGREED, N_("Not agreed: %(title)s"), WHAT, RESULT, WHOLE, "%(link)s")
    register(
        NEW_HEAD,
        N_("What your cluster has agreed: %(cluster)s"),
        N_("Cluster: %(cluster)s\nYour school: %(school)s"),
        N_(
            "You have come to head a school whose cluster agreed things before you came. One page "
            "shows the agreement, the plan and your school’s part in it. Say whether you affirm "
            "it, have comments, or ask to reopen it:"
        ),
        "%(link)s",
    )


def register_to_leading() -> None:
    """Letters to a cluster's chair and coordinator."""
    register(
        OBJECTED,
        N_("A school objects: %(title)s"),
        WHERE,
        N_("The vote goes on. The proposal, with the reason:"),
        "%(link)s",
    )
    register(
        HEAD_HAS_COMMENTS,
        N_("A new head has comments: %(cluster)s"),
        WHERE,
        N_("She has read what was agreed before she came. Her comments stand with the decisions:"),
        "%(link)s",
    )
    register(
        HEAD_REOPENS,
        N_("A new head asks to reopen what was agreed: %(cluster)s"),
        WHERE,
        N_("What was agreed holds until the cluster decides anew. What she asks for:"),
        "%(link)s",
    )

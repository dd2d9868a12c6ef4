"""A plan goes back to its cluster, with the day by which the bodies ask for its answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after
from clusterwork.plans.letters.reviewing import RETURNED, RETURNED_BY
from clusterwork.plans.models import Plan, Review
from clusterwork.plans.selectors.reviews import answer_by, latest_submission, to_answer
from clusterwork.plans.services.review_letters import LinkFor, write_to_cluster
from clusterwork.plans.states import plan as states


class DayToAnswerHasCome(Problem):
    """A plan that would be due on the day on which it is returned, or before."""


def check_answer_by(by: dt.date | None, day: dt.date) -> None:
    """Raises `DayToAnswerHasCome` for a day that does not lie after `day`."""
    if by and by <= day:
        raise DayToAnswerHasCome(
            Message(N_("The plan cannot be answered by %(by)s."), {"by": by.isoformat()}),
            why=Message(N_("The cluster gets it back today: %(day)s."), {"day": day.isoformat()}),
            next_step=Message(N_("Give a later day, or none.")),
        )


def return_plan(plan: Plan, day: dt.date, link_to_plan: LinkFor) -> None:
    """The plan is with its cluster again, which has a letter."""
    plan.state = state_after("return", plan.state, states.MOVES, states.NAMES)
    plan.save(update_fields=["state"])
    _forget_days_gone(plan, day)
    by = answer_by(plan)
    words: dict[str, Any] = {"n": to_answer(plan).count()}
    if by:
        words["by"] = {"day": by.isoformat()}
    write_to_cluster(RETURNED_BY if by else RETURNED, plan, day, link_to_plan, words)


def _forget_days_gone(plan: Plan, day: dt.date) -> None:
    """A day that came while other bodies were still reading was never the cluster's to keep."""
    gone = Review.objects.filter(submission=latest_submission(plan), answer_by__lte=day)
    gone.update(answer_by=None)

"""What stands against confirming a proposal: its first day, and schools that declined."""

from __future__ import annotations

import datetime as dt

from clusterwork.clusters.models import Proposal
from clusterwork.clusters.selectors.unsettled import still_declining
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School

FURTHEST = dt.timedelta(days=3 * 366)
MOST_NAMED = 10


class NotAFirstDay(Problem):
    """The clusters cannot begin on this day."""


class SchoolsDeclined(Problem):
    """The proposal places schools whose last answer was to decline."""


def check_first_day(proposal: Proposal, day: dt.date, start_on: dt.date) -> bool:
    """True where the clusters can begin on `start_on`. Raises `NotAFirstDay`."""
    programme = proposal.formation.programme
    within = programme.ends_on is None or start_on < programme.ends_on
    if day <= start_on <= day + FURTHEST and within:
        return True
    raise NotAFirstDay(
        Message(N_("The clusters cannot begin on this day.")),
        why=_why_not(day, start_on),
        next_step=Message(
            N_("Choose a day from today on, within the programme and the next three years.")
        ),
    )


def _why_not(day: dt.date, start_on: dt.date) -> Message:
    if start_on < day:
        return Message(N_("It lies in the past."))
    if start_on > day + FURTHEST:
        return Message(N_("It lies more than three years ahead."))
    return Message(N_("The programme has ended by then."))


def confirmed_all_the_same(proposal: Proposal, *, despite_declines: bool) -> list[int]:
    """The ids of placed schools whose last answer declines. Raises `SchoolsDeclined`."""
    declined = still_declining(proposal)
    if declined and not despite_declines:
        raise SchoolsDeclined(
            Message(
                N_("Schools of this proposal have declined: %(schools)s."),
                {"schools": listed([answer.school for answer in declined])},
            ),
            next_step=Message(
                N_("Leave them out and propose again, or say that you confirm them all the same.")
            ),
        )
    return [answer.school_id for answer in declined]


def listed(schools: list[School]) -> str:
    """Their names, ten at most, then how many more in brackets."""
    names = list(dict.fromkeys(str(school) for school in schools))
    more = len(names) - MOST_NAMED
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown} (+{more})" if more > 0 else shown

"""What a school says about one of its figures."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import FigureComment
from clusterwork.measures.permissions.entering import figure_to_comment_on

MOST = 4_000


class NothingSaid(Problem):
    """A comment without words."""


class SaidTooMuch(Problem):
    """A comment longer than a page."""


@transaction.atomic
def comment_on_figure(
    *, person: Person, day: dt.date, now: dt.datetime, pk: int, words: str
) -> FigureComment:
    """Stands beside the figure for all who see it.

    Raises `NotThere`, `NotAllowed`, `NothingSaid`, `SaidTooMuch`.
    """
    figure = figure_to_comment_on(person, pk, day)
    said = words.strip()
    if not said:
        raise NothingSaid(
            Message(N_("The comment is empty.")),
            next_step=Message(N_("Write what others need to know to read the figure.")),
        )
    if len(said) > MOST:
        raise SaidTooMuch(
            Message(
                N_("The comment has %(n)s characters; %(most)s can be kept."),
                {"n": len(said), "most": MOST},
            ),
            next_step=Message(N_("Shorten it.")),
        )
    comment = FigureComment.objects.create(figure=figure, by=person, at=now, words=said)
    record(
        actor=person,
        verb="figure.comment",
        subject=figure.subject,
        summary=Message(
            N_("Commented on a figure: %(measure)s, %(day)s."),
            {"measure": figure.measure.name, "day": figure.on.isoformat()},
        ),
        details={"figure": figure.pk, "comment": comment.pk},
    )
    return comment

"""A figure that everybody with a role sees is not about few people."""

from __future__ import annotations

import datetime as dt

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Measure
from clusterwork.measures.rules.few import tells_of_few
from clusterwork.measures.rules.rolling import Part
from clusterwork.measures.rules.secrecy import Sort
from clusterwork.measures.rules.values import Read
from clusterwork.measures.selectors.figures import Subject
from clusterwork.measures.selectors.smallest import smallest_for
from clusterwork.measures.services.keeping import FigureFacts
from clusterwork.registry.models import School


class AboutFewPeople(Problem):
    """The figure of a cluster or authority would tell of few people."""


def check_not_few(
    measure: Measure, subject: Subject, said: Read, facts: FigureFacts, day: dt.date
) -> None:
    """Raises `AboutFewPeople`. A school's own figure may be of any number: it is the school's."""
    if isinstance(subject, School):
        return
    sort = Sort(measure.unit, measure.counts, measure.way)
    part = Part(0, said.value, said.code, facts.denominator, facts.numerator)
    smallest = smallest_for(subject, day)
    if tells_of_few(sort, part, smallest):
        raise AboutFewPeople(
            Message(N_("This figure would tell of few people.")),
            why=Message(
                N_(
                    "Everybody with a role in a school or an organisation sees it, and fewer than "
                    "%(smallest)s people could be known by it."
                ),
                {"smallest": smallest},
            ),
            next_step=Message(
                N_("Write the code that says it is suppressed, or enter a figure of more people.")
            ),
        )

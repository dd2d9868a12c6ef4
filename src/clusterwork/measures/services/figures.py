"""Figures entered by hand, corrected, or worked out in the rooms above; each keeps the earlier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Figure, Measure, Origin
from clusterwork.measures.permissions.entering import (
    authority_to_enter_for,
    cluster_to_enter_for,
    figure_to_correct,
    school_to_enter_for,
)
from clusterwork.measures.rules.days import was_there
from clusterwork.measures.rules.values import (
    Read,
    check_code,
    check_counts,
    check_day,
    check_group,
    read,
    within,
)
from clusterwork.measures.selectors.figures import Subject, figure_at
from clusterwork.measures.selectors.measures import allowed_by, measures_about
from clusterwork.measures.services.few import check_not_few
from clusterwork.measures.services.keeping import (
    Computed,
    FigureFacts,
    new_figure,
    put_in_place_of,
    saved,
    says_the_same,
)
from clusterwork.measures.services.refusals import outside_the_schools_life, replaced_meanwhile
from clusterwork.registry.models import School

__all__ = [
    "Computed",
    "FigureFacts",
    "FigureThere",
    "MeasureUnknown",
    "NothingToCorrect",
    "ReasonMissing",
    "WorkedOutHere",
    "correct_figure",
    "enter_figure",
    "record_figure",
]


class MeasureUnknown(Problem):
    """No such measure is taken of this school, cluster or authority."""


class FigureThere(Problem):
    """There is a figure of that day and group; it is corrected, not entered again."""


class WorkedOutHere(Problem):
    """A computed figure follows what it is computed from."""


class NothingToCorrect(Problem):
    """The correction says what is there already."""


class ReasonMissing(Problem):
    """A correction says why."""


@transaction.atomic
def enter_figure(
    *,
    person: Person,
    day: dt.date,
    now: dt.datetime,
    subject: str,
    subject_pk: int,
    measure_pk: int,
    facts: FigureFacts,
) -> Figure:
    """One new figure; `subject` is school, cluster or authority.

    Raises `NotThere`, `NotAllowed`, `MeasureUnknown`, `FigureRefused`, `OutsideTheSchoolsLife`,
    `AboutFewPeople`, `FigureThere`.
    """
    found = LOADERS[subject](person, subject_pk, day)
    measure = measures_about(found).filter(pk=measure_pk).first()
    if measure is None:
        raise _unknown()
    said = _checked(measure, found, facts, day)
    check_not_few(measure, found, said, facts, day)
    if figure_at(found, measure, facts.on, facts.group):
        raise _there()
    figure = new_figure(measure, found, facts, said, now, Origin.FORM)
    figure.entered_by = person
    return saved(figure, person, "figure.enter", N_("Entered a figure: %(measure)s, %(day)s."))


@transaction.atomic
def correct_figure(
    *,
    person: Person,
    day: dt.date,
    now: dt.datetime,
    pk: int,
    facts: FigureFacts,
    because: str,
) -> Figure:
    """A new row in the place of the figure, which stays as it was; day and group stay too.

    A published value stays published when it is corrected; what replaces a code does not become
    so. Raises `NotThere`, `NotAllowed`, `WorkedOutHere`, `ReplacedMeanwhile`, `ReasonMissing`,
    `NothingToCorrect`, `FigureRefused`, `AboutFewPeople`.
    """
    earlier = figure_to_correct(person, pk, day)
    Figure.objects.select_for_update(of=("self",)).get(pk=pk)
    earlier.refresh_from_db(fields=("replaced_at",))
    _check_correctable(earlier, because)
    said = _checked(earlier.measure, earlier.subject, facts, day)
    check_not_few(earlier.measure, earlier.subject, said, facts, day)
    figure = new_figure(earlier.measure, earlier.subject, facts, said, now, Origin.FORM)
    _check_differs(figure, earlier)
    figure.entered_by, figure.because = person, because.strip()
    figure.is_public = earlier.is_public and earlier.value is not None and not said.code
    figure.published_as = earlier.published_as
    put_in_place_of(earlier, figure, now)
    return saved(figure, person, "figure.correct", N_("Corrected a figure: %(measure)s, %(day)s."))


@transaction.atomic
def record_figure(
    *,
    measure: Measure,
    subject: Subject,
    facts: Computed,
    day: dt.date,
    now: dt.datetime,
    by: Person | None = None,
) -> Figure:
    """For the rooms above: what they worked out. The same again changes nothing; another value
    replaces the one before.

    Raises `FigureRefused`, `OutsideTheSchoolsLife`, and `FigureThere` where people entered one.
    """
    allowed = allowed_by(measure)
    check_group(facts.group, allowed)
    check_day(facts.on, allowed, day)
    check_counts(facts.numerator, facts.denominator)
    _check_life(measure, subject, facts.on)
    if facts.value is None:
        said = Read(code=check_code(facts.code, allowed))
    else:
        said = Read(value=within(facts.value, allowed))
    figure = new_figure(measure, subject, facts, said, now, Origin.COMPUTED)
    figure.entered_by = by
    earlier = figure_at(subject, measure, facts.on, facts.group)
    if earlier and earlier.origin != Origin.COMPUTED:
        raise _there()
    if earlier and says_the_same(earlier, figure):
        return earlier
    if earlier:
        put_in_place_of(earlier, figure, now)
    return saved(figure, by, "figure.record", N_("Worked out a figure: %(measure)s, %(day)s."))


LOADERS: Mapping[str, Callable[[Person, int, dt.date], Subject]] = {
    "school": school_to_enter_for,
    "cluster": cluster_to_enter_for,
    "authority": authority_to_enter_for,
}


def _checked(measure: Measure, subject: Subject, facts: FigureFacts, day: dt.date) -> Read:
    allowed = allowed_by(measure)
    said = read(facts.written, allowed)
    check_group(facts.group, allowed)
    check_day(facts.on, allowed, day)
    check_counts(facts.numerator, facts.denominator)
    _check_life(measure, subject, facts.on)
    return said


def _check_life(measure: Measure, subject: Subject, on: dt.date) -> None:
    if isinstance(subject, School) and not was_there(
        subject.opened_on, subject.closed_on, on, measure.covers
    ):
        raise outside_the_schools_life()


def _check_correctable(earlier: Figure, because: str) -> None:
    if earlier.replaced_at:
        raise replaced_meanwhile()
    if earlier.origin == Origin.COMPUTED:
        raise WorkedOutHere(
            Message(N_("This figure is worked out here from other facts.")),
            why=Message(N_("It would be worked out again, and your correction would be lost.")),
            next_step=Message(N_("Correct the facts that it comes from.")),
        )
    if not because.strip():
        raise ReasonMissing(
            Message(N_("The correction does not say why.")),
            why=Message(N_("Others see the earlier value beside yours.")),
            next_step=Message(N_("Write in a few words why the figure is another.")),
        )


def _check_differs(figure: Figure, earlier: Figure) -> None:
    figure.on, figure.group = earlier.on, earlier.group
    if says_the_same(earlier, figure):
        raise NothingToCorrect(
            Message(N_("This is what the figure says already.")),
            next_step=Message(N_("Change the value, or leave the page as it was.")),
        )


def _unknown() -> Problem:
    return MeasureUnknown(
        Message(N_("This measure is not taken here.")),
        why=Message(N_("It belongs to another organisation, or is gone.")),
        next_step=Message(N_("Choose one of the measures in the list.")),
    )


def _there() -> Problem:
    return FigureThere(
        Message(N_("There is a figure of this day and group already.")),
        why=Message(N_("A figure is entered once, and the earlier one is kept when it changes.")),
        next_step=Message(N_("Open that figure and correct it.")),
    )

"""Figures entered by hand, corrected, or worked out in the rooms above; each keeps the earlier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import ALL, Figure, Measure, Origin
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
from clusterwork.measures.selectors.figures import Subject, figure_at, subject_field
from clusterwork.measures.selectors.measures import allowed_by, measures_about
from clusterwork.measures.services.refusals import (
    OF_FIGURES,
    in_words,
    outside_the_schools_life,
    replaced_meanwhile,
)
from clusterwork.registry.models import School


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


@dataclass(frozen=True)
class FigureFacts:
    """What a form asks: `written` is a number or a code, as it was typed."""

    on: dt.date
    written: str
    group: str = ALL
    denominator: int | None = None
    numerator: int | None = None
    source: str = ""


@dataclass(frozen=True)
class Computed:
    """What a room above worked out: a value, or the code for why there is none."""

    on: dt.date
    value: Decimal | None = None
    code: str = ""
    group: str = ALL
    denominator: int | None = None
    numerator: int | None = None
    source: str = ""


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
    `FigureThere`.
    """
    found = LOADERS[subject](person, subject_pk, day)
    measure = measures_about(found).filter(pk=measure_pk).first()
    if measure is None:
        raise _unknown()
    said = _checked(measure, found, facts, day)
    if figure_at(found, measure, facts.on, facts.group):
        raise _there()
    figure = _new(measure, found, facts, said, now, Origin.FORM)
    figure.entered_by = person
    return _saved(figure, person, "figure.enter", N_("Entered a figure: %(measure)s, %(day)s."))


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
    `NothingToCorrect`, `FigureRefused`.
    """
    earlier = figure_to_correct(person, pk, day)
    Figure.objects.select_for_update(of=("self",)).get(pk=pk)
    earlier.refresh_from_db(fields=("replaced_at",))
    _check_correctable(earlier, because)
    said = _checked(earlier.measure, earlier.subject, facts, day)
    figure = _new(earlier.measure, earlier.subject, facts, said, now, Origin.FORM)
    _check_differs(figure, earlier)
    figure.entered_by, figure.because = person, because.strip()
    figure.is_public = earlier.is_public and earlier.value is not None and not said.code
    figure.published_as = earlier.published_as
    _replace(earlier, figure, now)
    return _saved(figure, person, "figure.correct", N_("Corrected a figure: %(measure)s, %(day)s."))


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
    figure = _new(measure, subject, facts, said, now, Origin.COMPUTED)
    figure.entered_by = by
    earlier = figure_at(subject, measure, facts.on, facts.group)
    if earlier and earlier.origin != Origin.COMPUTED:
        raise _there()
    if earlier and _same(earlier, figure):
        return earlier
    if earlier:
        _replace(earlier, figure, now)
    return _saved(figure, by, "figure.record", N_("Worked out a figure: %(measure)s, %(day)s."))


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


def _new(
    measure: Measure,
    subject: Subject,
    facts: FigureFacts | Computed,
    said: Read,
    now: dt.datetime,
    origin: str,
) -> Figure:
    return Figure(
        measure=measure,
        group=facts.group,
        on=facts.on,
        value=said.value,
        code=said.code,
        denominator=facts.denominator,
        numerator=facts.numerator,
        source=facts.source.strip()[:200],
        origin=origin,
        entered_at=now,
        **{subject_field(subject): subject},
    )


SAYS = ("value", "code", "denominator", "numerator", "source")


def _same(one: Figure, other: Figure) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in SAYS)


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
    if _same(earlier, figure):
        raise NothingToCorrect(
            Message(N_("This is what the figure says already.")),
            next_step=Message(N_("Change the value, or leave the page as it was.")),
        )


def _replace(earlier: Figure, figure: Figure, now: dt.datetime) -> None:
    figure.replaces = earlier
    with in_words(OF_FIGURES):
        Figure.objects.filter(pk=earlier.pk).update(replaced_at=max(now, earlier.entered_at))


def _saved(figure: Figure, by: Person | None, verb: str, summary: str) -> Figure:
    with in_words(OF_FIGURES):
        figure.save(force_insert=True)
    told = {"measure": figure.measure.name, "day": figure.on.isoformat()}
    record(
        actor=by,
        verb=verb,
        subject=figure.subject,
        summary=Message(summary, told),
        details={
            "figure": figure.pk,
            "group": figure.group,
            "value": figure.shown_value,
            "replaces": figure.replaces_id,
            "because": figure.because,
        },
    )
    return figure


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

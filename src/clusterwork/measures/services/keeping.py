"""A figure made, put in the place of another, saved and recorded; decides nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.kernel.messages import Message
from clusterwork.measures.models import ALL, Figure, Measure
from clusterwork.measures.rules.values import Read
from clusterwork.measures.selectors.figures import Subject, subject_field
from clusterwork.measures.services.refusals import OF_FIGURES, in_words


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


def new_figure(
    measure: Measure,
    subject: Subject,
    facts: FigureFacts | Computed,
    said: Read,
    now: dt.datetime,
    origin: str,
) -> Figure:
    """The row, not yet saved."""
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


def says_the_same(one: Figure, other: Figure) -> bool:
    """Whether nothing that a reader is told differs."""
    return all(getattr(one, name) == getattr(other, name) for name in SAYS)


def put_in_place_of(earlier: Figure, figure: Figure, now: dt.datetime) -> None:
    """The earlier row is replaced from now on. Raises `ReplacedMeanwhile`."""
    figure.replaces = earlier
    with in_words(OF_FIGURES):
        Figure.objects.filter(pk=earlier.pk).update(replaced_at=max(now, earlier.entered_at))


def saved(figure: Figure, by: Person | None, verb: str, summary: str) -> Figure:
    """The row saved and recorded with its subject; what the database refuses is said in words."""
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

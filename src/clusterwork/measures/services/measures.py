"""Organisations extend the catalogue: measures, groups and codes of their own."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import ALL, Breakdown, Figure, FigureCode, Measure
from clusterwork.measures.models.measure import Unit
from clusterwork.measures.permissions.catalogue import measure_to_change, organisation_to_extend
from clusterwork.measures.selectors.measures import of_organisations
from clusterwork.measures.services.refusals import in_words
from clusterwork.registry.models import Organisation

HUNDRED = Decimal(100)
FIXED = ("unit", "counts", "covers", "way")


class MeasureUnnamed(Problem):
    """A measure has a code and a name."""


class CodeTaken(Problem):
    """Another measure of the organisation, or one that ships, has the code."""


class LimitsOutOfOrder(Problem):
    """The least value is above the greatest, or a percentage has other limits than 0 and 100."""


class EndsBeforeItStarts(Problem):
    """A measure ends after it has begun."""


class GroupOrCodeUnknown(Problem):
    """The catalogue has no such group or code."""


class FiguresWouldNotFit(Problem):
    """There are figures that the measure would no longer allow."""


@dataclass(frozen=True)
class MeasureFacts:
    """What a form asks; the names are those of the fields of `Measure`."""

    code: str
    name: str
    unit: str
    counts: str
    direction: str
    way: str
    covers: str
    name_cy: str = ""
    definition: str = ""
    definition_cy: str = ""
    source: str = ""
    source_cy: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    decimals: int = 0
    breakdowns: tuple[str, ...] = (ALL,)
    codes: tuple[str, ...] = field(default_factory=tuple)
    started_on: dt.date | None = None
    ended_on: dt.date | None = None


@transaction.atomic
def add_measure(
    *, person: Person, day: dt.date, organisation_pk: int, facts: MeasureFacts
) -> Measure:
    """A measure of the organisation's own; its figures are never published nationally.

    Raises `NotAllowed`, `MeasureUnnamed`, `CodeTaken`, `LimitsOutOfOrder`, `EndsBeforeItStarts`,
    `GroupOrCodeUnknown`.
    """
    organisation = organisation_to_extend(person, organisation_pk, day)
    values = _checked(facts, organisation)
    if Measure.objects.filter(organisation__isnull=True, code=values["code"]).exists():
        raise _taken()
    measure = Measure(organisation=organisation, **values)
    with in_words({"measure_code_once": _taken}):
        measure.save()
    _say(person, measure, "measure.add", N_("Added a measure: %(name)s."), values)
    return measure


@transaction.atomic
def change_measure(*, person: Person, day: dt.date, pk: int, facts: MeasureFacts) -> Measure:
    """The measure with these words and limits; its code stays.

    What its figures mean (unit, unit of count, time, way of putting them together) stays once it
    has any. Raises `NotThere`, `NotAllowed`, `FiguresWouldNotFit`, and what `add_measure` does.
    """
    measure = measure_to_change(person, pk, day)
    Measure.objects.select_for_update().get(pk=pk)
    measure.refresh_from_db()
    assert measure.organisation is not None  # noqa: S101 - shipped ones are refused above
    values = _checked(facts, measure.organisation) | {"code": measure.code}
    before = {name: getattr(measure, name) for name in values}
    _check_figures(measure, values)
    for name, value in values.items():
        setattr(measure, name, value)
    measure.save()
    changed = {name: value for name, value in values.items() if before[name] != value}
    if changed:
        _say(person, measure, "measure.change", N_("Changed a measure: %(name)s."), changed)
    return measure


def _checked(facts: MeasureFacts, organisation: Organisation) -> dict[str, Any]:
    """The fields as they are kept."""
    values = asdict(facts)
    values |= {name: value.strip() for name, value in values.items() if isinstance(value, str)}
    values["code"] = slugify(values["code"])
    values["breakdowns"] = list(dict.fromkeys((ALL, *facts.breakdowns)))
    values["codes"] = list(dict.fromkeys(facts.codes))
    if facts.unit == Unit.PERCENT:
        values["least"] = Decimal(0) if facts.least is None else facts.least
        values["most"] = HUNDRED if facts.most is None else facts.most
    _check_name(values)
    _check_limits(values)
    _check_dates(facts)
    _check_words(values, organisation)
    return values


def _check_name(values: dict[str, Any]) -> None:
    if not values["code"] or not values["name"]:
        raise MeasureUnnamed(
            Message(N_("The measure has no name, or no code.")),
            why=Message(N_("Pages show its name, and files call it by its code.")),
            next_step=Message(N_("Write both. A code has letters, digits and hyphens.")),
        )


def _check_limits(values: dict[str, Any]) -> None:
    least, most = values["least"], values["most"]
    outside = values["unit"] == Unit.PERCENT and not (least >= 0 and most <= HUNDRED)
    if outside or (least is not None and most is not None and least > most):
        raise LimitsOutOfOrder(
            Message(N_("The limits do not fit.")),
            why=Message(
                N_("The least value comes before the greatest; a percentage is from 0 to 100.")
            ),
            next_step=Message(N_("Correct the limits, or leave one empty where there is none.")),
        )


def _check_dates(facts: MeasureFacts) -> None:
    if facts.started_on and facts.ended_on and facts.ended_on <= facts.started_on:
        raise EndsBeforeItStarts(
            Message(N_("The measure would end before it began.")),
            next_step=Message(N_("Correct one of the two dates.")),
        )


def _check_words(values: dict[str, Any], organisation: Organisation) -> None:
    held = of_organisations([organisation])
    for model, name in ((Breakdown, "breakdowns"), (FigureCode, "codes")):
        rows = model._default_manager.filter(held)
        known = set(rows.values_list("code", flat=True))
        if unknown := [code for code in values[name] if code not in known]:
            raise GroupOrCodeUnknown(
                Message(
                    N_("The catalogue does not have these: %(codes)s."),
                    {"codes": ", ".join(unknown)},
                ),
                next_step=Message(N_("Choose among the groups and codes of the list.")),
            )


def _check_figures(measure: Measure, values: dict[str, Any]) -> None:
    """Figures that were right when they were entered stay right."""
    figures = Figure.objects.filter(measure=measure)
    if any(getattr(measure, name) != values[name] for name in FIXED) and figures.exists():
        raise _would_not_fit(N_("The measure has figures, and they would mean something else."))
    figures = figures.filter(replaced_at__isnull=True)
    outside = figures.exclude(group__in=values["breakdowns"])
    outside |= figures.exclude(code="").exclude(code__in=values["codes"])
    if values["least"] is not None:
        outside |= figures.filter(value__lt=values["least"])
    if values["most"] is not None:
        outside |= figures.filter(value__gt=values["most"])
    if values["started_on"]:
        outside |= figures.filter(on__lt=values["started_on"])
    if values["ended_on"]:
        outside |= figures.filter(on__gte=values["ended_on"])
    if outside.exists():
        raise _would_not_fit(N_("There are figures with a value, group, code or day outside it."))


def _would_not_fit(why: str) -> Problem:
    return FiguresWouldNotFit(
        Message(N_("The measure cannot be changed in this way.")),
        why=Message(why),
        next_step=Message(N_("Add another measure instead, and end this one.")),
    )


def _taken() -> Problem:
    return CodeTaken(
        Message(N_("Another measure has this code.")),
        why=Message(N_("Files call measures by their codes.")),
        next_step=Message(N_("Choose another code, or use that measure.")),
    )


def _say(person: Person, measure: Measure, verb: str, summary: str, values: dict[str, Any]) -> None:
    record(
        actor=person,
        verb=verb,
        subject=measure,
        summary=Message(summary, {"name": measure.name}),
        details={name: _plain(value) for name, value in values.items()},
    )


def _plain(value: Any) -> Any:
    return value if isinstance(value, list | int | str | None) else str(value)

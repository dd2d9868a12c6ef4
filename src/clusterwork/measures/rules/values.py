"""What is written in a cell or a form as a value or a code, held against what a measure allows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.rules.days import SCHOOL_YEAR, is_end_of_year

PLACES = Decimal("0.0001")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?", re.ASCII)  # 94,2 is not 942
DIGITS_BEFORE = 10


class FigureRefused(Problem):
    """What was written is no figure of this measure."""


class NotANumber(FigureRefused):
    """Neither a number nor a code that the measure knows."""


class CodeNotAllowed(FigureRefused):
    """The measure does not have this code."""


class OutsideTheLimits(FigureRefused):
    """The value is below the least or above the greatest that the measure can have."""


class GroupNotAllowed(FigureRefused):
    """The measure is not broken down by this group."""


class NotMeasuredThen(FigureRefused):
    """The measure had not begun, or had ended, by the day."""


class InTheFuture(FigureRefused):
    """The day has not come."""


class NotTheEndOfAYear(FigureRefused):
    """A school year's figure is dated by the day on which the year ends."""


class MoreThanAll(FigureRefused):
    """More than the number counted."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a measure allows; `codes` are by their casefolded form."""

    name: str
    unit: str
    covers: str = "day"
    least: Decimal | None = None
    most: Decimal | None = None
    groups: frozenset[str] = frozenset(["all"])
    codes: Mapping[str, str] = field(default_factory=dict)
    started_on: dt.date | None = None
    ended_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A value or a code, never both."""

    value: Decimal | None = None
    code: str = ""


def read(text: str, allowed: Allowed) -> Read:
    """What the text says. Raises `NotANumber`, `CodeNotAllowed`, `OutsideTheLimits`."""
    written = text.strip()
    if (code := allowed.codes.get(written.casefold())) is not None:
        return Read(code=code)
    number = _number(written)
    if number is None:
        raise _no_number(written, allowed)
    return Read(value=within(number, allowed))


def within(value: Decimal, allowed: Allowed) -> Decimal:
    """The value to four decimal places. Raises `OutsideTheLimits`."""
    low = allowed.least is not None and value < allowed.least
    high = allowed.most is not None and value > allowed.most
    if low or high or abs(value) >= 10**DIGITS_BEFORE:
        raise _outside(value, allowed)
    return value.quantize(PLACES)


def check_code(code: str, allowed: Allowed) -> str:
    """The code as the measure writes it. Raises `CodeNotAllowed`."""
    found = allowed.codes.get(code.strip().casefold())
    if found is None:
        raise _no_code(code, allowed)
    return found


def check_group(group: str, allowed: Allowed) -> None:
    """Raises `GroupNotAllowed`."""
    if group not in allowed.groups:
        raise GroupNotAllowed(
            Message(
                N_("The measure is not broken down by this group: %(group)s."), {"group": group}
            ),
            why=Message(
                N_("Its groups are: %(groups)s."), {"groups": ", ".join(sorted(allowed.groups))}
            ),
            next_step=Message(N_("Choose one of them, or write all.")),
        )


def check_day(on: dt.date, allowed: Allowed, today: dt.date) -> None:
    """Raises `InTheFuture`, `NotMeasuredThen`, `NotTheEndOfAYear`."""
    if on > today:
        raise InTheFuture(
            Message(N_("A figure cannot be of a day to come: %(day)s."), {"day": on.isoformat()}),
            why=Message(N_("What is hoped for is a target, not a figure.")),
            next_step=Message(N_("Enter the day or year that the figure was taken for.")),
        )
    if allowed.started_on and on < allowed.started_on:
        raise _not_then(N_("It is measured since: %(day)s."), allowed.started_on)
    if allowed.ended_on and on >= allowed.ended_on:
        raise _not_then(N_("It was measured until: %(day)s."), allowed.ended_on - dt.timedelta(1))
    if allowed.covers == SCHOOL_YEAR and not is_end_of_year(on):
        raise NotTheEndOfAYear(
            Message(N_("This measure has one figure a school year.")),
            why=Message(N_("It holds for the year that ends on 31 July.")),
            next_step=Message(
                N_("Give the year in which the school year ended, 2019 for 2018/19.")
            ),
        )


def check_counts(numerator: int | None, denominator: int | None) -> None:
    """Raises `MoreThanAll`."""
    if numerator is not None and denominator is not None and numerator > denominator:
        raise MoreThanAll(
            Message(N_("%(some)s of %(all)s cannot be."), {"some": numerator, "all": denominator}),
            next_step=Message(N_("Correct one of the two numbers.")),
        )


def reads_as_number(text: str) -> bool:
    """Whether a cell with this text would be taken for a value."""
    return _number(text.strip()) is not None


def _number(text: str) -> Decimal | None:
    bare = text.removesuffix("%").strip()
    if "," in bare:
        bare = bare.replace(",", "") if THOUSANDS.fullmatch(bare) else "–"
    if not bare.isascii() or any(c not in "0123456789.+-" for c in bare):
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


def _no_number(text: str, allowed: Allowed) -> FigureRefused:
    if text and len(text) <= 20 and not any(c.isdigit() for c in text):
        return _no_code(text, allowed)
    return NotANumber(
        Message(N_("This is not a number: %(text)s."), {"text": text[:40] or "–"}),
        next_step=Message(N_("Write the number, or a code that says why there is none.")),
    )


def _no_code(text: str, allowed: Allowed) -> CodeNotAllowed:
    return CodeNotAllowed(
        Message(N_("The measure does not have this code: %(code)s."), {"code": text[:20] or "–"}),
        why=Message(
            N_("Its codes are: %(codes)s."), {"codes": ", ".join(allowed.codes.values()) or "–"}
        ),
        next_step=Message(N_("Write a number, or one of these codes.")),
    )


def _outside(value: Decimal, allowed: Allowed) -> OutsideTheLimits:
    said = {"value": f"{value:f}"}  # a message is kept as JSON with the rows of a file
    if allowed.unit == "percent":
        what = Message(N_("This is not a percentage from 0 to 100: %(value)s."), said)
    else:
        what = Message(N_("The value cannot be of this measure: %(value)s."), said)
    told = {"least": _shown(allowed.least), "most": _shown(allowed.most)}
    return OutsideTheLimits(
        what,
        why=Message(N_("It goes from %(least)s to %(most)s."), told),
        next_step=Message(N_("Correct the value, or choose another measure.")),
    )


def _shown(limit: Decimal | None) -> str:
    return "…" if limit is None else f"{limit.normalize():f}"


def _not_then(why: str, day: dt.date) -> NotMeasuredThen:
    return NotMeasuredThen(
        Message(N_("This was not measured then.")),
        why=Message(why, {"day": day.isoformat()}),
        next_step=Message(N_("Choose the measure that was used at the time, or correct the day.")),
    )

"""How a shipped measure is written down, and the groups and codes that they share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """A group that figures are given for."""

    code: str
    name: str
    name_cy: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code in place of a value; `kind` is one of `models.CodeKind`."""

    code: str
    kind: str
    name: str
    name_cy: str


@dataclass(frozen=True, slots=True)
class Shipped:
    """One measure; the names are those of the fields of `models.Measure`."""

    code: str
    name: str
    name_cy: str
    definition: str
    definition_cy: str
    unit: str
    counts: str
    direction: str
    way: str
    source: str
    source_cy: str
    breakdowns: tuple[str, ...]
    codes: tuple[str, ...]
    covers: str = "school_year"
    least: Decimal | None = Decimal(0)
    most: Decimal | None = None
    decimals: int = 0
    is_public: bool = False
    started_on: dt.date | None = None
    ended_on: dt.date | None = None


GROUPS = (
    Group("all", "All", "Pawb"),
    Group("boys", "Boys", "Bechgyn"),
    Group("girls", "Girls", "Merched"),
    Group(
        "fsm",
        "Eligible for free school meals",
        "Yn gymwys i gael prydau ysgol am ddim",
    ),
    Group(
        "not_fsm",
        "Not eligible for free school meals",
        "Ddim yn gymwys i gael prydau ysgol am ddim",
    ),
    Group(
        "eal",
        "English as an additional language",
        "Saesneg fel iaith ychwanegol",
    ),
    Group("not_eal", "English as a first language", "Saesneg fel iaith gyntaf"),
    Group(
        "sen",
        "Special or additional needs",
        "Anghenion arbennig neu ychwanegol",
    ),
    Group("not_sen", "No special or additional needs", "Dim anghenion arbennig nac ychwanegol"),
    Group("looked_after", "Looked after", "Yn derbyn gofal"),
    Group("ethnic_minority", "Ethnic minorities", "Lleiafrifoedd ethnig"),
    Group("welsh_medium", "Taught in Welsh", "Yn dysgu drwy gyfrwng y Gymraeg"),
)

CODES = (
    Code("SUPP", "suppressed", "Suppressed by the publisher", "Wedi'i atal gan y cyhoeddwr"),
    Code("c", "suppressed", "Confidential", "Cyfrinachol"),
    Code("*", "suppressed", "Hidden, because few are counted", "Wedi'i guddio oherwydd niferoedd bach"),
    Code("NE", "no_entries", "No pupils were entered", "Ni chofrestrwyd unrhyw ddisgyblion"),
    Code("NP", "not_available", "Not published", "Heb ei gyhoeddi"),
    Code("NEW", "not_available", "A new school", "Ysgol newydd"),
    Code("NA", "not_applicable", "Not applicable or not available", "Amherthnasol neu ddim ar gael"),
    Code("LOWCOV", "low_coverage", "Too few pupils are covered", "Rhy ychydig o ddisgyblion wedi'u cynnwys"),
    Code("z", "not_applicable", "Not applicable", "Amherthnasol"),
    Code("x", "not_available", "Not available", "Ddim ar gael"),
    Code("low", "low", "Above zero, and rounds to zero", "Uwch na sero, ond yn talgrynnu i sero"),
    Code("u", "unreliable", "Of low reliability", "Dibynadwyedd isel"),
)  # fmt: skip

PUPIL_GROUPS = tuple(group.code for group in GROUPS)
SEXES = ("all", "boys", "girls")
EVERYBODY = ("all",)
STATISTICS = ("z", "x", "c", "low", "u", "*")
TABLES = ("SUPP", "NE", "NP", "NEW", "NA", "LOWCOV", *STATISTICS)
HUNDRED = Decimal(100)

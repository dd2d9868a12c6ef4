"""The tables of a result with their columns, steps and labels in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clusterwork.clusters.sentences import read
from clusterwork.evaluation.rules.found import Found
from clusterwork.measures.models import Measure
from clusterwork.web.charts import Column, number_column, text_column
from clusterwork.web.evaluation.results.shown.numbers import Units, p_text, units_of
from clusterwork.web.evaluation.results.shown.table_words import (
    choice_words,
    column_words,
    covariate_words,
    reason_words,
    side_words,
    step_words,
)
from clusterwork.web.formats import number, percent, said
from clusterwork.web.measures.words import school_year

Rows = Sequence[Sequence[Any]]
LABEL = re.compile(r"\b([pc]\d+)(?:~(\d+))?\b")
TWO, ONE = 2, 1


@dataclass(frozen=True)
class TableShown:
    """A table of a page: what it is called, its columns, its cells as text."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


class Tables:
    """Tables of one result, in the units in which it is told.

    `clusters` are the names behind labels; `schools` those behind the ids of schools.
    """

    def __init__(
        self, found: Found, measure: Measure, schools: Mapping[int, str] | None = None
    ) -> None:
        self.measure = measure
        self.units: Units = units_of(found, measure)
        self.clusters: Mapping[str, Any] = found.get("clusters", {})
        self.schools = schools or {}

    def shown(self, table: Mapping[str, Any] | None, caption: str) -> TableShown | None:
        """The table without columns that hold nothing; None where it has no row."""
        if not table or not table["rows"]:
            return None
        names, rows = table["columns"], table["rows"]
        kept = [at for at, _name in enumerate(names) if any(row[at] is not None for row in rows)]
        if table["name"] == "changes":
            rows = sorted(rows, key=lambda row: self.label(row[0]))
        return TableShown(
            table["name"].replace(" ", "_"),
            caption,
            tuple(self._column(names[at], table["name"]) for at in kept),
            tuple(tuple(self._cell(names, row, at, table["name"]) for at in kept) for row in rows),
        )

    def _column(self, name: str, table: str) -> Column:
        words = column_words(name, table, self.units)
        return text_column(words) if name in TEXTS else number_column(words)

    def _cell(self, names: Sequence[str], row: Sequence[Any], at: int, table: str) -> str:
        name, value = names[at], row[at]
        if value is None:
            return "–"
        if name in BY_COVARIATE and table in ("balance", "composition"):
            return self._of_covariate(str(row[0]), value)
        return str(self._writers(table).get(name, str)(value))

    def _writers(self, table: str) -> dict[str, Callable[[Any], str]]:
        told = self.units.text
        writers: dict[str, Callable[[Any], str]] = {
            **dict.fromkeys(("estimate", "se", "low", "high", "change", "bend"), told),
            **dict.fromkeys(("slope_joint", "slope_any", "deviation"), self._finer),
            **dict.fromkeys(("treated", "control", "treated_lost", "control_lost", "n"), number),
            **dict.fromkeys(
                ("apart_before", "apart_after", "difference_before", "difference_after"), _apart
            ),
            **dict.fromkeys(("ratio_before", "ratio_after", "apart"), _apart),
            "weight": percent,
            "power": percent,
            "p": p_text,
            "start": lambda year: school_year(int(year)),
            "year": lambda year: school_year(int(year)),
            "since": _since,
            "cluster": self.label,
            "unit": self._school,
            "covariates": self._covariates,
            "covariate": covariate_words,
            "name": covariate_words,
            "choice": choice_words,
            "step": step_words,
            "side": side_words,
            "reason": reason_words,
            "refused": _refusal,
            "propensity": lambda value: _("Yes") if value else _("No"),
        }
        if table == "trend":
            writers |= dict.fromkeys(TREND, self._value)
        return writers

    def _finer(self, value: float) -> str:
        return number(value, self.units.places + 1)

    def _value(self, value: float) -> str:
        return number(value, self.measure.decimals)

    def _of_covariate(self, covariate: str, value: float) -> str:
        if covariate == "meals":
            return percent(value, ONE)
        if covariate == "before":
            return number(value, self.measure.decimals)
        return number(value, 0 if covariate == "pupils" else TWO)

    def _covariates(self, names: str) -> str:
        return ", ".join(covariate_words(each.strip()) for each in str(names).split(",") if each)

    def _school(self, unit: str) -> str:
        return self.schools.get(int(unit), unit) if str(unit).isdecimal() else self.label(unit)

    def label(self, label: str) -> str:
        """A cluster by its name; a comparison group by its cluster's."""
        return LABEL.sub(self._named, str(label))

    def _named(self, match: re.Match[str]) -> str:
        cluster = self.clusters.get(match[1])
        if cluster is None:
            return match[0]
        if match[2] is None:
            return str(cluster["name"])
        named = {"cluster": cluster["name"], "number": match[2]}
        return _("%(cluster)s: comparison group %(number)s") % named


TREND = ("ours", "ours_low", "ours_high", "others", "others_low", "others_high")
TEXTS = frozenset(
    {
        "step", "covariate", "covariates", "name", "cluster", "unit", "choice", "side",
        "reason", "refused", "year", "since", "start", "propensity",
    }
)  # fmt: skip
BY_COVARIATE = frozenset(
    {
        "treated", "control_before", "control_after", "treated_before", "treated_after",
    }
)  # fmt: skip


def _apart(value: float) -> str:
    return number(value, TWO)


def _since(value: int) -> str:
    return f"+{value}" if value > 0 else number(value)


def _refusal(kept: Any) -> str:
    message = read(kept) if isinstance(kept, Mapping) else None
    return said(message) if message else str(kept)

"""What an analysis could see, as its page says it; nothing of results after the start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.sentences import read
from clusterwork.evaluation.models import Analysis, Run
from clusterwork.measures.models import Measure
from clusterwork.measures.models.measure import Unit
from clusterwork.web.evaluation.results.shown.standing import said_all
from clusterwork.web.evaluation.results.shown.tables import Tables, TableShown
from clusterwork.web.formats import number, percent, said

Row = tuple[str, str]
LIKELY = 0.5
SCHOOLS = "schools"  # whose figures' standard deviation is no pupils' one


@dataclass(frozen=True)
class LookShown:
    """A finished look: its sentences, numbers with what they are, tables and notes."""

    sentences: list[str]
    is_too_large: bool
    rows: list[Row]
    sides: list[Row]
    flow: TableShown | None
    balance: TableShown | None
    before: TableShown | None
    notes: list[str]
    method: str


def look_shown(run: Run, analysis: Analysis) -> LookShown:
    """The look in the reader's language."""
    measure = analysis.measure
    assert measure is not None  # noqa: S101 - a look has a plan, and a plan a measure
    found = run.found
    tables = Tables(found, measure)
    return LookShown(
        sentences=said_all(found.get("sentences", ())),
        is_too_large=_is_likely_missed(run, analysis),
        rows=_rows(run, analysis, measure),
        sides=_sides(run),
        flow=tables.shown(found.get("flow"), _("Schools on both sides, step by step")),
        balance=tables.shown(found.get("balance"), _("How alike both sides were before the start")),
        before=tables.shown(_as_trend(found), _("Means of both sides before the first start")),
        notes=said_all(found.get("notes", ())),
        method=method_words(found.get("method", "")),
    )


def _is_likely_missed(run: Run, analysis: Analysis) -> bool:
    """Whether more such studies would miss what is hoped for, or what can be believed, than find
    it."""
    power = run.found.get("power")
    hoped = analysis.expected is not None and power is not None
    return bool(run.found.get("too_large")) or (hoped and power < LIKELY)


def _as_trend(found: Mapping[str, Any]) -> dict[str, Any] | None:
    """The means of years, told with the decimals of the measure."""
    kept = found.get("before")
    return {**kept, "name": "trend"} if kept else None


def _rows(run: Run, analysis: Analysis, measure: Measure) -> list[Row]:
    found = run.found
    hoped, power = analysis.expected, found.get("power")
    rows = [_smallest(found, measure)]
    if hoped is not None:
        rows.append((_("Gain hoped for, for those reached"), _in_units(hoped, measure)))
    if hoped is not None and power is not None:
        times = _("%(n)s of 100 such studies") % {"n": number(power * 100)}
        rows.append((_("Such a gain would be found in"), times))
    rows.append((_("Share of these pupils whom the work reaches"), percent(analysis.reached)))
    if _is_of_pupils(found):
        rows.append((_("Standard deviation of pupils"), _spread(found["pupils_sd"], measure)))
    return rows


def _smallest(found: Mapping[str, Any], measure: Measure) -> Row:
    if found.get("least") is None:
        none = _("None: there are too few clusters on one side.")
        return _("Smallest difference that would be found"), none
    name = _("Smallest difference on the mean of all, found in 80 of 100 such studies")
    return name, "; ".join(_least(found, measure))


def _least(found: Mapping[str, Any], measure: Measure) -> Iterator[str]:
    if found.get("least_in_units") is not None:
        yield _in_units(found["least_in_units"], measure)
    if _is_of_pupils(found):
        yield _("%(n)s standard deviations of pupils") % {"n": number(found["least"], 2)}


def _is_of_pupils(found: Mapping[str, Any]) -> bool:
    """Whether how far pupils lie apart is known, and not only how far schools do."""
    return bool((found.get("pupils_sd") or {}).get("source", SCHOOLS) != SCHOOLS)


def _in_units(value: float, measure: Measure) -> str:
    """A difference in units of the measure."""
    places = max(1, measure.decimals)
    if measure.unit == Unit.PERCENT:
        return _("%(n)s percentage points") % {"n": number(value, places)}
    return f"{number(value, places)} ({measure.get_unit_display()})"


def _spread(spread: dict[str, object], measure: Measure) -> str:
    value = spread.get("value")
    shown = number(float(str(value)), max(1, measure.decimals)) if value is not None else "–"
    source = {
        "given": _("as entered"),
        "share": _("from the share itself"),
        "worked_out": _("worked out from how far schools of different sizes swing"),
    }.get(str(spread.get("source")), "")
    return f"{shown} ({source})" if source else shown


def _sides(run: Run) -> list[Row]:
    found = run.found
    ours, others = found.get("n_treated", 0), found.get("n_comparison", 0)
    return [
        (
            _("Looked at"),
            _joined(
                ngettext("%(n)s cluster", "%(n)s clusters", ours) % {"n": number(ours)},
                _schools(found.get("n_schools", 0)),
            ),
        ),
        (
            _("Held against"),
            _joined(
                ngettext("%(n)s cluster or comparison group", "%(n)s clusters or comparison groups",
                         others) % {"n": number(others)},
                _schools(found.get("n_comparison_schools", 0)),
            ),
        ),
    ]  # fmt: skip


def _schools(n: int) -> str:
    return ngettext("%(n)s school", "%(n)s schools", n) % {"n": number(n)}


def _joined(*parts: str) -> str:
    return ", ".join(parts)


def trouble_of(run: Run) -> list[str]:
    """What came in the way of a run that ended without an answer."""
    kept = (run.trouble.get(name) for name in ("what", "why", "next_step"))
    return [said(message) for each in kept if each and (message := read(each))]


def method_words(method: str) -> str:
    """How the result's uncertainty will be told with so many clusters."""
    return {
        "placebo_rank": _(
            "With one cluster on one side, the result will only say how its change ranks among the "
            "others; there will be no p-value."
        ),
        "randomisation": _(
            "With two or three clusters on one side, the result will be set beside those of all "
            "other choices of as many clusters (randomisation inference)."
        ),
        "wild_bootstrap": _(
            "With four to eleven clusters on one side, the wild cluster bootstrap will say how "
            "large a difference comes about without any effect; errors by cluster (CR2) stand "
            "beside it."
        ),
        "influence": _(
            "With twelve clusters or more on both sides, errors come from influence functions "
            "summed by cluster."
        ),
    }.get(method, "")

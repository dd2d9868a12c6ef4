"""A result as its page shows it: sentences, pictures, and what must be shown beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.evaluation.models import Run
from clusterwork.evaluation.rules.found import Found
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.selectors.exports import found_for
from clusterwork.evaluation.selectors.results import Results
from clusterwork.evaluation.selectors.schools import names_of_schools
from clusterwork.web.charts import Figure
from clusterwork.web.evaluation.mark_words import cohort_words
from clusterwork.web.evaluation.plan_words import PlanRow, PlanWords
from clusterwork.web.evaluation.results.shown.checks import (
    MARKS,
    CheckShown,
    checks_shown,
    mark_words,
)
from clusterwork.web.evaluation.results.shown.numbers import Units, told, units_of
from clusterwork.web.evaluation.results.shown.pictures import ground_of, pictures_of
from clusterwork.web.evaluation.results.shown.standing import said_all
from clusterwork.web.evaluation.results.shown.tables import Tables, TableShown
from clusterwork.web.formats import day, number
from clusterwork.web.measures.words import school_year, unit_shown


@dataclass(frozen=True)
class ResultShown:
    """Everything of a result that its reader sees."""

    run: Run
    found: Found
    plan: AnalysisPlan
    title: str
    cluster: str
    sentences: list[str]
    is_too_early: bool
    told_from: str
    units: Units
    estimate: str
    in_units: str
    measure_unit: str
    size: str
    figures: list[Figure]
    flow: TableShown | None
    changes: TableShown | None
    checks: list[CheckShown]
    why: list[str]
    notes: list[str]
    assumptions: list[str]
    refused: list[str]
    rows: list[PlanRow]
    cohort: list[str]

    @property
    def tally(self) -> list[tuple[str, int]]:
        """How many checks speak which way."""
        counts = Counter(each.mark for each in self.checks)
        return [(mark_words(mark), counts[mark]) for mark in MARKS if counts[mark]]


def result_shown(results: Results, *, works: bool) -> ResultShown | None:
    """The result for whoever works on it whole, for others without rows of single clusters."""
    run, plan = results.result, results.plan
    if run is None or plan is None:
        return None
    found = found_for(results, works=works)
    words = _words_of(results, plan)
    tables = Tables(found, words.measure, names_of_schools(_school_ids(found)))
    early = bool(found.get("too_early"))
    units = units_of(found, words.measure)
    ground = ground_of(found, words.measure, dates_words(results, plan))
    return ResultShown(
        run=run,
        found=found,
        plan=plan,
        title=str(words.measure),
        cluster=str(words.cluster or ""),
        sentences=said_all(found.get("sentences", ())),
        is_too_early=early,
        told_from=day(plan.too_early_day) if early else "",
        units=units,
        estimate=units.with_interval(told(found)),
        in_units=_in_units(found, words),
        measure_unit=unit_shown(words.measure).lower(),
        size=size_words(found),
        figures=[] if early else pictures_of(ground),
        flow=tables.shown(found.get("flow"), _("Which schools are in it")),
        changes=tables.shown(found.get("changes"), _("Change of each cluster")),
        checks=checks_shown(found, tables),
        why=said_all([found["why"]]) if found.get("why") else [],
        notes=said_all(found.get("notes", ())),
        assumptions=said_all(found.get("assumptions", ())),
        refused=said_all(found.get("refused", ())),
        rows=words.rows(),
        cohort=cohort_of(run, works=works),
    )


def _words_of(results: Results, plan: AnalysisPlan) -> PlanWords:
    """Without asking again for what is known."""
    words, programme = PlanWords(plan), results.analysis.study.programme
    if results.measure is not None:
        words.measure = results.measure
    if programme.pk == plan.programme:
        words.programme = programme
    return words


def dates_words(results: Results, plan: AnalysisPlan) -> str:
    """Of when the figures and the members are."""
    years = {"first": school_year(plan.first_year), "last": school_year(plan.last_year)}
    words = _(
        "School years %(first)s to %(last)s; schools that were in the clusters when these started."
    )
    frozen = results.frozen
    if frozen is None:
        return words % years
    taken = _("Figures as they stood on: %(day)s.") % {"day": day(frozen.made_at.date())}
    return f"{words % years} {taken}"


def size_words(found: Found) -> str:
    """How many clusters and schools it rests on."""
    if not found.get("n_treated"):
        return ""
    n = found["n_treated"]
    text = ngettext(
        "One cluster with %(schools)s schools, beside %(others)s groups with %(other_schools)s "
        "schools in all.",
        "%(n)s clusters with %(schools)s schools in all, beside %(others)s groups with "
        "%(other_schools)s schools in all.",
        n,
    )
    return text % {
        "n": number(n),
        "schools": number(found["n_schools"]),
        "others": number(found["n_comparison"]),
        "other_schools": number(found["n_comparison_schools"]),
    }


def cohort_of(run: Run, *, works: bool) -> list[str]:
    """That others are looked at than were registered; which clusters, only for who works on it."""
    told = cohort_words(run.plan)
    return told if works else told[:1]


def _in_units(found: Found, words: PlanWords) -> str:
    """The estimate in units of the measure, where it is told in standard deviations."""
    estimate: Mapping[str, Any] | None = found.get("estimate")
    if not found.get("scaled") or not estimate:
        return ""
    return Units("", words.measure.decimals + 1).with_interval(dict(estimate))


def _school_ids(found: Found) -> set[int]:
    """The schools that a table of a check names by their ids."""
    ids: set[int] = set()
    for each in found.get("diagnostics", ()):
        table = each.get("table")
        if table and "unit" in table["columns"]:
            at = table["columns"].index("unit")
            ids |= {int(row[at]) for row in table["rows"] if str(row[at]).isdecimal()}
    return ids

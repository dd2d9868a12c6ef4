"""The plan of an analysis in words: every choice, in the order in which it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.models import Cluster, Programme
from clusterwork.evaluation.models import AlikeBy, Alternative, Comparison, Where
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.measures.models import Measure
from clusterwork.measures.models.measure import Unit
from clusterwork.web.formats import day, number, percent
from clusterwork.web.measures.words import Words, school_year, with_unit, words


@dataclass(frozen=True)
class PlanRow:
    """A choice: the field of the plan, what it is called, and what was chosen."""

    field: str
    name: str
    value: str


class PlanWords:
    """What plans of one analysis say; asks for each name once, six queries at most."""

    def __init__(self, plan: AnalysisPlan) -> None:
        self.plan = plan

    @cached_property
    def measure(self) -> Measure:
        """What is looked at."""
        return Measure.objects.get(pk=self.plan.measure)

    @cached_property
    def programme(self) -> Programme:
        """Whose clusters are looked at."""
        return Programme.objects.get(pk=self.plan.programme)

    @cached_property
    def cluster(self) -> Cluster | None:
        """The one cluster, where the plan is of one."""
        if self.plan.cluster is None:
            return None
        return Cluster.objects.filter(pk=self.plan.cluster).first()

    @cached_property
    def names(self) -> Words:
        """The names of groups of pupils."""
        return words()

    def _placebo(self) -> str:
        """The name of the measure that the work cannot have changed, or nothing."""
        found = Measure.objects.filter(pk=self.plan.placebo).first() if self.plan.placebo else None
        return str(found) if found else ""

    def rows(self) -> list[PlanRow]:
        """Every choice that applies."""
        plan = self.plan
        similar = plan.comparison == Comparison.SCHOOLS
        rows = [
            ("measure", str(self.measure)),
            ("group", self.names.group(plan.group)),
            ("cluster", self._who()),
            ("years", years_words(plan.first_year, plan.last_year)),
            ("comparison", str(Comparison(plan.comparison).label)),
            ("where", str(Where(plan.where).label) if similar else ""),
            ("neighbours", number(plan.neighbours) if similar else ""),
            ("alike_by", listed(AlikeBy(each).label for each in plan.alike_by)),
            ("reached", percent(plan.reached)),
            ("expected", self._amount(plan.expected)),
            ("pupils_sd", self._amount(plan.pupils_sd)),
            ("too_early_before", day(plan.too_early_day)),
            ("alternatives", listed(Alternative(each).label for each in plan.alternatives)),
            ("placebo", self._placebo()),
        ]
        return [PlanRow(field, field_name(field), value) for field, value in rows if value]

    def _who(self) -> str:
        if self.cluster is not None:
            return str(self.cluster)
        return _("All clusters of the programme: %(name)s") % {"name": self.programme}

    def _amount(self, value: float | None) -> str:
        """A difference in units of the measure."""
        if value is None:
            return _("Not said")
        if self.measure.unit == Unit.PERCENT:
            return _("%(n)s percentage points") % {"n": number(value, 1)}
        shown = with_unit(self.measure, value)
        return f"{shown} ({self.measure.get_unit_display()})"


def plan_rows(plan: AnalysisPlan) -> list[PlanRow]:
    """Every choice of the plan in words."""
    return PlanWords(plan).rows()


def field_name(field: str) -> str:
    """What a field of the plan is called; years stand together."""
    return {
        "measure": _("Measure"),
        "group": _("Group of pupils"),
        "cluster": _("Whose change is looked at"),
        "programme": _("Programme"),
        "scale": _("How differences are told"),
        "years": _("School years"),
        "first_year": _("First school year"),
        "last_year": _("Last school year"),
        "comparison": _("Held against"),
        "where": _("Similar schools are looked for"),
        "neighbours": _("Groups of similar schools for each cluster"),
        "alike_by": _("Alike in"),
        "reached": _("Share of the pupils counted whom the work reaches"),
        "expected": _("Gain hoped for, for those reached"),
        "pupils_sd": _("How far pupils lie apart (standard deviation)"),
        "too_early_before": _("Too early to say before"),
        "alternatives": _("Other choices, said beforehand"),
        "placebo": _("A measure that the work cannot have changed"),
    }.get(field, field)


def years_words(first: int, last: int) -> str:
    """2013/14 to 2018/19 (6 school years)."""
    n = last - first + 1
    text = ngettext(
        "%(first)s to %(last)s (%(n)s school year)", "%(first)s to %(last)s (%(n)s school years)", n
    )
    return text % {"first": school_year(first), "last": school_year(last), "n": n}


def listed(labels: Iterable[object]) -> str:
    """Words one after another."""
    return "; ".join(str(each) for each in labels)

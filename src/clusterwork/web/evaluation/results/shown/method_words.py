"""Sentences of the method note about the design, by what was chosen."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.evaluation.models import AlikeBy, Comparison, Where
from clusterwork.evaluation.rules.found import Found
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.web.evaluation.plan_words import listed
from clusterwork.web.formats import number, percent


def started_words() -> str:
    """From when on a cluster counts as started, and which schools are its own."""
    return _(
        "A cluster that was there by 1 September counts as started from the results of the next "
        "summer on; one that came later in the school year, from those of the summer after. Its "
        "schools are those that were in it when it started. Schools that joined later are left "
        "out, and those that left still count, so that nothing that came after the start decides "
        "who is looked at. A school that was replaced by another is followed to its successor. "
        "Only schools with a figure in every year are compared."
    )


def comparison_words(plan: AnalysisPlan) -> Iterator[str]:
    """What the clusters are held against, and how it was found."""
    if plan.comparison == Comparison.SCHOOLS:
        yield from _similar_schools(plan)
    elif plan.comparison == Comparison.CLUSTERS:
        yield _(
            "Other clusters that were not in the programme, the nearest to each by their schools "
            "together, as they were before the first start."
        )
    else:
        yield _("Clusters of the same programme that had not started by the last school year.")


def _similar_schools(plan: AnalysisPlan) -> Iterator[str]:
    """How comparison groups are put together (decision 33)."""
    text = ngettext(
        "Beside each cluster stands up to one comparison group of schools that were in no cluster.",
        "Beside each cluster stand up to %(n)s comparison groups of schools that were in no "
        "cluster.",
        plan.neighbours,
    )
    yield text % {"n": number(plan.neighbours)}
    where = (
        _("out of one neighbourhood of at most 30 schools in the clusters’ own authorities")
        if plan.where == Where.AREA
        else _("out of one authority")
    )
    yield (
        _(
            "A group is put together like the cluster: beside each of its schools one like it, of "
            "the same phase and language, all of them %(where)s, since schools near each other "
            "have good and bad years together. No school stands in two groups."
        )
        % {"where": where}
    )
    alike = listed(AlikeBy(each).label for each in plan.alike_by)
    if alike:
        yield _("Alike in, as it was before the first start: %(what)s.") % {"what": alike}
    yield _(
        "Nearness is the distance in these, each divided by its standard deviation. Each group "
        "comes from the area whose schools are nearest to the cluster’s, all in all."
    )


def uncertainty_words(found: Found) -> Iterator[str]:
    """How sure it is, and how that was told."""
    level = (found.get("estimate") or {}).get("level") or 0.95
    methods = {
        "placebo_rank": _(
            "No interval and no p-value are given: its place among the others, each taken in turn "
            "as if it had started, is all that can be told."
        ),
        "randomisation": _(
            "The p-value is the share of all ways in which the starts could have fallen on these "
            "clusters that give a difference as large; the interval holds the effects that this "
            "test does not reject."
        ),
        "wild_bootstrap": _(
            "The p-value comes from a wild cluster bootstrap with every pattern of signs, or as "
            "many as can be drawn; the interval holds the effects that this test does not reject."
        ),
        "influence": _(
            "Standard errors are summed by the cluster where the work was, never by school."
        ),
    }
    method = str(found.get("method", ""))
    if method in methods:
        yield methods[method]
    if method and method != "placebo_rank":
        yield _("Intervals are of %(level)s.") % {"level": percent(level)}


def is_by_mix(found: Found) -> bool:
    """Whether the estimate is taken from a mix of what the cluster is compared with."""
    return (found.get("estimate") or {}).get("method") == "synthetic_control"


def estimate_words(found: Found) -> str:
    """From what the estimate is taken."""
    if is_by_mix(found):
        return _(
            "Beside the cluster stands a mix of what it is compared with (a synthetic control), "
            "weighed so that before the start it went as nearly as can be as the cluster did. Both "
            "are taken from their own means before the start, so that levels do not count. The "
            "estimate is the mean of their differences in the years since."
        )
    return _(
        "The change of each cluster from the years before its start to the years since is set "
        "against the change of what it is compared with over the same years."
    )


def by_year_words() -> str:
    """How differences by year are made where the estimate comes from a mix."""
    return _(
        "The differences by year are not made with the mix from which the estimate is taken, but "
        "with the plain mean of all that the cluster is compared with; the two can point different "
        "ways."
    )


def weight_words(found: Found) -> str:
    """What a school weighs within its cluster."""
    ways = {
        "pupils": _(
            "How many pupils stand behind a figure is not known everywhere: within a cluster a "
            "school counts by the pupils on its roll; each cluster counts once."
        ),
        "schools": _(
            "How many pupils stand behind a figure is not known, nor how many every school has: "
            "within a cluster each school counts the same; each cluster counts once."
        ),
    }
    counted = _("Within a cluster every pupil counted counts the same; each cluster counts once.")
    return ways.get(str(found.get("weighed_by")), counted)


def not_done(plan: AnalysisPlan, found: Found) -> list[str]:
    """What a reader might expect and does not find."""
    told = [
        _("Pupils were not followed one by one: the figures are of schools."),
        _("Nothing that changed after the start was used to adjust the comparison."),
        _("Clusters and schools are not put in an order."),
        _("Months of progress are not told: they would hide how unsure the estimate is."),
    ]
    if not plan.alternatives:
        told.append(_("No other choices were said beforehand, so none were run."))
    if found.get("n_treated") == 1:
        told.append(_("No p-value was worked out, since there is one cluster only."))
    return told

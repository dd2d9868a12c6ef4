"""Sentences of the method note about the design, by what was chosen."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.evaluation.models import AlikeBy, Comparison
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
        text = ngettext(
            "For each school the most similar school that was in no cluster is taken, from schools "
            "of the same phase and language; no school is taken twice.",
            "For each school the %(n)s most similar schools that were in no cluster are taken, "
            "from schools of the same phase and language; no school is taken twice.",
            plan.neighbours,
        )
        yield text % {"n": number(plan.neighbours)}
        alike = listed(AlikeBy(each).label for each in plan.alike_by)
        if alike:
            yield _("Alike in, as it was before the first start: %(what)s.") % {"what": alike}
        yield _(
            "Nearness is the distance in these, each divided by its standard deviation. The first "
            "nearest of a cluster’s schools make its first comparison group, the second nearest "
            "its second, and so on."
        )
    elif plan.comparison == Comparison.CLUSTERS:
        yield _(
            "Other clusters that were not in the programme, the nearest to each by their schools "
            "together, as they were before the first start."
        )
    else:
        yield _(
            "Clusters of the same programme that had not started by the last school year; those "
            "that start in between count as not started until they do."
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

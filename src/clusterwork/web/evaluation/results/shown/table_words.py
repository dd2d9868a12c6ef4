"""What columns, steps and choices of a result's tables are called."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterwork.evaluation.models import Alternative
from clusterwork.web.evaluation.results.shown.numbers import Units


def column_words(name: str, table: str, units: Units) -> str:
    """What a column is called; a name that is not known stays as it is."""
    return _of_table(table).get(name) or _of_any(units).get(name, name.replace("_", " "))


def _of_table(table: str) -> dict[str, str]:
    if table == "flow":
        return {
            "treated": _("Schools of the clusters"),
            "control": _("Other schools"),
            "treated_lost": _("Of the clusters, lost since the step before"),
            "control_lost": _("Of the others, lost since the step before"),
        }
    if table == "balance":
        return {"treated": _("Clusters"), "treated_before": _("Clusters, all")}
    if table == "composition":
        return {
            "treated_before": _("Clusters before"),
            "treated_after": _("Clusters after"),
            "control_before": _("Others before"),
            "control_after": _("Others after"),
        }
    if table == "placebo year":
        return {"year": _("As if the work had begun in")}
    if table == "placebo outcome":
        return {"outcome": _("Measure"), "estimate": _("Difference (units of that measure)")}
    if table == "honest":
        return {"bend": _("Bend allowed a year")}
    return {}


def _of_any(units: Units) -> dict[str, str]:
    return {
        "step": _("Step"),
        "covariate": _("Alike in"),
        "name": _("Alike in"),
        "control_before": _("All others"),
        "control_after": _("Those chosen"),
        "treated_after": _("Clusters, matched"),
        "apart_before": _("Apart from all others (standard deviations)"),
        "apart_after": _("Apart from those chosen (standard deviations)"),
        "difference_before": _("Apart from all others (standard deviations)"),
        "difference_after": _("Apart from those chosen (standard deviations)"),
        "ratio_before": _("Ratio of variances, all others"),
        "ratio_after": _("Ratio of variances, those chosen"),
        "apart": _("Moved apart by (standard deviations)"),
        "cluster": _("Cluster"),
        "unit": _("School"),
        "covariates": _("Outside the range in"),
        "propensity": _("Outside in likelihood of taking part"),
        "choice": _("Choice"),
        "estimate": _("Estimate (%(unit)s)") % {"unit": units.words},
        "change": _("Change (%(unit)s)") % {"unit": units.words},
        "se": _("Standard error"),
        "low": _("Interval from"),
        "high": _("Interval to"),
        "p": _("p-value"),
        "refused": _("Why there is none"),
        "reason": _("Reason"),
        "n": _("Number"),
        "side": _("Which"),
        "deviation": _("Swing (%(unit)s)") % {"unit": units.words},
        "weight": _("Share in the mix"),
        "power": _("Found in so many of 100 studies"),
        "slope_joint": _("Drift a year, found by all years together"),
        "slope_any": _("Drift a year, found by one year"),
        "start": _("First school year after the start"),
        "year": _("School year"),
        "since": _("Years since the start"),
        "ours": _("Clusters"),
        "ours_low": _("Clusters, interval from"),
        "ours_high": _("Clusters, interval to"),
        "others": _("Compared with"),
        "others_low": _("Compared with, interval from"),
        "others_high": _("Compared with, interval to"),
    }


def step_words(step: str) -> str:
    """A step by which schools came in or were lost."""
    return {
        "in": _("Looked at"),
        "there from the start": _("In the cluster from its start"),
        "figures in every year": _("Figures in every school year"),
        "facts known": _("Facts known by which similar schools are found"),
        "matched": _("With a similar school beside each"),
    }.get(step, step)


def choice_words(choice: str) -> str:
    """The main choice, or one said beforehand."""
    if choice == "main":
        return _("Main estimate")
    return str(Alternative(choice).label) if choice in Alternative.values else choice


def side_words(side: str) -> str:
    """Ours or the others."""
    return {"ours": _("Clusters"), "others": _("Comparison groups")}.get(side, side)


def reason_words(reason: str) -> str:
    """Why nobody similar stands beside a school."""
    return {
        "missing": _("A fact by which similar ones are found is not known"),
        "support": _("Outside the range of all others"),
        "exact": _("None of the same kind"),
        "cluster": _("None in the same cluster"),
        "caliper": _("None near enough"),
        "taken": _("Those near are beside others already"),
    }.get(reason, reason)


def covariate_words(name: str) -> str:
    """What schools are alike in."""
    return {
        "pupils": _("Pupils on roll"),
        "meals": _("Eligible for free school meals"),
        "before": _("Results before the start"),
        "propensity": _("Likelihood of taking part"),
    }.get(name, name)

"""What each comparison and each alternative means, for those who are no statisticians."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterwork.evaluation.models import Alternative, Comparison


def comparison_hints() -> dict[str, str]:
    """By code."""
    return {
        Comparison.SCHOOLS: _(
            "Beside each cluster stand groups of schools that are in no cluster: out of one area, "
            "as many as the cluster has, each like one of its schools before the start. The usual "
            "choice: there are many of them."
        ),
        Comparison.CLUSTERS: _(
            "Clusters work together as these do, but without this programme. It shows what the "
            "programme adds to working together; there are few of them, so that less can be seen."
        ),
        Comparison.LATER: _(
            "Clusters that chose the programme too and had not begun. They are alike in what led "
            "them to it; there are few of them, and only until they start."
        ),
    }


def alternative_hints() -> dict[str, str]:
    """By code."""
    return {
        Alternative.ONE: _("The most alike of all, and the least steady."),
        Alternative.TEN: _("Steadier, and less alike."),
        Alternative.WITHOUT_BEFORE: _(
            "Shows whether it matters that they are chosen by the very results that are compared."
        ),
        Alternative.WITHOUT_MEALS: _("Shows whether the choice hangs on one fact."),
        Alternative.AREA: _("The same authority’s policies and year hold for both sides."),
        Alternative.YEARLY: _("Shows whether early and late starts tell the same."),
        Alternative.LATER_YEARS: _("Where the first year was spent on getting to know each other."),
    }

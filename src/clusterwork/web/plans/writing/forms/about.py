"""On which measure a target is set, and for whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.measures.models import ALL, Breakdown
from clusterwork.measures.selectors.measures import measures_about
from clusterwork.plans.models import Plan
from clusterwork.plans.rules.whole import WholePlan
from clusterwork.web.plans.writing.forms.fields import one_of, one_school, pointing


class AboutForm(forms.Form):
    """A measure, or none for a sentence; a school, or none for the cluster; a group of pupils."""

    def __init__(self, data: Any, *, plan: Plan, whole: WholePlan) -> None:
        super().__init__(data)
        measures = [(str(each.pk), each.shown_name) for each in measures_about(plan.cluster)]
        self.fields["measure"] = pointing(
            _("Measure"),
            [("", _("None: a sentence about what success would look like")), *measures],
            int,
            hint=_("Not all that matters can be counted. A sentence is as good a target."),
        )
        self.fields["school"] = one_school(
            _("For"), whole.members(), none=_("The cluster as a whole")
        )
        rows = Breakdown.objects.order_by("position", "pk")
        groups: dict[str, Any] = {each.code: str(each) for each in rows}
        self.fields["group"] = one_of(_("Pupils"), [*({ALL: _("All")} | groups).items()])

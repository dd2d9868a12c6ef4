"""For which time a plan is started, and from what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.plans.models import Plan
from clusterwork.plans.services.plans import Beginning, PlanFacts
from clusterwork.web.clusters.cluster.forms.fields import name_field
from clusterwork.web.dayfields import day_field, last_day_field

KNOWN = Beginning.KNOWN.value


class StartForm(forms.Form):
    """Title, time, language, and an earlier plan to begin from if there is one."""

    title = name_field(_("Title"), asked=_("Enter what the plan is called."))
    start_on = day_field(_("From"))
    end_on = last_day_field(_("Last day"))
    language = forms.ChoiceField(
        label=_("Written in"), choices=Plan.Language.choices, widget=forms.RadioSelect
    )
    begin = forms.ChoiceField(label=_("Begin from"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, earlier: Sequence[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begin: Any = self.fields["begin"]
        begin.choices = [
            (
                KNOWN,
                _(
                    "What is known: the priorities that you chose, your strands, people and "
                    "programmes, and the definitions of your last plan"
                ),
            ),
            *(choice for plan in earlier for choice in _choices(plan)),
        ]
        if not earlier:
            begin.widget = forms.HiddenInput()
            begin.initial = KNOWN

    @property
    def facts(self) -> PlanFacts:
        """As the service takes them."""
        data = self.cleaned_data
        return PlanFacts(data["title"], data["start_on"], data["end_on"], data["language"])

    @property
    def beginning(self) -> dict[str, Any]:
        """What it begins from, and which plan."""
        kind, _colon, pk = self.cleaned_data["begin"].partition(":")
        return {"beginning": kind, "earlier_pk": int(pk) if pk else None}


def _choices(plan: Plan) -> list[tuple[str, Any]]:
    copy = (
        f"{Beginning.EARLIER.value}:{plan.pk}",
        _("A copy of this plan, its dates moved on: %(plan)s") % {"plan": plan.title},
    )
    if plan.state != Plan.State.APPROVED:
        return [copy]
    change = (
        f"{Beginning.APPROVED.value}:{plan.pk}",
        _("A change of this approved plan, for the same time: %(plan)s") % {"plan": plan.title},
    )
    return [copy, change]

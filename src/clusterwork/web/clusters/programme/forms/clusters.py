"""Taking clusters into a programme, and ending the part of one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Cluster, Programme
from clusterwork.web.clusters.cluster.forms.fields import words_field
from clusterwork.web.dayfields import day_field, last_day_field


class TakeInForm(forms.Form):
    """Which clusters, and when."""

    clusters = forms.MultipleChoiceField(
        label=_("Which clusters?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one cluster.")},
    )
    start_on = day_field(_("From which day do they take part?"))
    end_on = last_day_field(
        _("Until which day?"),
        help_text=_("The last day. Leave it empty: until the programme ends."),
        required=False,
    )

    def __init__(
        self, *args: Any, programme: Programme, clusters: list[Cluster], today: dt.date, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.fields["start_on"].initial = max(programme.starts_on, today)
        self.fields["clusters"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), named(each, programme)) for each in clusters
        ]

    @property
    def cluster_pks(self) -> list[int]:
        """The clusters that were chosen."""
        return [int(pk) for pk in self.cleaned_data["clusters"]]


class EndForm(forms.Form):
    """From which day a cluster takes part no longer."""

    on = day_field(
        _("From which day does it no longer take part?"),
        help_text=_("Everything until then stays as it was."),
    )
    reason = words_field(_("Why?"), help_text=_("Leave it empty if there is nothing to say."))


def named(cluster: Cluster, programme: Programme) -> str:
    """The cluster, with its organisation where that is another one."""
    if cluster.organisation_id == programme.organisation_id:
        return str(cluster)
    return f"{cluster} ({cluster.organisation})"

"""Into which clusters one splits, and to which of them each member goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Cluster, Membership
from clusterwork.clusters.services.splitting import SplitPart
from clusterwork.web.clusters.cluster.forms.fields import name_field, words_field
from clusterwork.web.dayfields import day_field

N_NEW = 5
STAYS, LEAVES = "stays", "leaves"


class SplitForm(forms.Form):
    """What comes out of the split, and from when."""

    goes_on = forms.ChoiceField(
        label=_("What becomes of the cluster?"),
        choices=[
            ("no", _("It ends: every part is a new cluster")),
            ("yes", _("It goes on with some of its members, under its name")),
        ],
        initial="no",
        widget=forms.RadioSelect,
    )
    on = day_field(_("From which day?"))
    because = words_field(_("Why?"), help_text=_("It stays in the record. It may stay empty."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, N_NEW + 1):
            self.fields[f"name_{n}"] = name_field(
                _now("Working name of new cluster %(n)s") % {"n": n},
                help_text=_("A place, never the name of a school.") if n == 1 else "",
            )

    def clean(self) -> dict[str, Any]:
        """Two clusters at least, with names that differ."""
        data = super().clean() or {}
        names = self._names(data)
        if len(names) + (data.get("goes_on") == "yes") < 2:
            missing = next(n for n in range(1, N_NEW + 1) if not data.get(f"name_{n}"))
            said = _now("Write the names of the new clusters: a split makes two at least.")
            self.add_error(f"name_{missing}", said)
        if len({name.casefold() for name in names}) < len(names):
            self.add_error("name_1", _now("Two of the new clusters have the same name."))
        return data

    def _names(self, data: dict[str, Any]) -> list[str]:
        return [data[f"name_{n}"] for n in range(1, N_NEW + 1) if data.get(f"name_{n}")]

    def parts(self, cluster: Cluster) -> list[tuple[str, str]]:
        """The parts: their value in the next form, and their names."""
        new = [(str(n), name) for n, name in enumerate(self._names(self.cleaned_data), start=1)]
        stays = [(STAYS, str(cluster))] if self.cleaned_data["goes_on"] == "yes" else []
        return [*stays, *new]


class PlaceForm(forms.Form):
    """For each member the part to which it goes, or that it leaves."""

    reason = forms.CharField(
        label=_("Why do those leave that go to no part?"), max_length=500, required=False
    )

    def __init__(
        self,
        *args: Any,
        members: Sequence[Membership],
        parts: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members, self.parts = members, parts
        self.columns = [*parts, (LEAVES, _now("Leaves"))]
        for each in members:
            self.fields[f"m{each.pk}"] = forms.ChoiceField(
                label=str(each.school or each.partner),
                choices=self.columns,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _now("Choose where it goes: %(member)s.")
                    % {"member": each.school or each.partner}
                },
            )

    @property
    def rows(self) -> list[tuple[Membership, forms.BoundField]]:
        """A row of the table for each member."""
        return [(each, self[f"m{each.pk}"]) for each in self.members]

    @property
    def told(self) -> list[SplitPart]:
        """The parts with their members."""
        return [
            SplitPart(
                membership_pks=self._at(value),
                working_name="" if value == STAYS else name,
                goes_on=value == STAYS,
            )
            for value, name in self.parts
        ]

    @property
    def leaving(self) -> dict[int, str]:
        """The members that go to no part, with the reason."""
        return dict.fromkeys(self._at(LEAVES), self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        """A reason where somebody leaves."""
        data = super().clean() or {}
        leaves = any(data.get(f"m{each.pk}") == LEAVES for each in self.members)
        if leaves and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _now("Write why they leave."))
        return data

    def _at(self, value: str) -> list[int]:
        return [each.pk for each in self.members if self.cleaned_data[f"m{each.pk}"] == value]

"""The two questions: with whom now, and with whom you would wish, or not wish, to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clusterwork.clusters.models import AskedSchool, Formation, Wish
from clusterwork.clusters.selectors.named import school_named
from clusterwork.clusters.services.asking import MOST_LINES, Line
from clusterwork.registry.models import School

Kind = Wish.Kind
ROWS = {Kind.WORKS_WITH: 2, Kind.WISHES: 2, Kind.WISHES_NOT: 1}
LEGENDS: dict[str, str | Promise] = {
    Kind.WORKS_WITH: _lazy("Works with now"),
    Kind.WISHES: _lazy("Wishes to be with"),
    Kind.WISHES_NOT: _lazy("Wishes not to be with"),
}


@dataclass(frozen=True)
class Row:
    """The two fields of one line."""

    number: int
    legend: str
    name: forms.BoundField
    because: forms.BoundField


class AskedForm(forms.Form):
    """So many lines of each kind as were filled, and an empty one more."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, asked: AskedSchool, more: bool = False
    ) -> None:
        self.formation: Formation = asked.asking.formation
        said = list(asked.wishes.select_related("other")) if data is None else []
        super().__init__(data, initial=_initial(said, asked.note))
        self.n = {kind: _how_many(data, said, kind) + more for kind in ROWS}
        for kind, n in self.n.items():
            for at in range(min(n, MOST_LINES)):
                self._add_row(kind, at)
        self.fields["note"] = forms.CharField(
            label=_("Is there anything else to know?"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.lines: list[Line] = []

    def _add_row(self, kind: str, at: int) -> None:
        self.fields[f"{kind}_{at}_name"] = forms.CharField(
            label=_("School, by name or number"),
            required=False,
            max_length=200,
            widget=forms.TextInput(attrs={"list": "known-schools", "autocomplete": "off"}),
        )
        self.fields[f"{kind}_{at}_because"] = forms.CharField(
            label=_("What for?") if kind == Kind.WORKS_WITH else _("Why?"),
            required=False,
            max_length=500,
        )

    def rows(self, kind: str) -> list[Row]:
        """The lines of one kind, for the page."""
        n = min(self.n[Kind(kind)], MOST_LINES)
        legend = str(LEGENDS[kind])
        return [
            Row(at + 1, legend, self[f"{kind}_{at}_name"], self[f"{kind}_{at}_because"])
            for at in range(n)
        ]

    def clean(self) -> dict[str, Any]:
        """Each line becomes a school of the register, or stays a name."""
        data = super().clean() or {}
        for kind in ROWS:
            for row in self.rows(kind):
                self._read(kind, row, data)
        return data

    def _read(self, kind: str, row: Row, data: dict[str, Any]) -> None:
        name = (data.get(row.name.name) or "").strip()
        because = (data.get(row.because.name) or "").strip()
        if not name:
            if because:
                self.add_error(row.name.name, _("Say which school this is about."))
            return
        named = school_named(name, self.formation)
        if named.several:
            self.add_error(row.name.name, _several(named.several))
        else:
            known = named.school
            self.lines.append(Line(kind, known, "" if known else name, because))


def _several(schools: Iterable[School]) -> str:
    listed = "; ".join(f"{each} – {each.number or ''} {each.town}".strip() for each in schools)
    return _("Several schools fit. Write the number of the one you mean: %(schools)s") % {
        "schools": listed
    }


def _initial(said: list[Wish], note: str) -> dict[str, Any]:
    initial: dict[str, Any] = {"note": note}
    for kind in ROWS:
        for at, wish in enumerate(each for each in said if each.kind == kind):
            initial[f"{kind}_{at}_name"] = str(wish.other or wish.name)
            initial[f"{kind}_{at}_because"] = wish.because
    return initial


def _how_many(data: Mapping[str, Any] | None, said: list[Wish], kind: str) -> int:
    """As many lines as the page had; else those filled and one more, or the usual number."""
    if data is not None:
        return sum(1 for at in range(MOST_LINES) if f"{kind}_{at}_name" in data)
    return max(ROWS[Kind(kind)], sum(wish.kind == kind for wish in said) + 1)

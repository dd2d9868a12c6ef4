"""The places and comments that one school gives; selects, so that no script is needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from clusterwork.plans.models import Candidate, Ranking
from clusterwork.plans.services.choosing_ranking import MOST_CHARACTERS


class RankForm(forms.Form):
    """A place and a comment for each priority, both optional."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        candidates: Sequence[Candidate],
        before: dict[int, Ranking],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.candidates, self.before = candidates, before
        places = [("", _("No place"))] + [
            (str(place), str(place)) for place in range(1, len(candidates) + 1)
        ]
        for each in candidates:
            said = before.get(each.pk)
            self.fields[f"place_{each.pk}"] = forms.TypedChoiceField(
                label=_("Place"),
                required=False,
                coerce=int,
                empty_value=None,
                choices=places,
                initial=said.place if said else None,
            )
            self.fields[f"comment_{each.pk}"] = forms.CharField(
                label=_("Comment"),
                required=False,
                max_length=MOST_CHARACTERS,
                initial=said.comment if said else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def rows(self) -> list[tuple[Candidate, Ranking | None, BoundField, BoundField]]:
        """Each priority with what is kept of it and its two fields."""
        return [
            (each, self.before.get(each.pk), self[f"place_{each.pk}"], self[f"comment_{each.pk}"])
            for each in self.candidates
        ]

    @property
    def places(self) -> dict[int, int]:
        """Those that were given."""
        data = self.cleaned_data
        given = {each.pk: data.get(f"place_{each.pk}") for each in self.candidates}
        return {pk: place for pk, place in given.items() if place is not None}

    @property
    def comments(self) -> dict[int, str]:
        """What was written, by priority."""
        return {
            each.pk: self.cleaned_data.get(f"comment_{each.pk}", "") for each in self.candidates
        }

"""What the form of every part of a plan has in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from clusterwork.kernel.errors import Problem
from clusterwork.plans.rules.parts import ALL_SECTIONS, own_fields, usual_choices
from clusterwork.plans.rules.refusals import PartRefused
from clusterwork.plans.rules.whole import NamedSchool, WholePlan
from clusterwork.plans.selectors.people import People
from clusterwork.web.formats import said


class PartForm(forms.Form):
    """The fields of one kind of part; `whole` is the plan that it stands in.

    `values` are those of the part, as the services take them.
    """

    SECTION: ClassVar[str]

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        whole: WholePlan,
        people: People,
        initial: Mapping[str, Any],
        uid: Any = None,
    ) -> None:
        usual = usual_choices(ALL_SECTIONS[self.SECTION])
        super().__init__(data, initial={**usual, **initial})
        self.whole, self.people, self.uid = whole, people, uid
        self.build()

    def build(self) -> None:
        """Adds the fields, which depend on the plan."""
        raise NotImplementedError

    @property
    def schools(self) -> list[NamedSchool]:
        """The schools to choose from: members in the time of the plan, and those named before."""
        named = {*self._initial_schools()}
        members = {each.pk for each in self.whole.members()}
        return self.whole.schools(members | named)

    def _initial_schools(self) -> list[int]:
        found: list[int] = []
        for name in ("serves", "schools"):
            found += self.initial.get(name) or ()
        return found + [
            self.initial[name]
            for name in ("owner_school", "employer", "school")
            if self.initial.get(name)
        ]

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the part that the form has; the usual where nobody has chosen."""
        kind = ALL_SECTIONS[self.SECTION]
        names = [each.name for each in own_fields(kind)]
        found = {
            name: _frozen(self.cleaned_data[name]) for name in names if name in self.cleaned_data
        }
        usual = usual_choices(kind)
        return {name: value or usual.get(name, value) for name, value in found.items()}

    def refuse(self, problem: Problem) -> None:
        """Shows a problem at its field, or at the top where the form has no such field."""
        field = problem.field if isinstance(problem, PartRefused) else None
        at = self.near(field) if field else None
        self.add_error(at if at in self.fields else None, said(problem))

    def near(self, field: str) -> str | None:
        """The form's field for a field of the part."""
        return field


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(sorted(value)) if value and isinstance(value[0], int) else tuple(value)
    return value

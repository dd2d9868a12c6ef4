"""Which partnership, what is said of it, when it ended; and the set that a table counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models.cluster import NAME_LENGTH
from clusterwork.clusters.models.standing import Formality
from clusterwork.clusters.selectors.stated import BY_NAME, IN_NONE, Line
from clusterwork.clusters.services.stated import StatedFacts
from clusterwork.registry.models import PartnershipKind
from clusterwork.web.clusters.partnerships.wording import category_words
from clusterwork.web.dayfields import typed_day_field
from clusterwork.web.formats import day as day_words


class ChoiceForm(forms.Form):
    """The partnerships that are known of the school, another by name, or none."""

    line = forms.ChoiceField(
        label=_("Which partnership?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a partnership."),
            "invalid_choice": _("Choose one of these partnerships."),
        },
    )

    def __init__(self, *args: Any, lines: Iterable[Line], with_none: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(line.key, line_words(line)) for line in lines]
        choices.append((BY_NAME, _now("Another, by its name")))
        if with_none:
            choices.append((IN_NONE, _now("None: the school takes part in no partnership")))
        self.fields["line"].choices = choices  # type: ignore[attr-defined]


def line_words(line: Line) -> str:
    """Grantham (Local cluster, since 1 September 2020)."""
    since = _now("since %(day)s") % {"day": day_words(line.since)} if line.since else ""
    told = ", ".join(part for part in (line.kind_words, since) if part)
    return f"{line.name} ({told})" if told else line.name


class StatedForm(forms.Form):
    """What a school says of a partnership; what is known already is not asked."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("The name that its schools use."),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Write the name that its schools use.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind of partnership"),
        choices=[("", _("Choose a kind")), *PartnershipKind.choices],
        error_messages={"required": _("Choose the kind of partnership.")},
    )
    formality = forms.TypedChoiceField(
        label=_("Which description fits best?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the description that fits best.")},
    )
    what_for = forms.CharField(
        label=_("What for, in one line"),
        help_text=_("For example: moderating together, a shared business manager."),
        required=False,
        max_length=300,
    )
    start_on = typed_day_field(_("Since when?"), required=False)
    signed_on = typed_day_field(
        _("When did the school sign a memorandum or agreement?"),
        help_text=_("Leave it empty if it has signed none."),
        required=False,
    )

    def __init__(
        self, *args: Any, is_main: bool, is_named: bool, in_none: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.in_none = in_none
        kinds = [(each.value, category_words(each)) for each in Formality if each != Formality.NONE]
        self.fields["formality"].choices = kinds  # type: ignore[attr-defined]
        if is_main and not in_none:
            self.fields["start_on"].label = _("Since when is it your main partnership?")
        unknown = _("For example, 1/9/2020. Leave it empty if nobody remembers.")
        self.fields["start_on"].help_text = unknown
        self._leave(("name", "kind"), unless=is_named and not in_none)
        self._leave(("formality",), unless=is_main and not in_none)
        self._leave(("signed_on", "what_for"), unless=not in_none)

    def _leave(self, names: Iterable[str], *, unless: bool) -> None:
        if not unless:
            for name in names:
                del self.fields[name]

    @property
    def n_filled(self) -> int:
        """How many fields arrived filled."""
        return sum(bool(self.initial.get(name)) for name in self.fields)

    @property
    def facts(self) -> StatedFacts:
        """What was typed; of no partnership only the day and the first category."""
        told = StatedFacts(**self.cleaned_data)
        return replace(told, formality=Formality.NONE) if self.in_none else told


class EndForm(forms.Form):
    """The first day on which it holds no more."""

    on = typed_day_field(
        _("From which day is the school no longer in it?"),
        help_text=_("For example, 31/8/2026."),
    )


class FigureForm(forms.Form):
    """Which schools and clusters a table counts."""

    of = forms.ChoiceField(label=_("Schools and clusters of"), required=False)
    most = forms.IntegerField(
        label=_("Only schools of up to so many pupils"),
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={
            "invalid": _("This is not a whole number. Write it in figures, for example 100."),
            "min_value": _("The number must be 1 or more."),
            "max_value": _("No school has so many pupils."),
        },
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = choices  # type: ignore[attr-defined]

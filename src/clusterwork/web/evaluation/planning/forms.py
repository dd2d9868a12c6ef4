"""What the pages of planning ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Programme
from clusterwork.evaluation.models import AlikeBy, Alternative, Comparison, Where
from clusterwork.evaluation.models.study import NAME_LENGTH
from clusterwork.evaluation.rules.choices import MOST_NEIGHBOURS
from clusterwork.evaluation.selectors.groups import Start
from clusterwork.evaluation.services.registering import MOST_BECAUSE
from clusterwork.evaluation.services.studies import MOST_QUESTION
from clusterwork.measures.models import Breakdown, Measure
from clusterwork.web.dayfields import day_field
from clusterwork.web.measures.words import school_year

NUMBER = _("Enter a number, for example 2.5.")
NARROW = {"inputmode": "decimal", "class": "govuk-input--width-5"}
Choices = Sequence[tuple[str, Any]]


class QuestionForm(forms.Form):
    """What the study is called and what somebody wants to know."""

    title = forms.CharField(
        label=_("Title of the study"),
        help_text=_("For example: Did reading get better in the clusters?"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Write a title.")},
    )
    question = forms.CharField(
        label=_("What do you want to know?"),
        help_text=_("In your own words: what should have become better, for whom, and by when."),
        required=False,
        max_length=MOST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class StartForm(QuestionForm):
    """The same, of which programme."""

    programme = forms.ChoiceField(
        label=_("Programme"),
        help_text=_("The study asks about the clusters that take part in it."),
        error_messages={
            "required": _("Choose the programme."),
            "invalid_choice": _("Choose one of the programmes that you run."),
        },
    )

    def __init__(self, data: Any, *, programmes: Iterable[Programme], chosen: str = "") -> None:
        super().__init__(data, initial={"programme": chosen})
        self.order_fields(["programme", "title", "question"])
        choices = [(str(each.pk), str(each)) for each in programmes]
        empty = [("", _("Choose a programme"))] if len(choices) > 1 else []
        _choices(self, "programme", [*empty, *choices])


class OutcomeForm(forms.Form):
    """Which measure, and of which clusters."""

    measure = forms.ChoiceField(
        label=_("Measure"),
        help_text=_(
            "Measures of which the clusters’ schools have figures from before a start and after it."
        ),
        error_messages={
            "required": _("Choose the measure."),
            "invalid_choice": _("Choose one of the measures in the list."),
        },
    )
    cluster = forms.ChoiceField(
        label=_("In which clusters?"),
        help_text=_("All together can show more than one alone."),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the programme’s clusters.")},
    )

    def __init__(
        self, *args: Any, measures: Iterable[Measure], starts: Iterable[Start], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(each.pk), str(each)) for each in measures]
        empty = [("", _("Choose a measure"))] if len(listed) > 1 else []
        _choices(self, "measure", [*empty, *listed])
        clusters = [(str(each.cluster.pk), str(each.cluster)) for each in starts]
        _choices(self, "cluster", [("", _("All clusters of the programme")), *clusters])

    @property
    def cluster_pk(self) -> int | None:
        """The one cluster, or all."""
        given = self.cleaned_data["cluster"]
        return int(given) if given else None


class YearsForm(forms.Form):
    """Of which pupils, over which school years."""

    group = forms.ChoiceField(
        label=_("Of which pupils?"),
        help_text=_("Where the work reaches one group, the figures of that group can show more."),
        error_messages={"invalid_choice": _("Choose one of the groups in the list.")},
    )
    first_year = forms.TypedChoiceField(label=_("First school year"), coerce=int)
    last_year = forms.TypedChoiceField(label=_("Last school year"), coerce=int)

    def __init__(
        self, *args: Any, groups: Iterable[Breakdown], years: Iterable[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "group", [(each.code, str(each)) for each in groups])
        listed = [(str(year), school_year(year)) for year in sorted(years)]
        _choices(self, "first_year", listed)
        _choices(self, "last_year", listed)


class ReachForm(forms.Form):
    """Whom the work reaches, what they are hoped to gain, and when that can be judged."""

    reached = forms.FloatField(
        label=_("How many of these pupils does the work reach?"),
        help_text=_("Out of 100 of those whose results are counted. An estimate will do."),
        widget=forms.TextInput(attrs=NARROW),
        min_value=0,
        max_value=100,
        error_messages={
            "required": _("Enter how many of 100 pupils the work reaches."),
            "invalid": _("Enter a number between 0 and 100."),
            "min_value": _("Enter a number above 0."),
            "max_value": _("Enter at most 100."),
        },
    )
    expected = forms.FloatField(
        label=_("How much do you hope that their results become better?"),
        required=False,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"invalid": NUMBER},
    )
    pupils_sd = forms.FloatField(
        label=_("How far apart do single pupils lie? (standard deviation)"),
        help_text=_(
            "If you know it from the publisher of the results. Empty: it is worked out from the "
            "schools’ figures."
        ),
        required=False,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"invalid": NUMBER},
    )
    too_early_before = day_field(_("From which day can the work be judged?"))

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, the share as a share."""
        data = self.cleaned_data
        return {
            "reached": data["reached"] / 100,
            "expected": data["expected"],
            "pupils_sd": data.get("pupils_sd"),
            "too_early_before": data["too_early_before"],
        }


class ComparisonForm(forms.Form):
    """What the clusters are held against."""

    comparison = forms.ChoiceField(
        label=_("Held against"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what the clusters are held against."),
            "invalid_choice": _("Choose one of the comparisons offered."),
        },
    )
    where = forms.ChoiceField(
        label=_("Where are similar schools looked for?"),
        choices=Where.choices,
        widget=forms.RadioSelect,
    )
    neighbours = forms.IntegerField(
        label=_("How many groups of similar schools for each cluster?"),
        help_text=_(
            "The usual number is filled in: some twenty groups in all, and three at least beside "
            "each cluster. More make the comparison steadier and less alike."
        ),
        min_value=1,
        max_value=MOST_NEIGHBOURS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
        error_messages={
            "required": _("Enter how many."),
            "invalid": _("Enter a whole number, for example 3."),
            "min_value": _("Enter at least 1."),
            "max_value": _("Enter at most 20."),
        },
    )
    alike_by = forms.MultipleChoiceField(
        label=_("In what should they be alike?"),
        help_text=_("As it was before the first cluster started. Phase and language always match."),
        choices=AlikeBy.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, possible: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = set(possible)
        offered = [(code, text) for code, text in Comparison.choices if code in here]
        _choices(self, "comparison", offered)


class AlternativesForm(forms.Form):
    """Other choices under which the analysis is run too."""

    alternatives = forms.MultipleChoiceField(
        label=_("Run it under these choices too"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose among those that the page offers.")},
    )

    placebo_pk = forms.TypedChoiceField(
        label=_("A measure that the work cannot have changed"),
        help_text=_(
            "If it moved too, the two sides differ in more than the work. Leave it open where "
            "there is none."
        ),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _("Choose among those that the page offers.")},
    )

    def __init__(
        self, *args: Any, fitting: Iterable[str], placebos: Iterable[Measure], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "placebo_pk", [("", _("None")), *((str(m.pk), str(m)) for m in placebos)])
        here = set(fitting)
        _choices(self, "alternatives", [each for each in Alternative.choices if each[0] in here])


class BecauseForm(forms.Form):
    """Why what was registered is changed."""

    because = forms.CharField(
        label=_("Why is the analysis changed?"),
        help_text=_("This stands beside every result, with what was changed and when."),
        max_length=MOST_BECAUSE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write in a sentence why it is changed.")},
    )


def _choices(form: forms.Form, name: str, choices: Choices | Mapping[str, Any]) -> None:
    field: Any = form.fields[name]
    field.choices = choices

"""Decisions beforehand, and asking for a proposal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Formation, Lock
from clusterwork.clusters.selectors.formations import schools_of
from clusterwork.registry.models import School

CHOOSE = {
    "required": _("Choose a school."),
    "invalid_choice": _("This school does not take part in the exercise. Choose another."),
}


def school_field(label: Any) -> forms.ModelChoiceField[School]:
    """One of the chosen schools."""
    return forms.ModelChoiceField(
        School.objects.none(), label=label, empty_label=_("Choose a school"), error_messages=CHOOSE
    )


class LockForm(forms.Form):
    """A decision about two schools."""

    kind = forms.ChoiceField(
        label=_("What has been decided?"),
        choices=Lock.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what has been decided.")},
    )
    school = school_field(_("School"))
    other = school_field(_("Other school, or hub"))
    because = forms.CharField(
        label=_("Why?"),
        help_text=_("One sentence for whoever reads the proposal later."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, formation: Formation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = list(schools_of(formation))
        for name in ("school", "other"):
            field: Any = self.fields[name]
            field.queryset = School.objects.filter(pk__in=[each.pk for each in schools])
            field.choices = [("", field.empty_label), *((each.pk, str(each)) for each in schools)]


class ProposeForm(forms.Form):
    """Under which version of the policy, from which seed, for how long."""

    policy = forms.TypedChoiceField(label=_("Which policy?"), coerce=int)
    time_limit_s = forms.IntegerField(
        label=_("Seconds at most"),
        help_text=_(
            "You can leave this as it is. The longer it may look, the closer it can come to the "
            "best arrangement."
        ),
        min_value=5,
        max_value=1800,
        initial=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        error_messages={
            "required": _("Enter a number of seconds, for example 60."),
            "invalid": _("This is not a whole number. Write it in figures, for example 60."),
            "min_value": _("Give it 5 seconds or more."),
            "max_value": _("Give it 1,800 seconds (half an hour) or less."),
        },
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        help_text=_(
            "You can leave this as it is. The search starts from this number: the same number "
            "gives the same proposal again, another may give one that is about as good."
        ),
        min_value=0,
        max_value=2**31 - 1,
        initial=1,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={
            "required": _("Enter a whole number, for example 1."),
            "invalid": _("This is not a whole number. Write it in figures, for example 1."),
            "min_value": _("The number must be 0 or more."),
            "max_value": _("The number is too large. Choose a smaller one."),
        },
    )

    def __init__(self, *args: Any, policies: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["policy"].choices = policies  # type: ignore[attr-defined]

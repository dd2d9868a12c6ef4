"""Who heads a school, how, and from when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Headship
from clusterwork.clusters.selectors.listed import schools_listed
from clusterwork.clusters.services.headships import HeadshipFacts
from clusterwork.registry.models import School
from clusterwork.web.clusters.people.forms.appointments import who_fields
from clusterwork.web.dayfields import day_field, last_day_field

Kind = Headship.Kind


class HeadshipForm(forms.Form):
    """A headship; `school` is the one that it is asked about, others are listed in lines."""

    kind = forms.ChoiceField(
        label=_("How is the school headed?"),
        choices=(
            (Kind.SUBSTANTIVE, _("By a substantive head")),
            (Kind.ACTING, _("By an acting head")),
            (Kind.EXECUTIVE, _("By an executive head of several schools")),
            (Kind.VACANT, _("The headship is vacant")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the school is headed.")},
    )
    name, email = who_fields()
    others = forms.CharField(
        label=_("Other schools that an executive head heads"),
        help_text=_("One a line, by number or full name. Only for an executive head."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    start_on = day_field(_("From"))
    end_on = last_day_field(_("Last day"), required=False, help_text=_("Empty while it lasts."))

    def __init__(self, *args: Any, school: School, alone: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        if alone:
            del self.fields["others"]

    def clean_others(self) -> list[School]:
        """The schools of the lines; every line must be one."""
        text = self.cleaned_data["others"]
        listed = schools_listed(text, [self.school.authority_id])
        if listed.rest:
            said = gettext("These lines are not one open school each: %(lines)s.")
            raise forms.ValidationError(said % {"lines": "; ".join(listed.rest)[:300]})
        return list(School.objects.filter(pk__in=listed.school_ids).exclude(pk=self.school.pk))

    def clean(self) -> dict[str, Any]:
        """A head has a name; a vacant headship has none."""
        data = super().clean() or {}
        kind = data.get("kind")
        if kind and kind != Kind.VACANT and not (data.get("name") or data.get("email")):
            self.add_error("name", _("Enter the name of the head, or choose that it is vacant."))
        if kind != Kind.EXECUTIVE and data.get("others"):
            self.add_error("others", _("Only an executive head heads several schools."))
        return data

    @property
    def schools(self) -> list[School]:
        """All schools that the headship is of."""
        others = self.cleaned_data.get("others") or []
        return [self.school, *others]

    @property
    def facts(self) -> HeadshipFacts:
        """What was typed."""
        data = self.cleaned_data
        return HeadshipFacts(
            data["kind"], data["start_on"], data["end_on"], data["name"], data["email"]
        )

"""Beginning to form a cluster, its purpose, the answer to an invitation, the officer's decision."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Founding, FoundingSchool, Programme
from clusterwork.clusters.models.cluster import NAME_LENGTH
from clusterwork.clusters.selectors.foundings import organisations_to_ask
from clusterwork.registry.models import Organisation, Phase, School
from clusterwork.web.dayfields import typed_day_field
from clusterwork.web.formats import day as day_words

RECOGNISE, RETURN = "recognise", "return"
Reply = FoundingSchool.Reply


def purpose_field() -> forms.CharField:
    """What the schools agree to."""
    return forms.CharField(
        label=_("What is the cluster for?"),
        help_text=_("One or two sentences. Each school that joins agrees to these words."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write in a sentence or two what the cluster is for.")},
    )


class FoundingForm(forms.Form):
    """What a head says first; school and organisation are asked only where there are several."""

    school = forms.ModelChoiceField(
        School.objects.none(), label=_("Which of your schools begins?"), empty_label=None
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Which organisation shall recognise the cluster?"),
        help_text=_("It is asked only when you send it."),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the organisation that shall recognise it.")},
    )
    working_name = forms.CharField(
        label=_("Working name"),
        help_text=_(
            "A place, not a school: for example the valley or the county. The schools choose the "
            "real name later."
        ),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Write a working name, for example a place.")},
    )
    purpose = purpose_field()

    def __init__(self, *args: Any, schools: QuerySet[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = list(schools.select_related("authority").order_by("sort_key", "pk"))
        self._offer("school", School, self.schools)
        asked = {each.pk: each for one in self.schools for each in organisations_to_ask(one)}
        self._offer("organisation", Organisation, list(asked.values()))

    def _offer(self, name: str, model: Any, found: list[Any]) -> None:
        """A question with one answer is not asked."""
        field: Any = self.fields[name]
        field.queryset = model.objects.filter(pk__in=[each.pk for each in found])
        if len(found) == 1:
            field.required = False
            field.initial = found[0]
            field.widget = forms.HiddenInput()

    @property
    def n_known(self) -> int:
        """How many of the four answers are known already."""
        return sum(self.fields[name].widget.is_hidden for name in ("school", "organisation"))

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, and what need not be asked."""
        data = self.cleaned_data
        for name in ("school", "organisation"):
            data[name] = data.get(name) or self.fields[name].initial
        return data


class PurposeForm(forms.Form):
    """Another wording of the purpose."""

    purpose = purpose_field()


class SearchForm(forms.Form):
    """Schools to invite, found by name or number."""

    q = forms.CharField(label=_("Name, place or number"), required=False, max_length=200)
    phase = forms.ChoiceField(
        label=_("Phase"), required=False, choices=[("", _("All phases")), *Phase.choices]
    )


class AnswerForm(forms.Form):
    """Whether the school joins. `seen` is the number of the wording on the page."""

    reply = forms.ChoiceField(
        label=_("Does your school join?"),
        choices=[
            (Reply.JOINS, _("Yes, we join and agree to this purpose")),
            (Reply.DECLINES, _("No, we do not join")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether your school joins.")},
    )
    note = forms.CharField(
        label=_("Anything that the others should know"),
        help_text=_("You need not give a reason."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput())


class DecisionForm(forms.Form):
    """Recognise from a day, in a programme or none; or return with reasons.

    `seen` lists the schools that were shown as agreed.
    """

    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            (RECOGNISE, _("Recognise the cluster")),
            (RETURN, _("Return it with reasons")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    from_day = typed_day_field(_("If you recognise it, from which day?"), required=False)
    programme = forms.ModelChoiceField(
        Programme.objects.none(),
        label=_("Which programme does it take part in?"),
        help_text=_("It can take part in more later, or in none."),
        required=False,
        empty_label=_("None for now"),
    )
    because = forms.CharField(
        label=_("If you return it, what would have to change?"),
        help_text=_("The school that began reads this."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seen = forms.CharField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, founding: Founding, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        going_on = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
        self.fields["from_day"].initial = day
        self.fields["from_day"].help_text = _(
            "The schools are members from then on. At the earliest the day on which they began: "
            "%(day)s."
        ) % {"day": day_words(founding.cluster.start_on)}
        field: Any = self.fields["programme"]
        field.queryset = Programme.objects.filter(
            going_on, organisation=founding.cluster.organisation_id
        )

    def clean(self) -> dict[str, Any]:
        """The day where it is recognised, the reasons where it is returned."""
        data = super().clean() or {}
        decision = data.get("decision")
        if decision == RECOGNISE and not data.get("from_day") and "from_day" not in self.errors:
            self.add_error("from_day", _("Enter the day from which it is recognised."))
        if decision == RETURN and not data.get("because"):
            self.add_error("because", _("Write what the schools would have to change."))
        return data

    @property
    def seen_ids(self) -> list[int]:
        """The schools that were shown as agreed."""
        return [int(each) for each in self.cleaned_data["seen"].split(",") if each.isdecimal()]

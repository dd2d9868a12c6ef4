"""Who is appointed, to what, from when until when; ending it and handing it over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Appointment
from clusterwork.clusters.services.appointing import MAY_HAVE_SCHOOL, NEEDS_SCHOOL, AppointmentFacts
from clusterwork.registry.models import School
from clusterwork.web.clusters.cluster.forms.fields import name_field, words_field
from clusterwork.web.dayfields import day_field, last_day_field

Role = Appointment.Role
NAME_LENGTH = 150


if TYPE_CHECKING:
    ChoiceOfSchool = forms.ModelChoiceField[School]
else:
    ChoiceOfSchool = forms.ModelChoiceField  # takes no type when it runs


class SchoolField(ChoiceOfSchool):
    """One of a few schools, in a list; `schools` are the choices."""

    def __init__(self, label: Any, *, nobody: Any = None, asked: Any = "", **options: Any) -> None:
        super().__init__(
            School.objects.none(),
            label=label,
            empty_label=nobody,
            required=bool(asked),
            error_messages={
                "required": asked,
                "invalid_choice": _("This school is not one of them. Choose one from the list."),
            },
            **options,
        )

    def offer(self, schools: Sequence[School]) -> None:
        """These schools to choose from; the only one is chosen already."""
        pks = [school.pk for school in schools]
        self.queryset = School.objects.filter(pk__in=pks).order_by("sort_key", "pk")
        if len(schools) == 1 and self.required:
            self.initial = schools[0]


def who_fields() -> tuple[forms.CharField, forms.EmailField]:
    """A name, and an address by which a sign-in is found."""
    name = forms.CharField(
        label=_("Name"),
        help_text=_("It may stay empty where the e-mail address belongs to a sign-in."),
        max_length=NAME_LENGTH,
        required=False,
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("If somebody signs in with it, the role appears on their own pages."),
        required=False,
        error_messages={"invalid": _("This is not an e-mail address, such as name@example.org.")},
    )
    return name, email


class WhoForm(forms.Form):
    """A name, an address or both."""

    def clean(self) -> dict[str, Any]:
        """Somebody has to be named."""
        data = super().clean() or {}
        if not data.get("name") and not data.get("email") and "email" not in self.errors:
            self.add_error("name", _("Enter the name of the person."))
        elif not data.get("name") and not self._signs_in(data.get("email", "")):
            self.add_error(
                "name", _("Nobody signs in with this address yet. Enter the name as well.")
            )
        return data

    def _signs_in(self, email: str) -> bool:
        from clusterwork.accounts.selectors.people import person_by_email

        return not email or person_by_email(email) is not None


class AppointForm(WhoForm):
    """What an appointment is made of; fields that the role has none of are left out."""

    name, email = who_fields()
    school = SchoolField(_("School"), asked=_("Choose the school."))
    strand = name_field(
        _("Strand"),
        asked=_("Enter the name of the strand."),
        help_text=_("The line of work that is coordinated, for example Literacy."),
    )
    start_on = day_field(_("From"))
    end_on = last_day_field(_("Last day"), required=False, help_text=_("Empty while it lasts."))

    def __init__(self, *args: Any, role: str, schools: Sequence[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role = role
        school: Any = self.fields["school"]
        if role == Role.LINK_ADVISER:
            school.required, school.empty_label = False, _("All schools of the cluster")
            school.label = _("For which schools")
            school.help_text = _("Choose one school only where it has another adviser.")
        school.offer(schools)
        if role not in MAY_HAVE_SCHOOL:
            del self.fields["school"]
        elif role in NEEDS_SCHOOL:
            school.empty_label = _("Choose a school") if len(schools) != 1 else None
            school.label = _("From which school") if role == Role.CHAIR else _("Of which school")
        if role != Role.STRAND_COORDINATOR:
            del self.fields["strand"]

    @property
    def facts(self) -> AppointmentFacts:
        """What was typed."""
        told = {name: value for name, value in self.cleaned_data.items() if value is not None}
        return AppointmentFacts(role=self.role, **told)


class EndForm(forms.Form):
    """The first day without it, and why."""

    on = day_field(_("From which day does nobody hold it any more?"))
    reason = words_field(_("Why did it end?"), help_text=_("For example: retired in July."))


class HandOverForm(WhoForm):
    """The day, and who takes over."""

    on = day_field(
        _("From which day?"), help_text=_("The old appointment ends and the new begins that day.")
    )
    name, email = who_fields()
    school = SchoolField(_("From which school"), asked=_("Choose the school."))
    reason = words_field(
        _("Why did it change?"), help_text=_("For example: moved to another school.")
    )

    def __init__(self, *args: Any, schools: Sequence[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        field.offer(schools)
        if not schools:
            del self.fields["school"]


class HandOverAllForm(WhoForm):
    """One successor for several appointments of one person."""

    which = forms.MultipleChoiceField(
        label=_("Which of them?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    on = day_field(_("From which day?"))
    name, email = who_fields()

    def __init__(self, *args: Any, held: Sequence[Appointment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["which"]
        field.choices = [(str(each.pk), f"{each.cluster}: {words_of(each)}") for each in held]
        field.initial = [str(each.pk) for each in held]

    @property
    def pks(self) -> list[int]:
        """The chosen appointments."""
        return [int(pk) for pk in self.cleaned_data["which"]]


def words_of(appointment: Appointment) -> str:
    """The role, with its strand or school."""
    more = appointment.strand or (str(appointment.school) if appointment.school else "")
    return f"{appointment.get_role_display()}, {more}" if more else appointment.get_role_display()

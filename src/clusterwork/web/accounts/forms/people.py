"""Forms about people: your details, an invitation, coming in, naming somebody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.permissions.people import Place, Places
from clusterwork.registry.models import Organisation, School
from clusterwork.web.accounts.forms.sign_in import EMAIL, PASSWORD, PASSWORD_HINT
from clusterwork.web.dayfields import typed_day_field

NAME = _("Name")
LANGUAGE = _("Language of letters")
LANGUAGE_HINT = _(
    "With Welsh, each page also carries a link to its English, and the other way round."
)


def name_field(hint: Any = "") -> forms.CharField:
    """A person's name as others see it."""
    widget = forms.TextInput(attrs={"autocomplete": "name"})
    return forms.CharField(
        label=NAME,
        max_length=150,
        help_text=hint,
        widget=widget,
        error_messages={"required": _("Write the name.")},
    )


def language_field() -> forms.ChoiceField:
    """English or Welsh."""
    return forms.ChoiceField(
        label=LANGUAGE,
        help_text=LANGUAGE_HINT,
        choices=Person.Language.choices,
        widget=forms.RadioSelect,
        initial=Person.Language.ENGLISH,
        error_messages={"required": _("Choose a language.")},
    )


class DetailsForm(forms.Form):
    """Your name and language."""

    name = name_field()
    language = language_field()


class ComeInForm(forms.Form):
    """Somebody who was invited makes their sign-in."""

    name = name_field(_("As others shall see it, such as Nia Rees."))
    language = language_field()
    password = forms.CharField(
        label=PASSWORD,
        help_text=PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        """Long enough, not common, not like the name or the address."""
        password: str = self.cleaned_data["password"]
        validate_password(password, Person(email=self.email, name=self.data.get("name", "")))
        return password


class InviteForm(forms.Form):
    """Whom to invite, to what, where."""

    email = forms.EmailField(
        label=EMAIL,
        max_length=254,
        help_text=_("The invitation is sent there; use their address at work."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Write the e-mail address."),
            "invalid": _("Write an address such as name@example.org."),
        },
    )
    name = name_field(_("They can correct it."))
    place = forms.ChoiceField(
        label=_("Organisation or school"),
        error_messages={
            "required": _("Choose an organisation or school."),
            "invalid_choice": _("Choose an organisation or school of the list."),
        },
    )
    kind = forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )
    language = language_field()
    field_order = ["place", "kind", "email", "name", "language"]

    def __init__(self, *args: Any, places: Places, kinds: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.fields["place"].choices = place_choices(places)  # type: ignore[attr-defined]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (value, label) for value, label in Role.Kind.choices if value in kinds
        ]

    def chosen_place(self) -> Place:
        """The organisation or school of the valid form."""
        letter, _sep, number = self.cleaned_data["place"].partition("-")
        if letter == "o":
            return Organisation.objects.get(pk=number, pk__in=self.places.organisation_ids)
        return self.places.schools().get(pk=number)


def place_choices(places: Places) -> list[tuple[str, str]]:
    """The organisations first, then the schools by name, each with its authority."""
    organisations = Organisation.objects.filter(pk__in=places.organisation_ids)
    schools = places.schools().select_related("authority")
    listed = [(f"o-{each.pk}", str(each)) for each in organisations]
    listed += [(f"s-{each.pk}", f"{each} ({each.authority})") for each in schools]
    return [("", "")] if not listed else ([("", "–"), *listed] if len(listed) > 1 else listed)


class NameForm(forms.Form):
    """Whom a head names, for what, until when."""

    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=Person.objects.none(),
        empty_label="–",
        help_text=_("Everyone with a role in the school."),
        error_messages={"required": _("Choose a person.")},
    )
    what = forms.ChoiceField(
        label=_("What they may do for you"),
        help_text=_("Signatures stay yours."),
        widget=forms.RadioSelect,
        choices=(
            ("prepare", _("Prepare: fill in, so that you only check and send")),
            ("send", _("Prepare and send")),
        ),
        error_messages={"required": _("Choose what they may do.")},
    )
    last_on = typed_day_field(
        _("Last day (may be left open)"),
        help_text=_("For example 31/8/2027"),
        required=False,
        wrong=_("Write a date such as 31/8/2027."),
    )

    def __init__(self, *args: Any, school: School, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

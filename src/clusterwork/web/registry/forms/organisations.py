"""The form by which an officer says what their organisation is called and how it looks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from clusterwork.registry.models import Organisation


class OrganisationForm(forms.Form):
    """Names, parent, languages, colour."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Enter the name of the organisation.")},
    )
    name_cy = forms.CharField(label=_("Name in Welsh"), max_length=200, required=False)
    parent = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Belongs to"),
        help_text=_("The larger organisation that it is part of, if any."),
        required=False,
        empty_label=_("None"),
    )
    is_welsh = forms.BooleanField(
        label=_("Offer every page in Welsh too"),
        help_text=_("Its people then find a switch of language on each page."),
        required=False,
    )
    colour = forms.CharField(
        label=_("Colour"),
        help_text=_("A colour code such as #1d70b8; it stands as a line under the header."),
        required=False,
        validators=[
            RegexValidator(
                r"^#[0-9a-fA-F]{6}$",
                _("Enter a colour as # and six digits or letters from a to f, as in #1d70b8."),
            )
        ],
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(organisation, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.queryset = Organisation.objects.exclude(pk=organisation.pk)

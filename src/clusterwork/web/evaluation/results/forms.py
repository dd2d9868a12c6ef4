"""Who is to be named on a study."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PersonForm(forms.Form):
    """The address with which somebody signs in."""

    email = forms.EmailField(
        label=_("E-mail address with which they sign in"),
        help_text=_(
            "They can open everything of this study from today, and work on it. "
            "It is written down that you named them."
        ),
        error_messages={
            "required": _("Write the address."),
            "invalid": _("Write the address with an @."),
        },
    )

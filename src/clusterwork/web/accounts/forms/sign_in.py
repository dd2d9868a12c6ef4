"""allauth's forms in our words; what they check stays theirs."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkey
from django import forms
from django.utils.translation import gettext_lazy as _

Text = Any  # a text, or one that is translated when shown

EMAIL = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
PASSWORD_HINT = _(
    "At least 12 characters. Three words that do not belong together are easy to remember."
)
CODE = _("Number of six figures")
CODE_HINT = _("The app on your phone shows it. You can also type one of your recovery codes.")
KEY_NAME = _("Name of the passkey")


class OurWords:
    """Sets labels and hints; drops placeholders, repeated passwords and HTML in hints."""

    words: ClassVar[dict[str, tuple[Text, Text]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        fields.pop("password2", None)
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]
            if not field.label:
                field.label = name


class SignInForm(OurWords, account.LoginForm):  # type: ignore[misc]
    words: ClassVar = {"login": (EMAIL, ""), "password": (PASSWORD, "")}


class ConfirmPasswordForm(OurWords, account.ReauthenticateForm):  # type: ignore[misc]
    words: ClassVar = {"password": (PASSWORD, "")}


class ChangePasswordForm(OurWords, account.ChangePasswordForm):  # type: ignore[misc]
    words: ClassVar = {
        "oldpassword": (_("Password until now"), ""),
        "password1": (NEW_PASSWORD, PASSWORD_HINT),
    }


class SetPasswordForm(OurWords, account.SetPasswordForm):  # type: ignore[misc]
    words: ClassVar = {"password1": (PASSWORD, PASSWORD_HINT)}


class AskForResetForm(OurWords, account.ResetPasswordForm):  # type: ignore[misc]
    words: ClassVar = {"email": (EMAIL, _("The one that your invitation was sent to."))}


class ResetPasswordForm(OurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    words: ClassVar = {"password1": (NEW_PASSWORD, PASSWORD_HINT)}


class SecondStepForm(OurWords, second.AuthenticateForm):  # type: ignore[misc]
    words: ClassVar = {"code": (CODE, CODE_HINT)}


class ConfirmCodeForm(OurWords, second.ReauthenticateForm):  # type: ignore[misc]
    words: ClassVar = {"code": (CODE, CODE_HINT)}


class SetUpAppForm(OurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    words: ClassVar = {"code": (CODE, "")}


class AddPasskeyForm(OurWords, passkey.AddWebAuthnForm):  # type: ignore[misc]
    words: ClassVar = {
        "name": (KEY_NAME, _("So that you can tell it from others, such as “phone”.")),
        "passwordless": (
            _("Let it sign me in without my password"),
            _("Your device then asks for your finger, face or PIN."),
        ),
    }


class RenamePasskeyForm(OurWords, passkey.EditWebAuthnForm):  # type: ignore[misc]
    words: ClassVar = {"name": (KEY_NAME, "")}

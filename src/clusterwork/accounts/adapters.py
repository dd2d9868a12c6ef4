"""What allauth asks us: who may come in, where to go then, what to tell people and how."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as allauths
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from clusterwork.accounts.letters import CHANGES, FACTOR_ADDED, RESET, SIGN_IN_CHANGED
from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.invitations import has_open_invitation
from clusterwork.accounts.selectors.people import person_by_email
from clusterwork.accounts.services.people import record_made
from clusterwork.audit.services import record
from clusterwork.kernel.messages import Message
from clusterwork.notify.seal import box
from clusterwork.notify.services import queue

# What a page says after something was done, by allauth's name of the message; others say nothing.
DONE = {
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("Your password is set."),
    "mfa/messages/totp_activated.txt": _("The app on your phone is set up."),
    "mfa/messages/totp_deactivated.txt": _("The app on your phone is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes are made."),
    "usersessions/messages/sessions_logged_out.txt": _("You are signed out everywhere else."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs themselves up: people come by invitation. Letters go through the outbox."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This sign-in is closed. The programme officer can open it again."),
        "email_password_mismatch": _("The e-mail address and the password do not belong together."),
        "enter_current_password": _("That is not your password until now."),
        "incorrect_password": _("That is not your password."),
        "incorrect_code": _("That number is not the one that the app shows now."),
        "too_many_login_attempts": _("There were too many tries. Wait five minutes and try again."),
        "rate_limited": _("There were too many tries. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never; accepting an invitation makes people."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Home, in the person's own language."""
        with override(request.user.language if isinstance(request.user, Person) else None):
            return reverse("home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """The page on which the change was begun."""
        return reverse("account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At our own address, whatever host the request named."""
        address: str = super().get_reset_password_from_key_url(key)
        return str(settings.SITE_ADDRESS) + urlsplit(address).path

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Ours for what was done; allauth's own text for what went wrong."""
        if text := message or DONE.get(message_template or ""):
            shown = messages.SUCCESS if level in (messages.INFO, messages.SUCCESS) else level
            messages.add_message(request, shown, str(text), extra_tags=extra_tags)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """That something about somebody's sign-in was changed, to the address of the person.

        On the person's own record too. A new factor ends their other sessions: those began
        without it.
        """
        if template_prefix in CHANGES:
            record(
                actor=user,
                verb="accounts.change_sign_in",
                subject=user,
                summary=Message(CHANGES[template_prefix]),
                details={"event": template_prefix},
            )
        self.send_mail(template_prefix, user.email, context or {})
        if template_prefix in FACTOR_ADDED:
            end_other_sessions(user, self.request.session.session_key)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Into the outbox, in the person's language; nothing to an address that nobody has."""
        person = person_by_email(email)
        if person is None:
            return
        if template_prefix == "account/email/password_reset_key":
            queue(RESET, person, {}, secrets={"link": context["password_reset_url"]})
        elif template_prefix in CHANGES:
            link = settings.SITE_ADDRESS + reverse("account_reset_password")
            queue(
                SIGN_IN_CHANGED, person, {"change": {"say": CHANGES[template_prefix]}, "link": link}
            )


def end_other_sessions(person: Person, session_key: str) -> None:
    """Signs `person` out wherever they are signed in, but for the session of this key."""
    for session in UserSession.objects.filter(user=person).exclude(session_key=session_key):
        session.end()


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """By their organisation's account come only people who are known or have been invited."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whether a checked e-mail address of the account has an invitation that is open."""
        now = timezone.now()
        return any(has_open_invitation(email, now) for email in checked_emails(sociallogin))

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Whether the account may be joined to whoever is known by this address."""
        return email in checked_emails(login) and super().can_authenticate_by_email(login, email)

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        """E-mail by allauth's rule; the name as the account gives it; the page's language."""
        person = super().populate_user(request, sociallogin, data)
        given = f"{data.get('given_name', '')} {data.get('family_name', '')}".strip()
        person.name = (data.get("name") or given or person.email)[:150]
        person.language = "cy" if getattr(request, "LANGUAGE_CODE", "") == "cy" else "en-gb"
        return person

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Any:
        """Saves the new person and records that they came in."""
        person = super().save_user(request, sociallogin, form)
        record_made(person, by=person)
        return person


def checked_emails(sociallogin: Any) -> list[str]:
    """The addresses that the provider says it has checked (by true itself: the word "false" is
    true to Python), of the domains that it is trusted with where any are named."""
    domains = [each.lower() for each in sociallogin.provider.app.settings.get("verified_email", [])]
    checked = [each.email for each in sociallogin.email_addresses if each.verified is True]
    return [each for each in checked if not domains or each.rpartition("@")[2].lower() in domains]


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors; their secrets are kept encrypted."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That number is not the one that the app shows now."),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first."),
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A number, until the person says something better; the words are allauth's."""
        n_keys = Authenticator.objects.filter(user=user, type=type).count()
        return allauths("Key nr. {number}").format(number=n_keys + 1)

    def encrypt(self, text: str) -> str:
        """The text sealed with a key derived from the secret key."""
        return box("second_factor").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text that `encrypt` sealed."""
        return box("second_factor").decrypt(encrypted_text.encode()).decode()

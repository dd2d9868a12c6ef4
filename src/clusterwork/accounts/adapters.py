"""What allauth asks us: who may come in, where to go then, what may be removed."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from clusterwork.accounts.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs themselves up: people come by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never; `services.accept_invitation` makes people."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Home, in the person's own language."""
        language = request.user.language if isinstance(request.user, Person) else None
        with override(language):
            return reverse("home")


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Only people who are known come in by their organisation's account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never; an unknown person is shown how to be invited."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: authenticator apps and passkeys."""

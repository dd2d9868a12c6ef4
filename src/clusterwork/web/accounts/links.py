"""Full addresses for letters, in the reader's language."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override


def full(name: str, *args: object, language: str) -> str:
    """The page called `name`, with the service's own address in front."""
    with override(language):
        return str(settings.SITE_ADDRESS) + reverse(name, args=args or None)


def key_link(key: str, language: str) -> str:
    """Where somebody who is not known yet answers an invitation."""
    return full("invitation", key, language=language)


def answer_link(token: str, language: str) -> str:
    """Where a person answers one thing without signing in."""
    return full("answer", token, language=language)

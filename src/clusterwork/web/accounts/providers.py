"""The organisations' own accounts that people can sign in with."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.socialaccount.adapter import get_adapter
from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Provider:
    """A name for the button and the address that it posts to."""

    name: str
    address: str


def sign_in_providers(request: HttpRequest) -> list[Provider]:
    """All that the settings name, in their order."""
    return [
        Provider(each.name, reverse("openid_connect_login", args=[each.app.provider_id]))
        for each in get_adapter().list_providers(request)
    ]

"""The organisations' own accounts that people sign in with, read from the environment.

Either `CLUSTERWORK_OIDC`, a JSON list of objects, or one group of variables a provider, named
`CLUSTERWORK_OIDC_<ID>_<KEY>` (docs/user/sign-in.md lists the keys). Knows no Django.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clusterwork.config.environment import SettingMissing

NEEDED = ("id", "name", "server_url", "client_id", "secret")
ALLOWED = frozenset({*NEEDED, "secret_file", "trusted_domains", "token_auth_method", "scope"})
GROUP = re.compile(r"^CLUSTERWORK_OIDC_([A-Z0-9]+)_([A-Z_]+)$")


class ProviderUnclear(SettingMissing):
    """A provider with a key missing, unknown or of no use."""


def providers(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """allauth's `SOCIALACCOUNT_PROVIDERS`; empty where the environment names none."""
    listed = [*_from_json(environment), *_from_groups(environment)]
    names = [each["id"] for each in listed]
    if len(set(names)) < len(names):
        raise ProviderUnclear("Two providers for signing in have the same id.")
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [_app(each) for each in listed]}}


def _from_json(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    text = environment.get("CLUSTERWORK_OIDC", "").strip()
    if not text:
        return []
    try:
        listed = json.loads(text)
    except json.JSONDecodeError as error:
        raise ProviderUnclear(f"CLUSTERWORK_OIDC is not JSON: {error}.") from None
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise ProviderUnclear("CLUSTERWORK_OIDC must be a JSON list of objects.")
    return [_checked(each) for each in listed]


def _from_groups(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    groups: dict[str, dict[str, Any]] = {}
    for variable in sorted(environment):
        if found := GROUP.match(variable):
            name, key = found[1].lower(), found[2].lower()
            groups.setdefault(name, {"id": name})[key] = environment[variable].strip()
    return [_checked(_split(group)) for group in groups.values()]


def _split(group: dict[str, Any]) -> dict[str, Any]:
    """Lists are written with commas in a variable."""
    return {
        key: [part.strip() for part in value.split(",") if part.strip()]
        if key in ("trusted_domains", "scope")
        else value
        for key, value in group.items()
    }


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    provider = dict(given)
    if file := provider.pop("secret_file", None):
        provider["secret"] = Path(file).read_text(encoding="utf-8").strip()
    name = provider.get("id", "?")
    if missing := [key for key in NEEDED if not provider.get(key)]:
        raise ProviderUnclear(f"The sign-in provider {name} lacks: {', '.join(missing)}.")
    if unknown := sorted(set(provider) - ALLOWED):
        raise ProviderUnclear(
            f"The sign-in provider {name} has unknown keys: {', '.join(unknown)}."
        )
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise ProviderUnclear(f"The id of a sign-in provider is a-z, 0-9 and -: {name}.")
    _check_secure(name, provider["server_url"])
    return provider


def _check_secure(name: str, url: str) -> None:
    """Who somebody is is believed because the connection is; plain http only to this machine."""
    if not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", url):
        raise ProviderUnclear(f"The address of the sign-in provider {name} must begin https://.")


def _app(provider: dict[str, Any]) -> dict[str, Any]:
    """One provider as allauth keeps it. Where the operator names domains that it gives out, their
    e-mail addresses count as checked and no others do; else those do that it says it checked."""
    settings: dict[str, Any] = {
        "server_url": provider["server_url"],
        "oauth_pkce_enabled": True,
        "verified_email": provider.get("trusted_domains", []),
    }
    for key in ("token_auth_method", "scope"):
        if provider.get(key):
            settings[key] = provider[key]
    return {
        "provider_id": provider["id"],
        "name": provider["name"][:40],
        "client_id": provider["client_id"],
        "secret": provider["secret"],
        "settings": settings,
    }

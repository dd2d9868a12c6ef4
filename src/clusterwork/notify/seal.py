"""Keeps what only the reader of a letter may know unreadable in the table until it is sent."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings


def box(purpose: str) -> Fernet:
    """Encrypts with a key of its own for each purpose, derived from the secret key."""
    key = hashlib.sha256(f"clusterwork.{purpose}:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(values: Mapping[str, str]) -> str:
    """The values as one encrypted text; empty for none."""
    return box("letters").encrypt(json.dumps(dict(values)).encode()).decode() if values else ""


def unseal(sealed: str) -> dict[str, Any]:
    """The values of `seal`; raises `cryptography.fernet.InvalidToken` under another secret key."""
    return dict(json.loads(box("letters").decrypt(sealed.encode()))) if sealed else {}

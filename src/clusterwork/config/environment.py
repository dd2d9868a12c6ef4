"""Reads settings from environment variables; knows no Django."""

from __future__ import annotations

import os
from pathlib import Path
from typing import overload


class SettingMissing(RuntimeError):
    """A setting without which the system may not start."""


def flag(name: str, *, default: bool) -> bool:
    """True for 1, true, yes, on (any case); `default` where the variable is absent or empty."""
    value = os.environ.get(name, "").strip().lower()
    return value in {"1", "true", "yes", "on"} if value else default


def listed(name: str, default: str) -> list[str]:
    """A comma-separated list, blanks left out."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


@overload
def folder(name: str, default: Path) -> Path: ...
@overload
def folder(name: str, default: None) -> Path | None: ...
def folder(name: str, default: Path | None) -> Path | None:
    """The absolute folder that the variable names, or the default."""
    value = os.environ.get(name)
    return Path(value).expanduser().resolve() if value else default


def secret_key() -> str:
    """The key that signs sessions and links: of the environment, else of the data folder's file.

    Raises `SettingMissing` where neither is there: a made-up key would sign everyone out at each
    start and differ between web and worker.
    """
    if key := os.environ.get("CLUSTERWORK_SECRET_KEY"):
        return key
    data = folder("CLUSTERWORK_DATA", None)
    if data and (file := data / "secret-key").is_file():
        return file.read_text(encoding="utf-8").strip()
    raise SettingMissing(
        "No secret key is set. Set CLUSTERWORK_SECRET_KEY to 50 or more random characters; "
        "`clusterwork demo` and `clusterwork serve` make one in the data folder."
    )

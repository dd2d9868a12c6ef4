"""The open data beside the project; a journey that needs it is skipped where it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("SHARED", ROOT.parent / "shared")) / "data"


def real(name: str) -> Path:
    """The file, or a skip that says what is missing."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the open data file {name} is not beside the project")
    return path

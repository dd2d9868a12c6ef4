"""One thing that waits for a person; shared by the parts of the house that know of such things."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """What to do, for whom or what, where, and how it stands."""

    text: str
    hint: str
    address: str
    status: str

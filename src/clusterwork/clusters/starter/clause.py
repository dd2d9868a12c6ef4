"""What a shipped clause holds; plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StarterClause:
    """A clause in both languages; `required` where an agreement cannot do without it."""

    section: str
    title: str
    title_cy: str
    text: str
    text_cy: str
    required: bool = False

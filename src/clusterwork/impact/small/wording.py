"""How shares and numbers are written in the sentences of small numbers."""

from __future__ import annotations

from collections.abc import Iterable


def percent(share: float) -> str:
    """12.3 for 0.1234; the sign follows in the sentence."""
    return f"{100 * share:.1f}"


def plain(value: float) -> str:
    """Two decimals; three significant figures below one tenth."""
    return f"{value:.2f}" if abs(value) >= 0.1 or value == 0 else f"{value:.3g}"


def listed(texts: Iterable[str]) -> str:
    return ", ".join(texts)


def chance(p: float) -> str:
    """A p-value as written: "= 0.042", or "< 0.001"."""
    return f"= {p:.3f}" if p >= 0.001 else "< 0.001"

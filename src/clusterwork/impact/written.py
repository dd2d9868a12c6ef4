"""How numbers are written in sentences: a true minus sign, and digits that mean something."""

from __future__ import annotations

from math import floor, inf, log10

MOST_PLACES = 6
MINUS = "\u2212"


def number(value: float, places: int = 2) -> str:
    """So many decimals with a true minus sign; never a negative zero."""
    return _signed(value, f"{abs(value):.{places}f}")


def significant(value: float, digits: int = 3) -> str:
    """So many digits that count, a true minus sign, and never a power of ten."""
    shown = f"{abs(value):.{digits}g}"
    if "e" in shown:
        shown = f"{abs(value):.{max(0, digits - 1 - floor(log10(abs(value))))}f}"
    return _signed(value, shown)


def labelled(value: float) -> str:
    """A number as a label: whole ones without a point."""
    return str(int(value)) if float(value).is_integer() else str(value)


def places_for(error: float, otherwise: int = 2) -> int:
    """Decimals that show an error to two digits, six at most; `otherwise` where it has none."""
    if not 0.0 < error < inf:
        return otherwise
    return min(MOST_PLACES, max(0, 1 - floor(log10(float(f"{error:.1e}")))))


def _signed(value: float, shown: str) -> str:
    return f"{MINUS}{shown}" if value < 0 and float(shown) > 0 else shown

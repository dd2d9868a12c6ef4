"""What the official words for phase and status mean in the words of the glossary."""

from __future__ import annotations

NURSERY, PRIMARY, MIDDLE, SECONDARY = "nursery", "primary", "middle", "secondary"
ALL_THROUGH, SPECIAL, REFERRAL_UNIT = "all_through", "special", "referral_unit"
SIXTEEN_PLUS, OTHER = "sixteen_plus", "other"
PHASES = (
    NURSERY, PRIMARY, MIDDLE, SECONDARY, ALL_THROUGH, SPECIAL, REFERRAL_UNIT, SIXTEEN_PLUS, OTHER,
)  # fmt: skip

_BY_TYPE = (
    ("alternative provision", REFERRAL_UNIT),
    ("referral unit", REFERRAL_UNIT),
    ("special", SPECIAL),
)
_BY_PHASE = {
    "nursery": NURSERY,
    "primary": PRIMARY,
    "middle deemed primary": MIDDLE,
    "middle deemed secondary": MIDDLE,
    "middle": MIDDLE,
    "secondary": SECONDARY,
    "all-through": ALL_THROUGH,
    "16 plus": SIXTEEN_PLUS,
    "special": SPECIAL,
    "pupil referral unit": REFERRAL_UNIT,
}
_BY_TYPE_WITHOUT_PHASE = (
    ("nursery", NURSERY),
    ("further education", SIXTEEN_PLUS),
    ("sixth form", SIXTEEN_PLUS),
    ("16-19", SIXTEEN_PLUS),
    ("16 to 19", SIXTEEN_PLUS),
)


def phase_of(phase_name: str, type_name: str) -> str:
    """The phase: special schools and referral units by their type, others by the phase as filed."""
    kind = type_name.casefold()
    filed = phase_name.casefold()
    return (
        _first(_BY_TYPE, kind)
        or _BY_PHASE.get(filed)
        or _first(_BY_TYPE_WITHOUT_PHASE, kind)
        or OTHER
    )


def _first(pairs: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((phase for words, phase in pairs if words in text), None)


def status_of(status_name: str) -> str | None:
    """`open`, `closed` or `proposed`; None where the words are not known.

    A school that is open but proposed to close is open.
    """
    filed = status_name.casefold()
    if filed.startswith("open"):
        return "open"
    if filed in ("closed", "de-registered", "deregistered"):
        return "closed"
    return "proposed" if filed.startswith(("proposed", "pending")) else None

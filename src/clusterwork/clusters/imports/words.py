"""The words that people write for parts, statuses, roles and kinds, in English and Welsh."""

from __future__ import annotations

from collections.abc import Mapping

from clusterwork.registry.rules.names import fold

YES = frozenset(
    {"yes", "y", "x", "1", "true", "tick", "ticked", "ie", "ydy", "oes", "✓", "✔", "☑", "✅"}
)
NO = frozenset({"", "no", "n", "0", "false", "na", "nac ydy", "nac oes", "-", "–", "☐", "none"})

PARTS = {
    "core": ("core school", "core member", "member", "craidd", "aelod", "ysgol graidd"),
    "lead": ("lead school", "leader", "arwain", "arweiniol", "ysgol arweiniol"),
    "contributing": (
        "contributing school", "more successful", "more successful school", "contributor",
        "cyfrannu", "ysgol sy'n cyfrannu", "ysgol fwy llwyddiannus",
    ),
    "associate": ("associate school", "associated", "cyswllt", "cysylltiol", "ysgol gysylltiol"),
    "partner": ("partner organisation", "partneriaeth", "sefydliad partner"),
}  # fmt: skip
STATUSES = {
    "proposed": ("cynigiwyd", "arfaethedig"),
    "recognised": ("recognized", "cydnabyddedig", "cydnabuwyd"),
    "active": ("open", "live", "current", "gweithredol"),
    "closing": ("yn cau",),
    "closed": ("ended", "wedi cau", "ar gau"),
}
PARTNER_KINDS = {
    "college": ("fe college", "further education", "coleg"),
    "nursery": ("meithrinfa",),
    "health": ("health service", "nhs", "iechyd", "gwasanaeth iechyd"),
    "university": ("prifysgol",),
    "employer": ("business", "cyflogwr", "busnes"),
    "other": ("arall",),
}
ROLES = {
    "chair": ("cluster chair", "cadeirydd"),
    "coordinator": ("cluster coordinator", "co-ordinator", "cydlynydd", "cydlynydd clwstwr"),
    "strand_coordinator": ("strand co-ordinator", "cydlynydd llinyn"),
    "link_adviser": ("adviser", "link advisor", "advisor", "ymgynghorydd", "ymgynghorydd cyswllt"),
    "link_person": ("link person of a school", "person cyswllt"),
    "chair_of_governors": ("cadeirydd y llywodraethwyr",),
    "governor_representative": ("cynrychiolydd y llywodraethwyr",),
    "finance_lead": ("arweinydd cyllid",),
    "clerk": ("clerc",),
}


def meaning(word: str, of: Mapping[str, tuple[str, ...]]) -> str | None:
    """The value that the word stands for, or None."""
    asked = fold(word)
    for value, words in of.items():
        if asked in {fold(each) for each in (value, *words)}:
            return value
    return None


def is_no(text: str) -> bool:
    """Whether a cell to be ticked says no."""
    return text.strip().casefold() in NO


def is_yes(text: str) -> bool:
    """Whether a cell is ticked."""
    return text.strip().casefold() in YES

"""The columns of the spreadsheet of clusters, and the headings by which people call them."""

from __future__ import annotations

from collections.abc import Sequence

from clusterwork.registry.rules.names import fold

# Our own name first; then what such spreadsheets have over the column, in English and Welsh.
HEADINGS: dict[str, tuple[str, ...]] = {
    "cluster": ("cluster name", "name of cluster", "clwstwr", "enw'r clwstwr", "enw clwstwr"),
    "cluster_cy": (
        "cluster in Welsh", "cluster name in Welsh", "Welsh name", "enw Cymraeg",
        "enw Cymraeg y clwstwr", "clwstwr Cymraeg",
    ),
    "code": ("cluster code", "cluster number", "cod", "cod y clwstwr"),
    "organisation": ("sefydliad",),
    "cluster_from": ("cluster since", "cluster start", "clwstwr ers", "dechrau'r clwstwr"),
    "cluster_until": ("cluster end", "clwstwr tan", "diwedd y clwstwr"),
    "status": ("cluster status", "statws"),
    "programme": ("programmes", "rhaglen", "rhaglenni"),
    "school_number": (
        "URN", "Welsh number", "LAESTAB", "LA estab", "DfE number", "school no", "number",
        "rhif ysgol", "rhif yr ysgol",
    ),
    "school": ("school name", "name of school", "member", "ysgol", "enw'r ysgol", "enw ysgol"),
    "partner_kind": ("kind of partner", "math o bartner"),
    "part": ("part in cluster", "rhan"),
    "lead": ("lead school", "ysgol arweiniol"),
    "contributes": ("what it contributes", "contribution", "cyfraniad", "beth mae'n ei gyfrannu"),
    "why": ("why it contributes", "pam"),
    "from": (
        "joined", "joined on", "start", "start date", "since", "o", "ers", "ymunodd",
        "dyddiad dechrau",
    ),
    "until": ("left", "left on", "end", "end date", "tan", "hyd", "gadawodd", "dyddiad gorffen"),
    "left_because": ("reason", "why left", "reason for leaving", "rheswm", "pam gadawodd"),
    "memorandum_signed": (
        "MoU signed", "memorandum", "llofnodwyd y memorandwm", "memorandwm",
    ),
    "chair": ("cluster chair", "cadeirydd"),
    "chair_email": ("e-bost y cadeirydd", "e-mail of chair"),
    "chair_from": ("cadeirydd ers",),
    "chair_until": ("cadeirydd tan",),
    "coordinator": ("cluster coordinator", "co-ordinator", "cydlynydd", "cydlynydd clwstwr"),
    "coordinator_email": ("e-bost y cydlynydd", "e-mail of coordinator"),
    "link_adviser": (
        "adviser", "advisor", "link advisor", "challenge adviser", "ymgynghorydd",
        "ymgynghorydd cyswllt",
    ),
    "link_adviser_email": ("adviser email", "e-bost yr ymgynghorydd"),
    "role": ("rôl", "swyddogaeth"),
    "person": ("name of person", "unigolyn", "enw'r unigolyn"),
    "email": ("e-mail", "e-bost"),
    "strand": ("llinyn",),
}  # fmt: skip
COLUMNS = tuple(HEADINGS)
WELSH: dict[str, str] = {
    "cluster": "Clwstwr", "cluster_cy": "Enw Cymraeg", "code": "Cod", "organisation": "Sefydliad",
    "cluster_from": "Clwstwr ers", "cluster_until": "Clwstwr tan", "status": "Statws",
    "programme": "Rhaglen", "school_number": "Rhif ysgol", "school": "Ysgol",
    "partner_kind": "Math o bartner", "part": "Rhan", "lead": "Ysgol arweiniol",
    "contributes": "Cyfraniad", "why": "Pam", "from": "Ers", "until": "Tan",
    "left_because": "Rheswm", "memorandum_signed": "Memorandwm", "chair": "Cadeirydd",
    "chair_email": "E-bost y cadeirydd", "chair_from": "Cadeirydd ers",
    "chair_until": "Cadeirydd tan", "coordinator": "Cydlynydd",
    "coordinator_email": "E-bost y cydlynydd", "link_adviser": "Ymgynghorydd cyswllt",
    "link_adviser_email": "E-bost yr ymgynghorydd", "role": "Rôl", "person": "Unigolyn",
    "email": "E-bost", "strand": "Llinyn",
}  # fmt: skip
"""The headings of the template in Welsh; each is among those that are understood."""

_KNOWN = {
    fold(heading): column
    for column, headings in HEADINGS.items()
    for heading in (column, *headings)
}


def column_of(heading: str) -> str | None:
    """Our name of the column, or None for one that is not read."""
    return _KNOWN.get(fold(heading))


def places_of(header: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Where each of our columns stands; a file may have several for one, as URN and LAESTAB."""
    places: dict[str, tuple[int, ...]] = {}
    for place, heading in enumerate(header):
        if column := column_of(heading):
            places[column] = (*places.get(column, ()), place)
    return places


def not_read(header: Sequence[str]) -> list[str]:
    """The headings that are not known."""
    return [heading for heading in header if heading.strip() and column_of(heading) is None]

"""Language tags as each format writes them."""

from __future__ import annotations

import re

from clusterwork.documents.errors import UnknownLanguage

TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{2}))?", re.IGNORECASE)
HOME = {"cy": "GB", "en": "GB"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


def parts(tag: str) -> tuple[str, str | None]:
    """The language and the region of a tag, e.g. (`en`, `GB`); Welsh and English are of Britain."""
    match = TAG.fullmatch(tag)
    if match is None:
        raise UnknownLanguage(tag)
    language, region = match[1].lower(), match[2]
    return language, region.upper() if region else HOME.get(language)


def for_html(tag: str) -> str:
    """`en-GB`, `cy`."""
    language, region = parts(tag)
    return f"{language}-{region}" if region and language != "cy" else language


def for_word(tag: str) -> str:
    """`en-GB`, `cy-GB`."""
    language, region = parts(tag)
    return f"{language}-{region}" if region else language


def same(one: str, other: str) -> bool:
    """Whether two tags name the same language, whatever the region."""
    return parts(one)[0] == parts(other)[0]


def runs_leftward(tag: str) -> bool:
    """Whether the language is written from right to left."""
    return parts(tag)[0] in RIGHT_TO_LEFT

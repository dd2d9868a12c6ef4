"""Names made searchable and sortable, in English and by the Welsh alphabet; touches no database.

The database has neither `unaccent` nor a Welsh collation, so both are worked out here.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Protocol

KEYS = ("search_text", "sort_key", "sort_key_cy")
KEY_LENGTH = 250

_WELSH_ALPHABET = "a b c ch d dd e f ff g ng h i j k l ll m n o p ph q r rh s t th u v w x y z"
_PLACES = {letter: chr(ord("A") + place) for place, letter in enumerate(_WELSH_ALPHABET.split())}
_LETTER = re.compile("ch|dd|ff|ng|ll|ph|rh|th|[a-z]")
# Two letters that meet where two parts of a word do, and so are not the one letter "ng".
_TWO_LETTERS = re.compile(r"(?<=\bllan)(?=g)|(?<=\bban)(?=gor)")
_SPECIAL = str.maketrans({"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "&": " and "})
_APOSTROPHES = re.compile("['’‘`´ʼ]")
_BREAKS = re.compile("[^a-z0-9]+")


class Named(Protocol):
    """What the keys are worked out from."""

    name: str
    name_cy: str
    locality: str
    town: str
    postcode: str
    la_estab: str
    welsh_number: str | None
    urn: int | None


def fold(text: str) -> str:
    """Lower-case ASCII words with single spaces: "Ysgol Pen Llŷn" gives "ysgol pen llyn"."""
    plain = text.lower()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain.translate(_SPECIAL))
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    plain = _APOSTROPHES.sub("", plain.replace("&", " and "))
    return _BREAKS.sub(" ", plain).strip()


def welsh_sort_key(text: str) -> str:
    """A text whose plain order is the order of the Welsh alphabet, where "ll" follows all "l"."""
    parted = _TWO_LETTERS.sub("\x00", fold(text))
    coded = _LETTER.sub(lambda letter: _PLACES[letter.group()], parted)
    return coded.replace("\x00", "")[:KEY_LENGTH]


def sort_key(text: str) -> str:
    """A text whose plain order is the alphabet's, blind to case, accents and apostrophes."""
    return fold(text)[:KEY_LENGTH]


def search_words(school: Named) -> str:
    """The words by which a school is found, each once, parted by single spaces."""
    numbers = f"{school.urn or ''} {school.welsh_number or ''} {school.la_estab}"
    joined = f"{school.la_estab.replace('/', '')} {school.postcode.replace(' ', '')}"
    texts = (school.name, school.name_cy, school.town, school.locality, school.postcode)
    words = fold(" ".join((*texts, numbers, joined))).split()
    return " ".join(dict.fromkeys(words))


def keys_of(school: Named) -> dict[str, str]:
    """The three worked-out columns of a school."""
    return {
        "search_text": search_words(school),
        "sort_key": sort_key(school.name),
        "sort_key_cy": welsh_sort_key(school.name_cy or school.name),
    }

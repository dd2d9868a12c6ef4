"""What people wrote, as runs of plain text: nothing in it is ever taken for markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

# Line ends of other systems, tabs and form feeds that come with pasted text.
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Controls, soft hyphens and marks that show nothing, and those that turn the order of a line.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff]")
MEANINGLESS = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
# A tab, and the bullet of word processors, which has a meaning in their own font alone.
STAND_FOR = str.maketrans({"\t": " ", "\uf0b7": "•"})
LONG_WORD = re.compile(r"(\S{24})(?=\S{6})")
DASH = "–"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner.

    `language` is a BCP 47 tag (`cy`, `en-gb`, `pl`), None where it is the document's own.
    A line feed within the text is a line break.
    """

    text: str
    language: str | None = None
    strong: bool = False
    emphasis: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(str(self.text)))


Text: TypeAlias = str | Run | Sequence["str | Run"]


def clean(text: str) -> str:
    """The text as every format can hold it: composed, without what can't be seen or written.

    Half characters and code points that mean nothing become U+FFFD.
    """
    text = UNSEEN.sub("", LINE_ENDS.sub("\n", text)).translate(STAND_FOR)
    return unicodedata.normalize("NFC", MEANINGLESS.sub("\ufffd", text))


def runs_of(text: Text) -> tuple[Run, ...]:
    """The runs of a text, none of them empty."""
    if isinstance(text, Run):
        runs: Iterable[Run] = (text,)
    elif isinstance(text, Sequence) and not isinstance(text, str):
        runs = (each if isinstance(each, Run) else Run(each) for each in text)
    else:
        runs = (Run(str(text)),)
    return tuple(run for run in runs if run.text)


def heading_runs(text: Text) -> tuple[Run, ...]:
    """The runs of a text that has to say something, such as a title; a dash for none."""
    return runs_of(text) if not is_blank(text) else (Run(DASH),)


def plain(text: Text) -> str:
    """The words alone."""
    return "".join(run.text for run in runs_of(text))


def breakable(text: str) -> list[str]:
    """The text in pieces between which a line may break: words longer than a line are cut."""
    return [piece for piece in LONG_WORD.split(text) if piece]


def is_weighed(text: Text) -> bool:
    """Whether the writer chose what is strong: then a header is not made strong as a whole."""
    return len({run.strong for run in runs_of(text)}) > 1


def is_blank(text: Text) -> bool:
    """Whether the text shows nothing."""
    return not plain(text).strip()

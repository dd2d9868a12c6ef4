"""What every result of an analysis carries; numbers, what they rest on, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusterwork.kernel.languages import gettext_of
from clusterwork.kernel.messages import Message


@dataclass(frozen=True)
class Estimate:
    """A number with its uncertainty, in units of the outcome.

    se, low, high, df, p: None where the method gives none (a single treated cluster has no p).
    level: of the interval, 0.95 by default. method: how the uncertainty was told, e.g. "cr2".
    """

    estimate: float
    se: float | None = None
    low: float | None = None
    high: float | None = None
    df: float | None = None
    p: float | None = None
    level: float = 0.95
    method: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of plain values and sentences under column names, as shown, downloaded and drawn."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    def to_dicts(self) -> list[dict[str, object]]:
        """One dictionary a row, sentences in English."""
        rows = ([_plain(value) for value in row] for row in self.rows)
        return [dict(zip(self.columns, row, strict=True)) for row in rows]


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Message) else value


@dataclass(frozen=True)
class Diagnostic:
    """Something that must be shown beside a result.

    passed: True or False where there is a rule, None where the reader has to judge.
    """

    name: str
    said: Message
    passed: bool | None = None
    table: Table | None = None


@dataclass(frozen=True)
class Result:
    """The base of every analysis's frozen result.

    data_hash: of the data the result was computed from. assumptions: what has to be true for the
    numbers to mean what the sentences say. diagnostics: what speaks for and against.
    """

    data_hash: str
    assumptions: tuple[Message, ...]
    diagnostics: tuple[Diagnostic, ...]
    tables: tuple[Table, ...]

    def sentences(self) -> Sequence[Message]:
        """What the numbers bear, by the rules of `impact.saying`; subclasses say it."""
        raise NotImplementedError

    def sentence(self, lang: str = "en") -> str:
        """The sentences in English ("en") or Welsh ("cy")."""
        translate = gettext_of(lang)
        return " ".join(sentence.translated(translate) for sentence in self.sentences())

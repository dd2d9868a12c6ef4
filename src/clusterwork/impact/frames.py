"""Any data frame as one kind: which columns it has and what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from clusterwork.impact.codes import NOT_NUMBERS
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

MOST_CATEGORIES = 50
SHOWN = 5

Frame = nw.DataFrame[Any] | nw.LazyFrame[Any]


class NotAFrame(Problem):
    """The data are no frame that can be read."""


class NoSuchColumn(Problem):
    """A column that the analysis names is not in the data."""


class NotNumbers(Problem):
    """A column that has to hold numbers holds texts."""


class TooManyCategories(Problem):
    """A covariate of texts has more different ones than a model can tell apart."""


class InfiniteValues(Problem):
    """A column holds infinite values."""


def infinite_values(name: str) -> InfiniteValues:
    """The refusal of a column with infinite values."""
    return InfiniteValues(
        Message(N_("The column holds infinite values: %(name)s"), {"name": name}),
        why=Message(N_("They come from dividing by zero and are no measurement.")),
        next_step=Message(N_("Make them empty or put the number right.")),
    )


def framed(data: object) -> Frame:
    """The data as a frame; raises NotAFrame.

    pandas, Polars (eager and lazy), PyArrow, DuckDB relations and PySpark are read.
    """
    try:
        frame: Frame = nw.from_native(data)
    except TypeError as exc:
        raise NotAFrame(
            Message(
                N_("These data are no table that can be read: %(kind)s"),
                {"kind": type(data).__name__},
            ),
            why=Message(N_("Columns with names are needed.")),
            next_step=Message(N_("Give a frame of pandas, Polars, PyArrow, DuckDB or PySpark.")),
        ) from exc
    return frame


def must_have(frame: Frame, names: Sequence[str]) -> None:
    """Raises NoSuchColumn for the first name that is no column."""
    there = frame.collect_schema().names()
    for name in names:
        if name not in there:
            raise NoSuchColumn(
                Message(N_("There is no such column: %(name)s"), {"name": name}),
                why=Message(
                    N_("The columns are: %(names)s"), {"names": ", ".join(map(str, there[:40]))}
                ),
                next_step=Message(N_("Write the name as it stands in the data; capitals count.")),
            )


@dataclass(frozen=True)
class Term:
    """A column of the design: a number, or whether a text is one of its categories."""

    name: str
    source: str
    category: str | None = None
    text: bool = False

    def expression(self, constant: float = 0.0) -> nw.Expr:
        """The column's value less a constant; null where nothing is known, not-a-number too."""
        if self.category is not None:
            column = nw.col(self.source)
            is_it = (column == self.category).cast(nw.Float64)
            value: nw.Expr = nw.when(~column.is_null()).then(is_it)
        elif self.text:
            value = _parsed(self.source)
        else:
            value = nw.col(self.source).cast(nw.Float64)
        return value - constant if constant else value


def _parsed(source: str) -> nw.Expr:
    """Numbers written as texts, codes as null."""
    column = nw.col(source)
    return nw.when(~column.is_in(sorted(NOT_NUMBERS))).then(column).otherwise(None).cast(nw.Float64)


def number(frame: Frame, name: str) -> Term:
    """The term of a column of numbers, also where codes made it a column of texts.

    Raises NotNumbers.
    """
    kind = frame.collect_schema()[name]
    if kind.is_numeric() or kind == nw.Boolean:
        return Term(name, name)
    texts = [text for text in _texts(frame, name) if text not in NOT_NUMBERS]
    strange = [text for text in texts if not _is_number(text)]
    if strange or not texts:
        raise NotNumbers(
            Message(N_("The column has to hold numbers: %(name)s"), {"name": name}),
            why=Message(
                N_("It holds texts, for instance: %(texts)s"),
                {"texts": ", ".join(strange[:SHOWN] or ["—"])},
            ),
            next_step=Message(
                N_(
                    "Take another column, or replace these texts. Codes such as SUPP, NE or z may "
                    "stay: they are read as no figure."
                )
            ),
        )
    return Term(name, name, text=True)


def covariate(frame: Frame, name: str) -> tuple[Term, ...]:
    """The terms of a covariate: one for numbers, one a category but the first for texts.

    Names of categories are the column's name with the category added, as R names them. Raises
    TooManyCategories.
    """
    kind = frame.collect_schema()[name]
    if kind.is_numeric() or kind == nw.Boolean:
        return (Term(name, name),)
    texts = _texts(frame, name)
    if all(text in NOT_NUMBERS or _is_number(text) for text in texts):
        return (Term(name, name, text=True),)
    if len(texts) > MOST_CATEGORIES:
        raise TooManyCategories(
            Message(
                N_("The covariate has more than %(most)s different texts: %(name)s"),
                {"most": MOST_CATEGORIES, "name": name},
            ),
            why=Message(N_("It looks like a name or a number of somebody, not like a group.")),
            next_step=Message(N_("Put the texts together in fewer groups, or leave it out.")),
        )
    return tuple(Term(f"{name}{text}", name, text) for text in texts[1:])


def _texts(frame: Frame, name: str) -> list[str]:
    """The different texts of a column, sorted; one more than may be at most for a covariate."""
    different = frame.lazy().select(nw.col(name).cast(nw.String)).drop_nulls().unique().head(10_000)
    return sorted(str(text) for text in different.collect()[name].to_list())


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True

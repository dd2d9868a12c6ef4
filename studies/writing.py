"""Pieces of a page in Markdown: tables, numbers, and sentences in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from clusterwork.impact.result import Diagnostic, Result
from clusterwork.impact.saying import Finding, sentences
from clusterwork.kernel.languages import gettext_of
from clusterwork.kernel.messages import Message
from studies.comparing import Compared

ALPHA = 0.05
POWER_80 = 2.8
"""Standard errors that a difference must have to be found four times in five: 1.96 + 0.84."""


def shown(value: object) -> str:
    """Three decimals with a true minus sign; whole numbers with commas; nothing as a dash."""
    if value is None:
        return "—"
    if isinstance(value, float):
        text = f"{abs(value):.3f}"
        return f"−{text}" if value < 0 and float(text) > 0 else text
    return f"{value:,}" if isinstance(value, int) else str(value)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; every cell by `shown`."""
    lines = [columns, ["---"] * len(columns), *([shown(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def both_languages(told: Iterable[Message]) -> str:
    """Quoted in English and Welsh."""
    messages = tuple(told)
    lines = []
    for name, language in (("English", "en"), ("Cymraeg", "cy")):
        translate = gettext_of(language)
        said = " ".join(message.translated(translate) for message in messages)
        lines.append(f"> **{name}.** {said}")
    return "\n>\n".join(lines)


def finding(found: Finding) -> str:
    """The rules of `impact.saying` in both languages."""
    return both_languages(sentences(found))


def said(result: Result) -> str:
    """A result's own sentences in both languages."""
    return both_languages(result.sentences())


def result(told: Compared) -> str:
    """The estimate with its interval, its sentence, and the least difference it would find."""
    group, points = told.fit.group, told.points
    error = group.se or 0.0
    line = (
        f"**{shown(group.estimate)}** standard deviations of schools (95 % interval "
        f"{shown(group.low)} to {shown(group.high)}; standard error {shown(error)}); in points of "
        f"the progress score of 2016, about {shown(group.estimate * points)} "
        f"({shown((group.low or 0.0) * points)} to {shown((group.high or 0.0) * points)}). "
        f"{told.fit.n_treated:,} schools that joined, in {told.fit.treated_clusters:,} groups, "
        f"beside {told.fit.n_units - told.fit.n_treated:,} others. A study of this size finds a "
        f"difference of {shown(POWER_80 * error)} four times in five."
    )
    return f"{line}\n\n{finding(told.fit.finding())}"


def in_short(compared: Mapping[str, Compared]) -> str:
    """A line for each comparison: how many joined, the change with its interval, trends before."""
    columns = (
        "who",
        "schools that joined",
        "change beside similar schools",
        "low",
        "high",
        "before",
    )
    rows = [
        (name, told.fit.n_treated, told.fit.group.estimate, *told.fit.group.interval, _before(told))
        for name, told in compared.items()
    ]
    return f"""\
## In short

{table(columns, rows)}

In standard deviations of schools, with 95 % intervals. *Before* says whether those that joined and
those beside them already moved differently; where they did, the change cannot be put down to
joining. That no difference was found does not show that there was none.
"""


def _before(told: Compared) -> str:
    wald = told.fit.pretrend
    if wald is None:
        return "not told"
    found = "no difference found" if wald.p >= ALPHA else "moved differently"
    return f"{found} ({_p(wald.p)})"


def events(told: Compared) -> str:
    """By summers since joining; the summer before it is zero by construction."""
    rows: list[Sequence[object]] = [
        (int(part.key), part.estimate, part.se, part.low, part.high) for part in told.fit.dynamic.by
    ]
    rows.append((-1, "0 (base)", None, None, None))
    rows.sort(key=lambda row: int(str(row[0])))
    columns = ("summers since joining (0 the first)", "estimate", "standard error", "low", "high")
    return table(columns, [(str(row[0]).replace("-", "−"), *row[1:]) for row in rows])


def trends(told: Compared) -> str:
    """Before joining: by group of starters, by summers since, and what would have been missed."""
    by_group = told.fit.pretrend
    p = "not told" if by_group is None else _p(by_group.p)
    return (
        f"All differences before joining, each year's joiners by themselves: {p} (this decides "
        "what the sentence above may claim). By summers since joining:\n\n"
        f"{said(told.pretrends)}"
    )


def _p(p: float) -> str:
    return f"p = {shown(p)}" if p >= 0.001 else "p under 0.001"


def honest(told: Compared) -> str:
    """The mean of the summers after joining where trends were not parallel."""
    original = told.honest.original
    return (
        f"Plain mean of the summers after joining: {shown(original.estimate)} "
        f"({shown(original.low)} to {shown(original.high)}) were the trends parallel. "
        f"Where they were not:\n\n{said(told.honest)}"
    )


def balance(told: Compared) -> str:
    """What was matched on, before and after."""
    columns = ("of summer 2016", "joined", "others", "difference in SD", "others matched", "after")
    return table(
        columns,
        [
            (
                line.name,
                line.treated_after,
                line.control_before,
                line.difference_before,
                line.control_after,
                line.difference_after,
            )
            for line in told.matched.balance
        ],
    )


def diagnostic(told: Diagnostic, first: str) -> str:
    """Estimates by choice or invented year: estimate, error, interval."""
    rows = told.table.rows if told.table else ()
    return table((first, "estimate", "standard error", "low", "high"), [row[:5] for row in rows])


def flow(told: Compared) -> str:
    """How many are left at each step."""
    rows = told.flow.table.rows if told.flow.table else ()
    return table(("step", "joined", "others"), [row[:3] for row in rows])

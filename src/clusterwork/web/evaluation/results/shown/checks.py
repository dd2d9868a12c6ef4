"""The checks beside a result: what each is called, which way it speaks, what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clusterwork.clusters.sentences import read
from clusterwork.evaluation.rules.found import Found
from clusterwork.web.evaluation.results.shown.standing import said_all
from clusterwork.web.evaluation.results.shown.tables import Tables, TableShown
from clusterwork.web.formats import said

FOR, AGAINST, JUDGE, NOT_MADE = "for", "against", "judge", "not_made"
MARKS = (FOR, AGAINST, JUDGE, NOT_MADE)
TAGS = {
    FOR: "govuk-tag--green",
    AGAINST: "govuk-tag--orange",
    JUDGE: "govuk-tag--grey",
    NOT_MADE: "govuk-tag--grey",
}


@dataclass(frozen=True)
class CheckShown:
    """One thing that must be shown beside the result."""

    name: str
    title: str
    mark: str
    mark_words: str
    tag: str
    sentences: list[str]
    table: TableShown | None


def checks_shown(found: Found, tables: Tables) -> list[CheckShown]:
    """Every check, in the order in which it was made."""
    short = {"balance": found.get("balance")}
    return [_check(each, tables, short) for each in found.get("diagnostics", ())]


def _check(kept: Mapping[str, Any], tables: Tables, short: Mapping[str, Any]) -> CheckShown:
    """The check with its table, or the shorter one that tells the same."""
    title, mark = check_title(kept["name"]), _mark(kept)
    return CheckShown(
        name=kept["name"],
        title=title,
        mark=mark,
        mark_words=mark_words(mark),
        tag=TAGS[mark],
        sentences=[tables.label(each) for each in _sentences(kept)],
        table=tables.shown(short.get(kept["name"]) or kept.get("table"), title),
    )


def _mark(kept: Mapping[str, Any]) -> str:
    if kept.get("trouble"):
        return NOT_MADE
    return {True: FOR, False: AGAINST}.get(kept["passed"], JUDGE)


def mark_words(mark: str) -> str:
    """Which way a check speaks."""
    return {
        FOR: _("Speaks for the result"),
        AGAINST: _("Speaks against it"),
        JUDGE: _("Judge for yourself"),
        NOT_MADE: _("Could not be made"),
    }[mark]


def _sentences(kept: Mapping[str, Any]) -> list[str]:
    trouble = kept.get("trouble")
    if trouble:
        parts = (read(trouble.get(name)) for name in ("what", "why"))
        return [said(each) for each in parts if each]
    return said_all([kept["said"], *kept.get("more", ())])


def check_title(name: str) -> str:
    """What a check looks at."""
    return {
        "leave_one_out": _("Leaving out one cluster at a time"),
        "sizes": _("Sizes of clusters"),
        "before_fit": _("How close the mix of others was before the start"),
        "least_p": _("How small a p-value could be"),
        "surest_interval": _("How sure an interval could be"),
        "years": _("School years left out"),
        "late_starts": _("Clusters that start after the last year"),
        "balance": _("How alike both sides were before the start"),
        "support": _("Schools outside the range of the others"),
        "unmatched": _("Schools with nobody similar beside them"),
        "pretrends": _("Trends before the start"),
        "honest": _("If trends had not been alike"),
        "placebo_year": _("Earlier years, as if the work had begun then"),
        "placebo_outcome": _("A measure that the work cannot have changed"),
        "composition": _("Whether the schools changed"),
        "swing": _("How much clusters swing from year to year"),
        "alternatives": _("Other choices, said beforehand"),
        "flow": _("Which schools are in it"),
    }.get(name, name.replace("_", " ").capitalize())

"""How the forming of a cluster by schools reads: its stage, its schools, what comes next."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.models import Founding, FoundingSchool
from clusterwork.clusters.rules.founding import LEAST_SCHOOLS, Stand, may_ask
from clusterwork.clusters.selectors.foundings import Overlap, overlaps_of, schools_of, stand
from clusterwork.clusters.selectors.heads import without_head
from clusterwork.web.formats import day as day_words

Items = list[dict[str, Any]]
State = Founding.State
COLOURS = {
    Stand.AGREED: "govuk-tag--green",
    Stand.ASKED_AGAIN: "govuk-tag--yellow",
    Stand.DECLINED: "govuk-tag--grey",
    Stand.WAITING: "govuk-tag--blue",
}
STATE_COLOURS = {
    State.GATHERING: "govuk-tag--blue",
    State.ASKED: "govuk-tag--yellow",
    State.RETURNED: "govuk-tag--orange",
    State.RECOGNISED: "govuk-tag--green",
    State.WITHDRAWN: "govuk-tag--grey",
}


@dataclass(frozen=True)
class Row:
    """A school of the founding, how it stands, and in which other clusters it is."""

    invited: FoundingSchool
    stand: Stand
    overlaps: list[Overlap]
    has_head: bool

    @property
    def words(self) -> str:
        """How it stands, in a word or two."""
        if self.invited.is_founder:
            return _("Began it")
        return stand_words(self.stand)

    @property
    def colour(self) -> str:
        """The tag's colour; the word says the same."""
        return COLOURS[self.stand]


def stand_words(stands: Stand) -> str:
    """How a school stands to the purpose as it is worded now."""
    return {
        Stand.AGREED: _("Joins"),
        Stand.ASKED_AGAIN: _("Asked again"),
        Stand.DECLINED: _("Does not join"),
        Stand.WAITING: _("Has not answered"),
    }[stands]


def rows_of(founding: Founding, day: dt.date) -> list[Row]:
    """Every school that was invited: four queries."""
    schools = schools_of(founding)
    ids = [row.school_id for row in schools]
    nobody = without_head(ids, day)
    overlaps: dict[int, list[Overlap]] = defaultdict(list)
    for each in overlaps_of(ids, founding, day):
        overlaps[each.school_id].append(each)
    return [
        Row(row, stand(row, founding), overlaps[row.school_id], row.school_id not in nobody)
        for row in schools
    ]


def count(rows: list[Row], *stands: Stand) -> int:
    """How many schools stand so."""
    return sum(row.stand in stands for row in rows)


def stage(founding: Founding, rows: list[Row]) -> str:
    """The page's first sentence: where it stands and what comes next."""
    if founding.state == State.RECOGNISED:
        return _("Recognised. The cluster has its own page.")
    if founding.state == State.WITHDRAWN:
        return _("Taken back. Nothing comes of it.")
    if founding.state == State.ASKED:
        return _(
            "Asked for recognition. Next, a programme officer decides. Organisation: %(o)s"
        ) % {"o": founding.cluster.organisation}
    return f"{agreed_words(rows)} {next_words(rows)}"


def agreed_words(rows: list[Row]) -> str:
    """How many schools agree, and how many have not answered."""
    n, waiting = count(rows, Stand.AGREED), count(rows, Stand.WAITING, Stand.ASKED_AGAIN)
    agreed = ngettext("One school agrees.", "%(n)s schools agree.", n) % {"n": n}
    if not waiting:
        return agreed
    told = ngettext("One has not answered.", "%(n)s have not answered.", waiting)
    return f"{agreed} {told % {'n': waiting}}"


def next_words(rows: list[Row]) -> str:
    """What the school that began does next."""
    if may_ask(count(rows, Stand.AGREED)):
        return _("Next: ask for recognition, or wait for more schools.")
    if len(rows) < LEAST_SCHOOLS:
        return _("Next: invite schools.")
    return _("Next: at least one other school has to agree.")


def task_list(founding: Founding, rows: list[Row]) -> Items:
    """The steps for the school that began, with how each stands."""
    pk, ready = founding.pk, may_ask(count(rows, Stand.AGREED))
    invited = len(rows) - 1
    return [
        _step(
            _("Agree what it is for"),
            reverse("founding_purpose", args=[pk]),
            _("Wording %(n)s") % {"n": founding.purpose_number},
        ),
        _step(
            _("Invite schools"),
            reverse("founding_invite", args=[pk]),
            _("Invited: %(n)s") % {"n": invited} if invited else _("Not begun"),
        ),
        _step(
            _("Ask for recognition"),
            reverse("founding_ask", args=[pk]) if ready else "",
            _("Ready") if ready else _("Needs two schools that agree"),
        ),
    ]


def _step(text: str, address: str, status: str) -> dict[str, Any]:
    step: dict[str, Any] = {"title": {"text": text}, "status": {"text": status}}
    return step | ({"href": address} if address else {})


def frame(founding: Founding) -> dict[str, Any]:
    """The trail and who can see the page."""
    return {
        "founding": founding,
        "cluster": founding.cluster,
        "trail_items": [*trail(), {"text": str(founding.cluster), "href": address(founding)}],
        "state_colour": STATE_COLOURS[State(founding.state)],
        "seen_by_words": seen_by(founding),
    }


def trail() -> Items:
    """Clusters › Clusters that schools form themselves."""
    return [
        {"text": _("Clusters"), "href": reverse("clusters")},
        {"text": _("Formed by schools"), "href": reverse("foundings")},
    ]


def address(founding: Founding) -> str:
    """The founding's own page."""
    return reverse("founding", args=[founding.pk])


def seen_by(founding: Founding) -> str:
    """Who can see the answers."""
    return _(
        "the schools that join, and programme officers of the organisation: %(organisation)s"
    ) % {"organisation": founding.cluster.organisation}


def asked_when(founding: Founding) -> str:
    """The day on which recognition was asked for."""
    return day_words(founding.asked_at.date()) if founding.asked_at else ""

"""What a spreadsheet of clusters would do, in words and in the lists that its page shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from clusterwork.clusters.models import Appointment, Arrival, ArrivalStep, Cluster, Part
from clusterwork.registry.models import ImportState
from clusterwork.web.formats import day, number

Happening = ArrivalStep.Happening
REJECTED, NOTICES, PAST, ALL = "rejected", "notices", "past", "clusters"
FIELDS: dict[str, str | Promise] = {
    "working_name": _lazy("Working name"),
    "name": _lazy("Name"),
    "name_cy": _lazy("Name in Welsh"),
    "code": _lazy("Code"),
    "status": _lazy("Status"),
    "start_on": _lazy("From"),
    "end_on": _lazy("Until"),
    "part": _lazy("Part"),
    "contributes": _lazy("Contributes"),
    "contributes_because": _lazy("Why"),
    "reason": _lazy("Reason"),
    "memorandum_signed_on": _lazy("Memorandum signed"),
    "role": _lazy("Role"),
    "email": _lazy("E-mail"),
    "strand": _lazy("Strand"),
}
CODES: dict[str, Any] = {"part": Part, "status": Cluster.Status, "role": Appointment.Role}
PARTS: tuple[tuple[str, str | Promise], ...] = (
    (Happening.CLUSTER_NEW, _lazy("New clusters")),
    (Happening.CLUSTER_CHANGED, _lazy("Changed clusters")),
    (Happening.MEMBER_NEW, _lazy("New memberships")),
    (Happening.MEMBER_ENDED, _lazy("Ended memberships")),
    (Happening.MEMBER_CHANGED, _lazy("Changed memberships")),
    (Happening.OFFICE_NEW, _lazy("New appointments")),
    (Happening.OFFICE_CHANGED, _lazy("Changed appointments")),
    (Happening.PROGRAMME_NEW, _lazy("Programmes")),
)


@dataclass(frozen=True)
class List:
    """One list of the page, with its name in the address and how many it has."""

    key: str
    words: str
    n: int


def lists_of(arrival: Arrival) -> list[List]:
    """Those that have something in them, what needs a look first."""
    counted = arrival.steps.order_by().values("happening").annotate(n=Count("pk"))
    n_of = dict(counted.values_list("happening", "n"))
    found = [
        List(REJECTED, _("Rows that cannot be taken"), arrival.run.n_rejected),
        List(PAST, _("Changes of the past"), arrival.n_past),
        *(List(str(key), str(words), n_of.get(key, 0)) for key, words in PARTS),
        List(NOTICES, _("Notices"), len(arrival.run.notices)),
    ]
    return [each for each in found if each.n]


def rows_of(arrival: Arrival, key: str) -> Any:
    """The rows of one list, in the order of the file."""
    if key == REJECTED:
        return arrival.run.rejected_rows.all()
    if key == NOTICES:
        return arrival.run.notices
    steps: QuerySet[ArrivalStep] = arrival.steps.all()
    return steps.filter(is_past=True) if key == PAST else steps.filter(happening=key)


def is_waiting(arrival: Arrival) -> bool:
    """Whether it waits for somebody to confirm it or put it aside."""
    return arrival.run.state == ImportState.STAGED


def n_steps(arrival: Arrival) -> int:
    """How many things confirming would do."""
    return sum(n for name, n in arrival.counts.items() if name not in NOT_STEPS)


NOT_STEPS = frozenset({"memberships_unchanged", "past_changes"})


def counts_of(arrival: Arrival) -> list[tuple[str, int]]:
    """The counts of the summary, with their words; what is nothing is left out."""
    n, run = arrival.counts, arrival.run
    told = [
        (_("Rows read"), run.n_read),
        (_("New clusters"), n.get("clusters_new", 0)),
        (_("Changed clusters"), n.get("clusters_changed", 0)),
        (_("New memberships"), n.get("memberships_new", 0)),
        (_("Ended memberships"), n.get("memberships_ended", 0)),
        (_("Changed memberships"), n.get("memberships_changed", 0)),
        (_("Unchanged memberships"), n.get("memberships_unchanged", 0)),
        (_("New appointments"), n.get("appointments_new", 0)),
        (_("Changed appointments"), n.get("appointments_changed", 0)),
        (_("Rows that cannot be taken"), run.n_rejected),
    ]
    return [(words, count) for words, count in told if count]


def button_words(arrival: Arrival) -> str:
    """The consequence, as the button says it."""
    clusters, members = (
        arrival.counts.get(name, 0) for name in ("clusters_new", "memberships_new")
    )
    if clusters:
        text = ngettext(
            "Bring in %(n)s cluster. Memberships: %(members)s",
            "Bring in %(n)s clusters. Memberships: %(members)s",
            clusters,
        )
        return text % {"n": number(clusters), "members": number(members)}
    n = n_steps(arrival)
    return ngettext("Make %(n)s change", "Make %(n)s changes", n) % {"n": number(n)}


def labels_of(arrival: Arrival) -> dict[str, str]:
    """What has to be said before some rows are left out, or past days change."""
    good = arrival.run.n_read - arrival.run.n_rejected
    rows = ngettext(
        "Take the one good row and leave out those that cannot be taken: %(rejected)s",
        "Take the %(good)s good rows and leave out those that cannot be taken: %(rejected)s",
        good,
    )
    told = {"good": number(good), "rejected": number(arrival.run.n_rejected)}
    past = _("Change what is held of days that are past. Changes: %(n)s")
    return {
        "accept_good_rows": rows % told,
        "change_past": past % {"n": number(arrival.n_past)},
    }


def field_words(field: str) -> str:
    """The field as people call it."""
    return str(FIELDS.get(field, field))


def value_words(field: str, value: str) -> str:
    """A code as its word, a day as people write it."""
    if field in CODES and value in CODES[field].values:
        return str(CODES[field](value).label)
    if field.endswith("_on") and value:
        return day(dt.date.fromisoformat(value))
    return value


def is_addition(step: ArrivalStep) -> bool:
    """Whether there is nothing before it to show."""
    return str(step.happening).endswith("_new")

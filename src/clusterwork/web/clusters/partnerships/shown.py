"""A school's own words about its partnerships, for its page: rows, and ties for the picture."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import StatedPartnership
from clusterwork.clusters.permissions.stated import may_state_for
from clusterwork.clusters.selectors.stated import (
    Line,
    filed_clusters,
    has_lapsed,
    lines_known,
    name_of,
    stated_on,
)
from clusterwork.registry.models import PartnershipKind, School
from clusterwork.registry.rules.names import fold
from clusterwork.web.clusters.partnerships.wording import category_words
from clusterwork.web.registry.drawing.network import Tie


@dataclass(frozen=True)
class Row:
    """A partnership of the school: what it stated, or a cluster that it is in without a word."""

    name: str
    kind: str
    what_for: str
    since: dt.date | None
    category: str
    signed_on: dt.date | None
    cluster_id: int | None
    stated: StatedPartnership | None
    is_main: bool = False
    has_lapsed: bool = False


@dataclass(frozen=True)
class Said:
    """What stands on the school's page. `n_more` are partnerships beside the register's."""

    rows: list[Row]
    may_state: bool
    ties: list[Tie]
    n_more: int

    @property
    def main(self) -> Row | None:
        """The main one, if the school says which."""
        return next((row for row in self.rows if row.is_main), None)


def said_of(school: School, day: dt.date, person: Person, *, may_change: bool) -> Said:
    """The school's words for `day`; they can be changed only on pages of today."""
    stated = list(stated_on(school, day))
    told = {row.cluster_id for row in stated if row.cluster_id}
    lines = [line for line in lines_known(school, day) if line.cluster]
    rows = [_of_stated(row, day) for row in stated]
    rows += [_of_line(line) for line in lines if line.cluster and line.cluster.pk not in told]
    filed = filed_clusters(school, day)
    beside = [
        row
        for row in rows
        if not (row.stated and row.stated.partnership_id)
        and row.name
        and not (row.cluster_id and fold(row.name) in filed)
    ]
    return Said(
        rows=rows,
        may_state=may_change and may_state_for(person, school, day),
        ties=[_tie(row) for row in beside],
        n_more=len({row.cluster_id or row.name.casefold() for row in beside}),
    )


def _of_stated(stated: StatedPartnership, day: dt.date) -> Row:
    return Row(
        name=name_of(stated),
        kind=_kind(stated.kind),
        what_for=stated.what_for,
        since=stated.start_on,
        category=category_words(stated.formality) if stated.formality else "",
        signed_on=stated.signed_on,
        cluster_id=stated.cluster_id,
        stated=stated,
        is_main=stated.is_main,
        has_lapsed=has_lapsed(stated, day),
    )


def _of_line(line: Line) -> Row:
    cluster_id = line.cluster.pk if line.cluster else None
    return Row(
        line.name, line.kind_words, "", line.since, "", line.signed_on, cluster_id, stated=None
    )


def _kind(kind: str) -> str:
    return str(PartnershipKind(kind).label) if kind else ""


def _tie(row: Row) -> Tie:
    return Tie(kind=row.kind or _("Partnership"), name=row.name, others=row.what_for, bond="loose")

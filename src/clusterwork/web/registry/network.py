"""A school's partnerships in words: for the table, and for the picture of the same facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.registry.models import Flow, PartnershipKind, School
from clusterwork.registry.models.organisations import in_language
from clusterwork.registry.selectors.ties import (
    Feeding,
    Membership,
    coming_to,
    memberships_of,
    moving_on_from,
)
from clusterwork.web import formats
from clusterwork.web.registry.drawing.network import Tie

FORMAL = frozenset({PartnershipKind.FEDERATION, PartnershipKind.TRUST, PartnershipKind.SPONSOR})
MOST_NAMED = 3
MOST_DRAWN = 14
# Fewer pupils than this are not counted out: a reader might know who they are.
SMALL = 6


@dataclass(frozen=True)
class Network:
    """Everything that ties a school to others on a day, with what has ended by then."""

    memberships: list[Membership]
    to: Feeding | None
    came: Feeding | None

    @property
    def n_now(self) -> int:
        """Partnerships that last."""
        return sum(1 for membership in self.memberships if not membership.is_past)


def network_of(school: School, day: dt.date) -> Network:
    """The network of `school` on `day`: at most six queries."""
    return Network(
        memberships_of(school, on=day),
        moving_on_from(school, on=day),
        coming_to(school, on=day),
    )


def ties_of(network: Network) -> list[Tie]:
    """What the picture shows, the lasting partnerships first; the table has all of them."""
    lasting = [m for m in network.memberships if not m.is_past]
    past = [m for m in network.memberships if m.is_past]
    ties = [_tie(membership) for membership in lasting]
    if network.to:
        ties.append(_flow_tie(network.to, [f.to_school for f in network.to.flows], to=True))
    if network.came:
        ties.append(_flow_tie(network.came, [f.from_school for f in network.came.flows], to=False))
    return (ties + [_tie(membership) for membership in past])[:MOST_DRAWN]


def _tie(membership: Membership) -> Tie:
    partnership = membership.affiliation.partnership
    bond = "formal" if partnership.kind in FORMAL else "loose"
    return Tie(
        kind=str(partnership.get_kind_display()),
        name=partnership_name(membership),
        others=_past_words(membership) if membership.is_past else named(membership.others),
        bond="past" if membership.is_past else bond,
    )


def partnership_name(membership: Membership) -> str:
    """Its name in the reader's language."""
    partnership = membership.affiliation.partnership
    return in_language(partnership.name, partnership.name_cy)


def _past_words(membership: Membership) -> str:
    return _("Ended: %(day)s") % {"day": formats.day(membership.affiliation.end_on)}


def named(schools: Sequence[School]) -> str:
    """The first few by name and how many more; says so where there is none."""
    if not schools:
        return _("No other school in the register")
    shown = [str(school) for school in schools[:MOST_NAMED]]
    more = len(schools) - len(shown)
    if more:
        shown.append(ngettext("%(n)s more", "%(n)s more", more) % {"n": formats.number(more)})
    return ", ".join(shown)


def _flow_tie(feeding: Feeding, schools: list[School], *, to: bool) -> Tie:
    kind = _("Pupils move on to") if to else _("Pupils come from")
    words = {"year": feeding.year}
    return Tie(kind=kind, name=named(schools), others=_("Year: %(year)s") % words, bond="loose")


def flow_words(flow: Flow) -> str:
    """How many pupils; small numbers stay unsaid."""
    if flow.pupils < SMALL:
        return _("fewer than %(n)s") % {"n": SMALL}
    return formats.number(flow.pupils)

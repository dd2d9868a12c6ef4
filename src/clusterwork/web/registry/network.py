"""A school's partnerships in words: for the table, and for the picture of the same facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from clusterwork.registry.models import Affiliation, Flow, Partnership, PartnershipKind, School
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
from clusterwork.web.registry.official import official_words

FORMAL = frozenset({PartnershipKind.FEDERATION, PartnershipKind.TRUST, PartnershipKind.SPONSOR})
KINDS = list(PartnershipKind.values)  # from formal to loose
MOST_NAMED = 2
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


def kind_as_filed(partnership: Partnership) -> str:
    """The source's own word for the kind, where it says more than ours; else empty."""
    with translation.override("en"):
        ours = {partnership.kind.replace("_", " "), partnership.get_kind_display().casefold()}
    filed = partnership.kind_name
    return "" if filed.casefold().replace("_", " ") in ours else official_words(filed)


def _tie(membership: Membership) -> Tie:
    partnership = membership.affiliation.partnership
    bond = "formal" if partnership.kind in FORMAL else "loose"
    return Tie(
        kind=str(partnership.get_kind_display()),
        name=partnership_name(membership),
        others=_past_words(membership) if membership.is_past else _with(membership.others),
        bond="past" if membership.is_past else bond,
    )


def partnership_name(membership: Membership) -> str:
    """Its name in the reader's language."""
    partnership = membership.affiliation.partnership
    return in_language(partnership.name, partnership.name_cy)


def partnerships_in_words(school: School, day: dt.date) -> str:
    """The names of the partnerships that it is in on the day, in one line; one query."""
    stays = (
        Affiliation.objects.filter(school=school)
        .filter(Q(start_on=None) | Q(start_on__lte=day), Q(end_on=None) | Q(end_on__gt=day))
        .select_related("partnership")
        .order_by("partnership__name")
    )
    in_order = sorted(stays, key=lambda stay: KINDS.index(stay.partnership.kind))
    return "; ".join(
        f"{stay.partnership.get_kind_display()}: "
        f"{in_language(stay.partnership.name, stay.partnership.name_cy)}"
        for stay in in_order[:MOST_DRAWN]
    )


def _past_words(membership: Membership) -> str:
    return _("Ended: %(day)s") % {"day": formats.day(membership.affiliation.end_on)}


def _with(schools: Sequence[School]) -> str:
    if not schools:
        return _("No other school in the register")
    if len(schools) == 1:
        return _("With: %(school)s") % {"school": str(schools[0])}
    words = {"n": formats.number(len(schools)), "schools": named(schools)}
    return _("Other schools: %(n)s. %(schools)s") % words


def named(schools: Sequence[School]) -> str:
    """The first few by name."""
    shown = ", ".join(str(school) for school in schools[:MOST_NAMED])
    return f"{shown}…" if len(schools) > MOST_NAMED else shown


def _flow_tie(feeding: Feeding, schools: list[School], *, to: bool) -> Tie:
    kind = _("Pupils move on to") if to else _("Pupils come from")
    words = {"year": feeding.year}
    return Tie(
        kind=kind,
        name=", ".join(map(str, schools[:3])),
        others=_("Year: %(year)s") % words,
        bond="loose",
    )


def flow_words(flow: Flow) -> str:
    """How many pupils; small numbers stay unsaid."""
    if flow.pupils < SMALL:
        return _("fewer than %(n)s") % {"n": SMALL}
    return formats.number(flow.pupils)

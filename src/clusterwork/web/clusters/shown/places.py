"""A school's place in a proposal and its best alternative, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Proposal, ProposedCluster, ProposedPlace
from clusterwork.clusters.outcomes import Alternative, Partner, Place, place_from
from clusterwork.clusters.sentences import read
from clusterwork.kernel.messages import N_
from clusterwork.registry.models import School
from clusterwork.web.clusters.shown.proposals import unit_name
from clusterwork.web.formats import number, said

HUB_AWAY = N_("The hub is %(now)s minutes away.")
MEAN_HERE = N_("The mean journey to the other members takes %(now)s minutes.")
TO_HUB = N_("The hub is %(now)s minutes away; the hub of the next best cluster would be %(other)s.")
TO_EACH_OTHER = N_(
    "The mean journey to the other members takes %(now)s minutes; "
    "in the next best cluster it would take %(other)s."
)
KEEPS = N_("Keeps this partnership: %(partnership)s. With: %(names)s.")
KEEPS_PART = N_(
    "Keeps part of this partnership: %(partnership)s. With: %(names)s. Parted from: %(parted)s."
)
CUTS = N_("Cuts this partnership: %(partnership)s. Parted from: %(names)s.")
KEEPS_LINK = N_("Keeps a link that was accepted. With: %(names)s.")
CUTS_LINK = N_("Cuts a link that was accepted. Parted from: %(names)s.")
WOULD_CUT_LINK = N_("It would cut a link that was accepted. Parted from: %(names)s.")
WOULD_CUT = N_("It would cut this partnership: %(partnership)s. Parted from: %(names)s.")
LONGER = N_("All journeys together would be longer. Amount: %(amount)s %(unit)s.")
SHORTER = N_("All journeys together would be shorter. Amount: %(amount)s %(unit)s.")
OF_LINKS = {KEEPS: KEEPS_LINK, CUTS: CUTS_LINK, WOULD_CUT: WOULD_CUT_LINK}
"""The sentence for partners that only a link ties, and no partnership of the register."""
LEAST_SHOWN = 0.05


class Lookup:
    """What sentences about places need besides the place: clusters and schools, read once."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal

    @cached_property
    def clusters(self) -> dict[int, ProposedCluster]:
        """Number to cluster with its hub."""
        found = self.proposal.clusters.select_related("hub")
        return {cluster.number: cluster for cluster in found}

    @cached_property
    def schools(self) -> dict[int, School]:
        """Every school of the proposal by id."""
        ids = self.proposal.places.values("school_id")
        return School.objects.in_bulk(list(ids.values_list("school_id", flat=True)))

    @property
    def to_hub(self) -> bool:
        """Whether journeys are measured to the hub."""
        measure: str = self.proposal.policy_used["travel"]["measure"]
        return measure == "hub"

    @property
    def unit(self) -> str:
        """The unit of costs."""
        return unit_name(self.proposal.policy_used["travel"]["unit"])


@dataclass(frozen=True)
class AlternativeShown:
    """The next best cluster and the consequences of moving there, one sentence each."""

    cluster: ProposedCluster
    is_allowed: bool
    consequences: list[str]
    against: list[str]


@dataclass(frozen=True)
class PlaceShown:
    """A place with its sentence, and its alternative if there is any."""

    row: ProposedPlace
    facts: Place
    because: str
    keeps: list[str]
    alternative: AlternativeShown | None


def place_shown(row: ProposedPlace, lookup: Lookup) -> PlaceShown:
    """One place in words."""
    facts = place_from(row.reason)
    best = facts.next_best
    return PlaceShown(
        row,
        facts,
        said(read(facts.message) or "") or _because(row, facts, lookup),
        _keeps(facts),
        _alternative(row, best, lookup) if best else None,
    )


def _because(row: ProposedPlace, facts: Place, lookup: Lookup) -> str:
    """Its journey here beside its journey in the next best cluster."""
    now = number(row.minutes)
    is_hub = row.cluster is not None and row.cluster.hub_id == row.school_id
    if lookup.to_hub and is_hub:
        return _("It is the hub: the others travel least to it.")
    if facts.next_best is None:
        here = HUB_AWAY if lookup.to_hub else MEAN_HERE
        return gettext(here) % {"now": now}
    other = number(_there(row, facts.next_best))
    both = TO_HUB if lookup.to_hub else TO_EACH_OTHER
    return gettext(both) % {"now": now, "other": other}


def _keeps(facts: Place) -> list[str]:
    """What the school has in its cluster besides the journey."""
    lines = []
    if facts.held_by:
        lines.append(_("It is held here by a decision made beforehand."))
    if facts.moved:
        lines.append(_("This is a change: today it is in another cluster."))
    if facts.pupils_kept:
        n = round(facts.pupils_kept)
        lines.append(
            ngettext(
                "One pupil a year moves on inside the cluster.",
                "%(n)s pupils a year move on inside the cluster.",
                n,
            )
            % {"n": number(n)}
        )
    return lines + _partnerships(facts.links_kept, facts.links_cut)


def _partnerships(kept: Sequence[Partner], cut: Sequence[Partner]) -> list[str]:
    """Each partnership once: kept, kept in part, or cut."""
    in_both = {each.through for each in kept} & {each.through for each in cut} - {""}
    lines = _by_partnership(KEEPS, [each for each in kept if each.through not in in_both])
    lines += [_in_part(through, kept, cut) for through in sorted(in_both)]
    return lines + _by_partnership(CUTS, [each for each in cut if each.through not in in_both])


def _in_part(through: str, kept: Sequence[Partner], cut: Sequence[Partner]) -> str:
    return gettext(KEEPS_PART) % {
        "partnership": through,
        "names": ", ".join(each.name for each in kept if each.through == through),
        "parted": ", ".join(each.name for each in cut if each.through == through),
    }


def _by_partnership(text: str, partners: Sequence[Partner]) -> list[str]:
    """One sentence for each partnership, with the other schools of it."""
    names: dict[str, list[str]] = defaultdict(list)
    for partner in partners:
        names[partner.through].append(partner.name)
    return [
        gettext(text if through else OF_LINKS[text])
        % {"partnership": through, "names": ", ".join(schools)}
        for through, schools in names.items()
    ]


def _alternative(row: ProposedPlace, best: Alternative, lookup: Lookup) -> AlternativeShown:
    return AlternativeShown(
        lookup.clusters[best.cluster],
        best.allowed,
        list(_consequences(row, best, lookup)),
        [said(read(sentence) or "") for sentence in best.against],
    )


def _consequences(row: ProposedPlace, best: Alternative, lookup: Lookup) -> list[str]:
    lines = [
        own_journey(row.minutes or 0.0, _there(row, best)),
        *_sizes(row, best, lookup),
        *_pupils(best.flow),
    ]
    lines += _by_partnership(WOULD_CUT, best.links_cut)
    lines.append(travel_sentence(best.travel, lookup.unit))
    if abs(best.cost - best.travel) >= LEAST_SHOWN:
        lines.append(cost_sentence(best.cost, lookup.unit))
    return lines


def travel_sentence(travel: float, unit: str) -> str:
    """What happens to everybody's journeys together."""
    if abs(travel) < LEAST_SHOWN:
        return _("All journeys together would stay the same.")
    text = LONGER if travel > 0 else SHORTER
    return gettext(text) % {"amount": number(abs(travel), 1), "unit": unit}


def _there(row: ProposedPlace, best: Alternative) -> float:
    """Its minutes in the next best cluster."""
    return (row.minutes or 0.0) + best.minutes


def longer(before: float, after: float) -> int:
    """By how many minutes a journey grows, as the two are shown: each to the minute."""
    return round(after) - round(before)


def own_journey(before: float, after: float) -> str:
    """What happens to the school's own journey; never other than the minutes shown beside it."""
    change = longer(before, after)
    n = abs(change)
    if n == 0:
        return _("Its own journey would stay the same, to the minute.")
    if change > 0:
        text = ngettext(
            "Its own journey would be one minute longer.",
            "Its own journey would be %(n)s minutes longer.",
            n,
        )
    else:
        text = ngettext(
            "Its own journey would be one minute shorter.",
            "Its own journey would be %(n)s minutes shorter.",
            n,
        )
    return text % {"n": number(n)}


def _sizes(row: ProposedPlace, best: Alternative, lookup: Lookup) -> list[str]:
    own = row.cluster.number if row.cluster else 0
    if best.swap_with is not None and (other := lookup.schools.get(best.swap_with)):
        return [_("Another school would have to come the other way: %(name)s.") % {"name": other}]
    return [
        ngettext(
            "Cluster %(own)s would have one school left.",
            "Cluster %(own)s would have %(n)s schools left.",
            best.size_left,
        )
        % {"own": own, "n": best.size_left},
        _("Cluster %(other)s would have %(n)s schools.")
        % {"other": best.cluster, "n": best.size_joined},
    ]


def _pupils(flow: float) -> list[str]:
    n = abs(round(flow))
    if n == 0:
        return []
    if flow > 0:
        text = ngettext(
            "One pupil a year more would move on inside a cluster.",
            "%(n)s pupils a year more would move on inside a cluster.",
            n,
        )
    else:
        text = ngettext(
            "One pupil a year fewer would move on inside a cluster.",
            "%(n)s pupils a year fewer would move on inside a cluster.",
            n,
        )
    return [text % {"n": number(n)}]


def cost_sentence(cost: float, unit: str) -> str:
    """What happens to everything that the policy weighs, journeys and the rest together."""
    if cost < 0:
        text = _("Everything that the policy weighs together would be %(cost)s %(unit)s better.")
    else:
        text = _("Everything that the policy weighs together would be %(cost)s %(unit)s worse.")
    return text % {"cost": number(abs(cost), 1), "unit": unit}

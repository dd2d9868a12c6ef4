"""A place as its school sees it: nothing of strengths, of wishes, or of decisions about others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clusterwork.clusters.models import Look, ProposedCluster, ProposedPlace
from clusterwork.clusters.rules.travelling import minutes_between
from clusterwork.clusters.selectors.looks import look_at
from clusterwork.registry.models import School
from clusterwork.web.clusters.shown.elsewhere import elsewhere_for_school
from clusterwork.web.clusters.shown.looks import look_shown
from clusterwork.web.clusters.shown.places import Lookup, PlaceShown, place_shown

# The sentences about rules that say nothing of a school's strengths and of nobody's wishes.
SAID_TO_SCHOOLS = frozenset(
    {
        "Further from each other than the travel limit. Schools: %(schools)s.",
        "No school among them is within the travel limit of all. Schools: %(schools)s.",
        "A cluster of %(n)s schools; allowed: %(sizes)s.",
        "Different languages of teaching. Schools: %(schools)s.",
        "Different faith families. Schools: %(schools)s.",
        "In different authorities, with no faith or language to join them. Schools: %(schools)s.",
        "No secondary or all-through school among them. Schools: %(schools)s.",
        "No secondary that they feed, or of their language, faith and authority, is in this "
        "pyramid. Schools: %(schools)s.",
        "There would be fewer clusters than asked for: at least %(least)s.",
    }
)
HOLDS = frozenset({"fixed", "together"})


@dataclass(frozen=True)
class Neighbour:
    """Another member and how far it is."""

    school: School
    minutes: float | None
    is_hub: bool


@dataclass(frozen=True)
class OwnPlaceShown:
    """The place in words, the partners with minutes, and those of the best alternative."""

    place: PlaceShown
    partners: list[Neighbour]
    others: list[Neighbour]
    more_rules: bool


def own_place_shown(row: ProposedPlace) -> OwnPlaceShown:
    """A school's place; two queries for its partners and the alternative's."""
    lookup = Lookup(row.proposal)
    kept, more_rules = for_schools(row.reason)
    row.reason = kept
    place = place_shown(row, lookup)
    other = place.alternative.cluster if place.alternative else None
    return OwnPlaceShown(place, neighbours(row, row.cluster), neighbours(row, other), more_rules)


def own_elsewhere_shown(row: ProposedPlace) -> dict[str, Any]:
    """The school's other places where they have been worked out, and how the work goes."""
    look = look_at(row.proposal, Look.Kind.ALTERNATIVES, row.school_id)
    is_done = look is not None and look.state == Look.State.DONE
    found = None
    if look is not None and is_done:
        found = elsewhere_for_school(look, Lookup(row.proposal), SAID_TO_SCHOOLS)
    return {"asked": look_shown(look), "elsewhere": found}


def for_schools(reason: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """The reason without what is not for schools, and whether a rule was left unsaid.

    The cost is the journeys' only: the rest of it weighs partnerships, sizes and need.
    """
    kept = {
        **reason,
        "links_kept": _public(reason["links_kept"]),
        "links_cut": _public(reason["links_cut"]),
        "held_by": [rule for rule in reason["held_by"] if rule in HOLDS],
    }
    best = reason["next_best"]
    if not best:
        return kept, False
    said = [each for each in best["against"] if each.get("template") in SAID_TO_SCHOOLS]
    changed = {"links_cut": _public(best["links_cut"]), "against": said, "cost": best["travel"]}
    return {**kept, "next_best": {**best, **changed}}, len(said) < len(best["against"])


def _public(partners: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Partners by a partnership of the register; links come from what schools said in private."""
    return [each for each in partners if each["through"]]


def neighbours(row: ProposedPlace, cluster: ProposedCluster | None) -> list[Neighbour]:
    """The other members of a cluster, nearest first, with minutes from the place's school."""
    if cluster is None:
        return []
    travel = row.proposal.policy_used["travel"]
    members = School.objects.filter(pk__in=cluster.places.values("school_id"))
    found = [
        Neighbour(each, minutes_between(row.school, each, travel), each.pk == cluster.hub_id)
        for each in members
        if each.pk != row.school_id
    ]
    return sorted(found, key=lambda each: (each.minutes is None, each.minutes or 0.0))

"""What one exercise starts from: its schools, partnerships, flows and locks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from clusterwork.clusters.models import ChosenSchool, Formation, Lock
from clusterwork.registry.models import (
    Affiliation,
    Assessment,
    Census,
    Flow,
    PartnershipKind,
    School,
)

# Partnerships whose schools should rather stay together; looser ones weigh nothing.
BINDING = (
    PartnershipKind.FEDERATION,
    PartnershipKind.TRUST,
    PartnershipKind.ALLIANCE,
    PartnershipKind.NETWORK,
)


SUPPORT_SCALE = "support-category"
"""The code of the scale of support categories, as files bring it in."""

LINK = "link"
"""The kind of a tie that an officer made of what schools said; it has no name of its own."""


@dataclass(frozen=True)
class Tie:
    """A partnership of today, or a link, with those of its schools that were chosen."""

    partnership_id: int
    name: str
    kind: str
    school_ids: tuple[int, ...]
    own_weight: float | None = None

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Every two of its schools."""
        return list(combinations(self.school_ids, 2))

    @property
    def weight(self) -> float:
        """The weight of each pair: parting one school from all the others costs 1.

        A link has the weight that it was given.
        """
        if self.own_weight is not None:
            return self.own_weight
        return 1.0 / (len(self.school_ids) - 1)


def latest(field: str) -> Subquery:
    """A school's last known figure of its censuses; used with `OuterRef("pk")`."""
    known = Census.objects.filter(school=OuterRef("pk"), **{f"{field}__isnull": False})
    return Subquery(known.order_by("-year").values(field)[:1])


def support_on(day: dt.date) -> Subquery:
    """The place of a school's support category of the day on its scale; None where the scale is
    not in order or the school has none. Used with `OuterRef("pk")`."""
    known = Assessment.objects.filter(
        school=OuterRef("pk"), scale__code=SUPPORT_SCALE, grade__position__gt=0, on__lte=day
    )
    return Subquery(known.order_by("-on").values("grade__position")[:1])


def schools_of(formation: Formation) -> QuerySet[School]:
    """The chosen schools by name, with `pupils`, `fsm_share` and `contributes`."""
    contributes = ChosenSchool.objects.filter(formation=formation, school=OuterRef("pk"))
    return (
        School.objects.filter(pk__in=formation.chosen.values("school_id"))
        .select_related("authority")
        .annotate(
            pupils=latest("pupils"),
            fsm_share=latest("fsm_share"),
            contributes=Subquery(contributes.values("contributes")[:1]),
        )
    )


def locks_of(formation: Formation) -> QuerySet[Lock]:
    """The decisions made beforehand, oldest first."""
    return formation.locks.select_related("school", "other", "made_by")


def ties_among(formation: Formation, day: dt.date) -> list[Tie]:
    """Partnerships of `day` that hold two or more of the chosen schools, then links."""
    found = [tie for tie in _affiliated(formation, day, BINDING) if len(tie.school_ids) > 1]
    return [*found, *links_among(formation)]


def links_among(formation: Formation) -> list[Tie]:
    """Pairs of chosen schools that would rather be together, as the officer accepted them."""
    chosen = formation.chosen.values("school_id")
    rows = formation.links.filter(school__in=chosen, other__in=chosen).order_by("pk")
    return [
        Tie(0, "", LINK, (school_id, other_id), weight)
        for school_id, other_id, weight in rows.values_list("school_id", "other_id", "weight")
    ]


def clusters_today(formation: Formation, day: dt.date) -> Mapping[int, str]:
    """School id to the name of the local cluster that it is in on `day`, by the register."""
    found = _affiliated(formation, day, (PartnershipKind.CLUSTER,))
    return {pk: tie.name for tie in found for pk in tie.school_ids}


def flows_among(formation: Formation) -> list[tuple[int, int, int]]:
    """(from, to, pupils) between chosen schools, in the last year that is known of each pair."""
    chosen = formation.chosen.values("school_id")
    rows = (
        Flow.objects.filter(from_school__in=chosen, to_school__in=chosen)
        .order_by("from_school_id", "to_school_id", "-year")
        .distinct("from_school_id", "to_school_id")
    )
    return list(rows.values_list("from_school_id", "to_school_id", "pupils"))


def _affiliated(formation: Formation, day: dt.date, kinds: tuple[str, ...]) -> list[Tie]:
    rows = (
        Affiliation.objects.filter(
            Q(start_on__isnull=True) | Q(start_on__lte=day),
            Q(end_on__isnull=True) | Q(end_on__gt=day),
            school__in=formation.chosen.values("school_id"),
            partnership__kind__in=kinds,
        )
        .order_by("partnership__name", "partnership_id", "school_id")
        .values_list("partnership_id", F("partnership__name"), F("partnership__kind"), "school_id")
    )
    schools: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for partnership_id, name, kind, school_id in rows:
        schools[(partnership_id, name, kind)].append(school_id)
    return [Tie(*key, tuple(ids)) for key, ids in schools.items()]

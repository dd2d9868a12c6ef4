"""Which school somebody means who typed a number or a name, near an exercise's schools first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from clusterwork.clusters.models import Formation
from clusterwork.clusters.selectors.listed import NUMBER
from clusterwork.registry.models import School, Status
from clusterwork.registry.rules.names import sort_key
from clusterwork.registry.selectors.search import find_schools

MOST_MEANT = 5


@dataclass(frozen=True)
class Named:
    """The one school that is meant, or those that it could be; neither where no school fits."""

    school: School | None = None
    several: Sequence[School] = field(default=())


def school_named(text: str, formation: Formation) -> Named:
    """By number, by its full name, or by the words that its name starts with.

    Of several the only one among the exercise's schools is meant, then the only one of their
    authorities.
    """
    chosen = formation.chosen.values("school_id")
    authorities = School.objects.filter(pk__in=chosen).values("authority_id")
    for found in _ways(text.strip()):
        for near in (Q(pk__in=chosen), Q(authority__in=authorities), Q()):
            schools = list(found.filter(near)[: MOST_MEANT + 1])
            if len(schools) == 1:
                return Named(schools[0])
            if schools:
                return Named(None, schools)
    return Named()


def _ways(text: str) -> list[QuerySet[School]]:
    """The ways to find it, the surest first."""
    is_open = School.objects.exclude(status=Status.CLOSED).select_related("authority")
    if number := NUMBER.fullmatch(text):
        return [is_open.filter(_numbered(number.group()))]
    key = sort_key(text)
    if not key:
        return []
    by_words = find_schools(words=text).exclude(status=Status.CLOSED)
    return [is_open.filter(Q(sort_key=key) | Q(sort_key_cy=key)), by_words]


def _numbered(text: str) -> Q:
    plain = text.replace("/", "")
    slashed = f"{plain[:3]}/{plain[3:]}"
    return Q(urn=int(plain)) | Q(welsh_number=plain) | Q(la_estab__in=(plain, slashed))

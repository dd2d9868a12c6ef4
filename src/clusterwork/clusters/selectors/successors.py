"""The schools that came after others, by the official links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from clusterwork.clusters.rules.succession import Successor
from clusterwork.registry.models import LinkKind, School, SchoolLink
from clusterwork.registry.selectors.numbers import ids_by_number

TOLD = Q(kind__in=(LinkKind.PREDECESSOR, LinkKind.SUCCESSOR))
Pair = tuple[str, str]


def successors_of(schools: Iterable[School]) -> dict[int, list[Successor]]:
    """By the id of each school those that the register holds of its successors. Three queries."""
    asked = {each.number: each.pk for each in schools if each.number}
    after = _pairs(Q(number__in=asked) | Q(other_number__in=asked))
    after = {pair: words for pair, words in after.items() if pair[0] in asked}
    later = {new for _, new in after}
    n_before = _n_before(later)
    ids = ids_by_number(later)
    found: dict[int, list[Successor]] = defaultdict(list)
    for (old, new), words in after.items():
        if new in ids:
            found[asked[old]].append(Successor(ids[new], words, n_before[new]))
    return dict(found)


def _pairs(which: Q) -> dict[Pair, str]:
    """Each earlier and later number once, with the words of the side that says more."""
    links = SchoolLink.objects.filter(TOLD, which)
    pairs: dict[Pair, str] = {}
    for number, other, kind, words in links.values_list(
        "number", "other_number", "kind", "link_type"
    ):
        pair = (number, other) if kind == LinkKind.SUCCESSOR else (other, number)
        pairs[pair] = max(pairs.get(pair, ""), words, key=len)
    return pairs


def _n_before(numbers: set[str]) -> dict[str, int]:
    """How many schools each came after."""
    pairs = _pairs(Q(number__in=numbers) | Q(other_number__in=numbers))
    return {each: sum(new == each for _, new in pairs) for each in numbers}

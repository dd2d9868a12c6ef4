"""What many schools' orders say together, and how far they agree; plain values only.

A ballot is one school's places: proposal to number, 1 first. Only the order of the numbers
counts, so a gap changes nothing. A ballot may be partial: what it leaves out stands behind what
it ranks, and these share the places that are left (with 2 of 5 ranked, the other three have
place 4 each, the mean of 3, 4 and 5). A ballot without any place says nothing and is not counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

Places = Mapping[int, int]
Ballots = Mapping[int, Places]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one proposal stands: over all counted ballots, shared places included.

    `best` and `worst` are the highest and lowest of them; `last` are the schools that ranked
    everything and put it last; `left_out` those that ranked others and not this one. The numbers
    are None where nobody has ranked.
    """

    candidate: int
    mean: float | None = None
    median: float | None = None
    best: float | None = None
    worst: float | None = None
    n_ranked: int = 0
    last: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()


def full_places(candidates: Sequence[int], given: Places) -> dict[int, float]:
    """A place for every proposal; those with the same number, or none, share the mean of theirs."""
    groups: dict[float, list[int]] = defaultdict(list)
    for each in candidates:
        groups[given.get(each, float("inf"))].append(each)
    found: dict[int, float] = {}
    for number in sorted(groups):
        shared = len(found) + (len(groups[number]) + 1) / 2
        found |= dict.fromkeys(groups[number], shared)
    return found


def counted(candidates: Sequence[int], ballots: Ballots) -> dict[int, dict[int, float]]:
    """School to its full places, of the ballots that give at least one of `candidates` a place."""
    known = set(candidates)
    return {
        school: full_places(candidates, given)
        for school, given in ballots.items()
        if known & set(given)
    }


def standings(candidates: Sequence[int], ballots: Ballots) -> list[Standing]:
    """Every proposal, the one with the lowest mean place first.

    Equal means: the lower median, then more schools that ranked it, then the one proposed earlier
    (the lower number).
    """
    places = counted(candidates, ballots)
    found = [_standing(each, candidates, ballots, places) for each in candidates]
    return sorted(found, key=_order)


def _standing(
    candidate: int,
    candidates: Sequence[int],
    ballots: Ballots,
    places: Mapping[int, Mapping[int, float]],
) -> Standing:
    if not places:
        return Standing(candidate)
    own = [each[candidate] for each in places.values()]
    ranked = [school for school in places if candidate in ballots[school]]
    return Standing(
        candidate,
        fmean(own),
        median(own),
        min(own),
        max(own),
        len(ranked),
        tuple(school for school in ranked if _is_last(candidate, candidates, ballots[school])),
        tuple(school for school in places if candidate not in ballots[school]),
    )


def _is_last(candidate: int, candidates: Sequence[int], given: Places) -> bool:
    """Whether a school that ranked all of several put this one behind every other."""
    others = [given.get(each) for each in candidates if each != candidate]
    mine = given[candidate]
    return bool(others) and all(each is not None and each < mine for each in others)


def _order(each: Standing) -> tuple[float, float, int, int]:
    mean = float("inf") if each.mean is None else each.mean
    middle = float("inf") if each.median is None else each.median
    return mean, middle, -each.n_ranked, each.candidate


def agreement(candidates: Sequence[int], ballots: Ballots) -> float | None:
    """Kendall's coefficient of concordance W of the counted ballots, corrected for ties: 0 to 1.

    With m ballots of n proposals, R the sum of a proposal's places, S the sum of the squared
    deviations of the R from their mean, and T = sum of (t^3 - t) over the groups of t shared
    places of a ballot:

        W = 12 S / (m^2 (n^3 - n) - m sum of T)

    Were the orders drawn at random, W would be about 1/m. None with fewer than two ballots or two
    proposals. Source: M. G. Kendall and B. Babington Smith, The Problem of m Rankings, Annals of
    Mathematical Statistics 10 (1939) 275-287; the correction for ties as in Kendall, Rank
    Correlation Methods (1948), chapter 6.
    """
    places = list(counted(candidates, ballots).values())
    m, n = len(places), len(candidates)
    if m < 2 or n < 2:
        return None
    sums = [sum(each[candidate] for each in places) for candidate in candidates]
    spread = sum((each - fmean(sums)) ** 2 for each in sums)
    ties = sum(_ties(each.values()) for each in places)
    most = m * m * (n**3 - n) - m * ties
    return min(1.0, 12 * spread / most) if most else None


def _ties(places: Collection[float]) -> int:
    return sum(t**3 - t for t in Counter(places).values())


def by_chance(n_ballots: int) -> float | None:
    """About what W would be were the orders random: 1/m."""
    return 1 / n_ballots if n_ballots else None


def served_by(
    leading: Sequence[int], serves: Mapping[int, Collection[int]], schools: Sequence[int]
) -> dict[int, list[int]]:
    """School to those of the leading proposals that are for it; empty where none is."""
    return {
        school: [each for each in leading if school in serves.get(each, ())] for school in schools
    }


def unserved(
    leading: Sequence[int], serves: Mapping[int, Collection[int]], schools: Sequence[int]
) -> list[int]:
    """The schools that none of the leading proposals is for, in the order given."""
    return [school for school, for_it in served_by(leading, serves, schools).items() if not for_it]

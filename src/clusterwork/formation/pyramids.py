"""Which schools may stand under which secondary school; knows no distances and no solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.instance import Flow, School
from clusterwork.formation.phases import Part, faith_family, medium_family, part_of

FEEDS_SHARE = 0.1
"""A school feeds another when at least this share of those who move on from it go there."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Pyramids:
    """Facts for pyramids over n schools.

    anchor: (n,) a pyramid may be built around it. mixed_…: (n, n) True where two schools may not
    share a pyramid for their language, faith or authority. under: (n, n) True at [i, h] when
    school i may stand in a pyramid because anchor h is in it. reason: for a school with no
    anchor at all, the rule that left it without one. outside: (n,) special schools and
    referral units.
    """

    anchor: Flags
    mixed_medium: Flags
    mixed_faith: Flags
    mixed_authority: Flags
    under: Flags
    outside: Flags
    reason: tuple[str, ...]


def _sent(schools: Sequence[School], flows: Sequence[Flow]) -> dict[int, Counter[int]]:
    index = {school.id: i for i, school in enumerate(schools)}
    sent: dict[int, Counter[int]] = {i: Counter() for i in range(len(schools))}
    for flow in flows:
        origin, target = index.get(flow.from_id), index.get(flow.to_id)
        if origin is not None and target is not None and origin != target and flow.pupils > 0:
            sent[origin][target] += flow.pupils  # type: ignore[assignment]
    return sent


def differ(values: Sequence[str]) -> Flags:
    """(n, n) True where both values are given and are not the same."""
    number = {value: k for k, value in enumerate(dict.fromkeys(values))}
    names = np.array([number[value] for value in values], dtype=np.int64)
    given = np.array([bool(value) for value in values], dtype=bool)
    return np.asarray((names[:, None] != names[None, :]) & given[:, None] & given[None, :])


def _faiths_with_an_anchor(
    schools: Sequence[School], anchor: Flags, mediums: Sequence[str]
) -> list[str]:
    """Each school's faith family, "" where no anchor of its language is of that faith."""
    faiths = [faith_family(school.faith) for school in schools]
    there = {(faiths[i], mediums[i]) for i in np.flatnonzero(anchor).tolist()}
    known = {faith for faith, _ in there}
    return [
        faith
        if (faith, medium) in there or (faith, "") in there or (not medium and faith in known)
        else ""
        for faith, medium in zip(faiths, mediums, strict=True)
    ]


def pyramids_of(
    schools: Sequence[School], flows: Sequence[Flow], asked_in: frozenset[str] = frozenset()
) -> Pyramids:
    """Who may stand under whom.

    Where a school's flows to anchors are known they decide: it stands under those that it feeds.
    Otherwise language and faith families are kept, and the authority too, except where a school
    of a faith or of a language other than the commonest has no anchor of its own there.
    `asked_in` are special schools and referral units that a lock names.
    """
    n = len(schools)
    sent = _sent(schools, flows)
    parts = [part_of(s.phase, sends_pupils_on=bool(sent[i])) for i, s in enumerate(schools)]
    anchor = np.array([part is Part.ANCHOR for part in parts], dtype=bool)
    outside = np.array(
        [
            part is Part.OUTSIDE and s.id not in asked_in
            for part, s in zip(parts, schools, strict=True)
        ],
        dtype=bool,
    )
    mediums = [medium_family(school.medium) for school in schools]
    faiths = _faiths_with_an_anchor(schools, anchor, mediums)
    mixed_medium = differ(mediums)
    named = np.array([faith or "-" for faith in faiths], dtype=object)
    mixed_faith = np.asarray(named[:, None] != named[None, :], dtype=bool)
    for i, part in enumerate(parts):
        if part is Part.OUTSIDE:
            mixed_faith[i, :] = mixed_faith[:, i] = False
    commonest = _commonest(mediums)
    under, reason = _under(
        schools, anchor, mixed_medium, mixed_faith, _may_cross(mediums, faiths, commonest), sent
    )
    if n:
        mixed_medium, mixed_faith = _flows_may_mix(mixed_medium, mixed_faith, anchor, sent)
    at_home = [
        "" if crosses or (fed and not anchor[i]) or parts[i] is Part.OUTSIDE else s.authority
        for i, (s, crosses, fed) in enumerate(
            zip(
                schools,
                _may_cross(mediums, faiths, commonest),
                (_feeds(sent[i], anchor) for i in range(n)),
                strict=True,
            )
        )
    ]
    return Pyramids(anchor, mixed_medium, mixed_faith, differ(at_home), under, outside, reason)


def _commonest(mediums: Sequence[str]) -> str:
    common = Counter(medium for medium in mediums if medium).most_common(1)
    return common[0][0] if common else ""


def _may_cross(mediums: Sequence[str], faiths: Sequence[str], commonest: str) -> list[bool]:
    """Schools whose faith, or language other than the commonest, may lead across authorities."""
    return [
        bool(faith) or bool(medium and medium != commonest)
        for medium, faith in zip(mediums, faiths, strict=True)
    ]


def _feeds(sent: Counter[int], anchor: Flags) -> list[int]:
    """The anchors that take at least FEEDS_SHARE of those who move on to any anchor."""
    to_anchors = {h: pupils for h, pupils in sent.items() if anchor[h]}
    total = sum(to_anchors.values())
    return [h for h, pupils in to_anchors.items() if pupils >= FEEDS_SHARE * total]


def _under(
    schools: Sequence[School],
    anchor: Flags,
    mixed_medium: Flags,
    mixed_faith: Flags,
    may_cross: Sequence[bool],
    sent: dict[int, Counter[int]],
) -> tuple[Flags, tuple[str, ...]]:
    n = len(schools)
    under, reasons = np.zeros((n, n), dtype=bool), [""] * n
    authority = np.array([school.authority for school in schools], dtype=object)
    for i in range(n):
        if anchor[i]:
            under[i] = anchor
            continue
        fed = _feeds(sent[i], anchor)
        if fed:
            under[i, fed] = True
            continue
        kin = anchor & ~mixed_medium[i]
        if not kin.any():
            reasons[i] = "medium" if anchor.any() else "pyramid"
            continue
        kin &= ~mixed_faith[i]
        if not kin.any():
            reasons[i] = "faith"
            continue
        home = kin & ((authority == authority[i]) | (authority == "") | (not authority[i]))
        if not home.any() and not may_cross[i]:
            reasons[i] = "authority"
            continue
        under[i] = home if home.any() else kin
    return under, tuple(reasons)


def _flows_may_mix(
    mixed_medium: Flags, mixed_faith: Flags, anchor: Flags, sent: dict[int, Counter[int]]
) -> tuple[Flags, Flags]:
    """Flows decide: whoever feeds an anchor may share its pyramid whatever its own family."""
    mixed_medium, mixed_faith = mixed_medium.copy(), mixed_faith.copy()
    for i, counter in sent.items():
        fed = _feeds(counter, anchor)
        if fed and not anchor[i]:
            for mixed in (mixed_medium, mixed_faith):
                mixed[i, :] = mixed[:, i] = False
    return mixed_medium, mixed_faith

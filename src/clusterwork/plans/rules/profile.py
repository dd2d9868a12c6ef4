"""Pooling what is known of many schools; plain values."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

FIELDS = ("fsm_share", "fsm_protected_share", "sen_support_share", "ehcp_share", "eal_share")


@dataclass(frozen=True, slots=True)
class School:
    """Pupils on roll, and the shares (0 to 1) in the order of `FIELDS`; None is not known."""

    pupils: int | None
    shares: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """Schools together: how many have a roll, their pupils, and the pooled share of each field.

    `n_known` is of how many schools each share is made; a share of none is None.
    """

    n_schools: int
    pupils: int
    shares: tuple[float | None, ...]
    n_known: tuple[int, ...]

    @property
    def mean_pupils(self) -> float | None:
        """Pupils a school."""
        return self.pupils / self.n_schools if self.n_schools else None


def pooled(schools: Iterable[School]) -> Pool:
    """Pupils in the group over all pupils, of the schools whose roll and share are known."""
    rolls = [each for each in schools if each.pupils]
    shares, known = [], []
    for place in range(len(FIELDS)):
        told = [
            (each.pupils or 0, share)
            for each in rolls
            if place < len(each.shares) and (share := each.shares[place]) is not None
        ]
        total = sum(pupils for pupils, _share in told)
        shares.append(
            math.fsum(pupils * share for pupils, share in told) / total if total else None
        )
        known.append(len(told))
    pupils = sum(each.pupils or 0 for each in rolls)
    return Pool(len(rolls), pupils, tuple(shares), tuple(known))

"""The clusters, starts and schools of an analysis as they were registered, and what became other.

In a registered plan: `cohort` {"clusters": {id: first school year that counts}, "n_schools",
"schools": SHA-256 of the schools' ids in order}. In the plan of a result, where today's differ:
`cohort_changed` true, `cohort_now` likewise, and `cohort_changes` {"came", "went", "moved": ids of
clusters (moved: another start), "n_schools": [as registered, now], "other_schools": true or false}.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

Kept = Mapping[str, Any]


def cohort(starts: Mapping[int, int], schools: Iterable[int]) -> dict[str, Any]:
    """As it is kept; `starts` are the first school years by cluster."""
    pks = sorted(schools)
    text = ",".join(map(str, pks)).encode()
    return {
        "clusters": {str(pk): year for pk, year in sorted(starts.items())},
        "n_schools": len(pks),
        "schools": hashlib.sha256(text).hexdigest(),
    }


def cohort_changes(registered: Kept | None, now: Kept) -> dict[str, Any] | None:
    """What differs; None where nothing does, or where none was registered."""
    if registered is None or registered == now:
        return None
    was, are = registered["clusters"], now["clusters"]
    return {
        "came": sorted(int(pk) for pk in are.keys() - was.keys()),
        "went": sorted(int(pk) for pk in was.keys() - are.keys()),
        "moved": sorted(int(pk) for pk in was.keys() & are.keys() if was[pk] != are[pk]),
        "n_schools": [registered["n_schools"], now["n_schools"]],
        "other_schools": registered["schools"] != now["schools"],
    }


def marked(plan: Kept, now: Kept) -> dict[str, Any]:
    """The plan of a result: the registered one, marked where its cohort is no longer that one."""
    changes = cohort_changes(plan.get("cohort"), now)
    if changes is None:
        return dict(plan)
    return {**plan, "cohort_changed": True, "cohort_changes": changes, "cohort_now": dict(now)}

"""`propose` on one instance, in a process of its own: JSON in, JSON out."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

from clusterwork.formation import Instance, Policy, School, propose


def main() -> None:
    """`ours QUESTION ANSWER`, as in `peer.py`; the question has a `limit_s` besides."""
    question = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    limit = question["memory_mb"] * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    try:
        answer = formed(question)
    except MemoryError:
        answer = {"why": f"needs more than {question['memory_mb'] / 1000:.0f} GB"}
    except Exception as error:  # the other instances are to be measured all the same
        answer = {"why": f"{type(error).__name__}: {error}"}
    Path(sys.argv[2]).write_text(json.dumps(answer), encoding="utf-8")


def formed(question: dict[str, Any]) -> dict[str, object]:
    """So many clusters, hub measure in km, no travel limit, no other rule; above 2,500 schools
    with as many processes as there are cores."""
    schools = tuple(
        School(str(at), f"School {at}", 1000.0 * east, 1000.0 * north)
        for at, (east, north) in enumerate(question["points"])
    )
    policy = Policy(
        count=(question["count"],) * 2,
        size=tuple(question["sizes"]),
        circuity=question["circuity"],
        limit_minutes=0.0,
    )
    first: list[float] = []

    def watch(at: float, objective: float | None, _bound: float, _gap: float | None) -> None:
        if objective is not None and not first:
            first.append(at)

    began = time.perf_counter()
    proposal = propose(
        Instance(schools, policy),
        time_limit_s=question["limit_s"],
        seed=question["seed"],
        progress=watch,
        processes=os.cpu_count() or 1,
    )
    return {
        "seconds": time.perf_counter() - began,
        "first": first[0] if first else None,
        "objective": proposal.objective,
        "bound": proposal.bound,
        "proven": proposal.proven,
        "groups": [[int(school) for school in each.members] for each in proposal.clusters],
    }


if __name__ == "__main__":
    main()

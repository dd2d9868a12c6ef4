"""`k-means-constrained` on one instance, by itself: JSON in, JSON out; knows nothing of ours.

Runs in `.venv-bench`, where the project's own libraries need not be.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any


def main() -> None:
    """`peer.py QUESTION ANSWER`: points in km, count, sizes, seed, limit of memory in MB.

    The answer has `seconds` and the groups as lists of positions; or `why` there is none.
    """
    question = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    limit = question["memory_mb"] * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    try:
        answer = grouped(question)
    except MemoryError:
        answer = {"why": f"needs more than {question['memory_mb'] / 1000:.0f} GB"}
    except Exception as error:  # whatever it says is the answer
        answer = {"why": f"{type(error).__name__}: {error}"}
    Path(sys.argv[2]).write_text(json.dumps(answer), encoding="utf-8")


def grouped(question: dict[str, Any]) -> dict[str, object]:
    """With its own defaults (ten starts); reading the library in is not timed."""
    import numpy as np
    from k_means_constrained import KMeansConstrained

    points = np.array(question["points"], dtype=float)
    low, high = question["sizes"]
    began = time.perf_counter()
    found = KMeansConstrained(
        n_clusters=question["count"], size_min=low, size_max=high, random_state=question["seed"]
    ).fit_predict(points)
    seconds = time.perf_counter() - began
    groups = [np.flatnonzero(found == k).tolist() for k in range(question["count"])]
    return {"seconds": seconds, "groups": groups}


if __name__ == "__main__":
    main()

"""The table behind a result: its text, and how many are counted on each side by year."""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Mapping

from clusterwork.evaluation.models import FrozenTable, Run

Counted = Mapping[tuple[str, int], float]
OURS, OTHERS = "ours", "others"


def text_of(frozen: FrozenTable) -> str:
    """The table as CSV, as it was kept; its SHA-256 is `data_hash`."""
    return gzip.decompress(bytes(frozen.rows)).decode()


def counted_of(run: Run) -> Counted:
    """The number counted behind both sides of each year; nothing where no table was kept."""
    frozen = FrozenTable.objects.filter(run=run).first()
    found: dict[tuple[str, int], float] = defaultdict(float)
    if frozen is None:
        return found
    for row in csv.DictReader(io.StringIO(text_of(frozen))):
        side = OURS if row["ours"] == "1" else OTHERS
        found[side, int(row["year"])] += float(row["counted"] or 0)
    return found

"""The content of a set: text to the bytes that are kept, and back."""

from __future__ import annotations

import gzip

from clusterwork.evaluation.models import CellSet
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class Erased(Problem):
    """The statistics are gone."""


def packed(text: str) -> bytes:
    """Compressed; the same text gives the same bytes."""
    return gzip.compress(text.encode(), compresslevel=6, mtime=0)


def text_of(cells: CellSet) -> str:
    """The file of the set; raises `Erased`."""
    if cells.content is None:
        raise erased(cells)
    return gzip.decompress(bytes(cells.content)).decode()


def erased(cells: CellSet) -> Erased:
    """What is said of a set that is gone."""
    return Erased(
        Message(N_("These statistics have been erased: %(label)s."), {"label": cells.label}),
        next_step=Message(N_("Upload them again if they are still needed.")),
    )

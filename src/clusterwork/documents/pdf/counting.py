"""How many pages a PDF of ours has."""

from __future__ import annotations

import re

PAGES = re.compile(rb"NPages>(\d+)<")


class NotOurPdf(ValueError):
    """The bytes are no PDF that this room wrote."""


def n_pages(pdf: bytes) -> int:
    """The count of pages, as the file's own description says."""
    match = PAGES.search(pdf)
    if match is None:
        raise NotOurPdf
    return int(match[1])

"""Figures in Word, drawn as PNG from their SVG."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from clusterwork.documents.blocks import Figure
from clusterwork.documents.pdf.engine import drawn_png


def write_figure(word: Any, part: Figure, *, width: int) -> None:
    """Adds the picture with the words that stand for it."""
    shape = word.add_picture(BytesIO(drawn_png(part.svg)), width=int(width * part.width))
    properties = shape._inline.docPr
    properties.set("descr", part.alt)
    properties.set("title", "")

"""Figures in Word, drawn as PNG from their SVG."""

from __future__ import annotations

from io import BytesIO

from clusterwork.documents.blocks import Figure
from clusterwork.documents.pdf.engine import drawn_png
from clusterwork.documents.word.file import File


def write_figure(file: File, part: Figure) -> None:
    """Adds the picture with the words that stand for it."""
    picture = BytesIO(drawn_png(part.svg))
    shape = file.word.add_picture(picture, width=int(file.width * part.width))
    shape._inline.docPr.set("descr", part.alt)
    for side in "TBLR":  # without these some word processors push it aside
        shape._inline.set(f"dist{side}", "0")

"""The typesetter: one program text, its data as input, no font but its own."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Final

import typst

from clusterwork.documents.plain import Plain

STANDARD: Final = "ua-1"


class NotSet(Exception):
    """The typesetter refused a document or had a doubt about it."""


@cache
def program() -> bytes:
    """The text that sets every document."""
    return resources.files(__package__).joinpath("document.typ").read_bytes()


@cache
def fonts() -> typst.Fonts:
    """The fonts of the wheels that we pin, none of the machine's: a sans with the Welsh accents."""
    folder = resources.files("font_source_sans_pro").joinpath("files")
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def compiler(text: bytes, inputs: dict[str, str]) -> typst.Compiler:
    """A compiler of one program that can read nothing but its inputs."""
    here = str(resources.files(__package__))
    return typst.Compiler(text, root=here, font_paths=fonts(), sys_inputs=inputs)


def set_pdf(plain: Plain, timestamp: int | None) -> bytes:
    """The PDF of prepared values; raises `NotSet` on errors and on warnings."""
    return compiled(program(), {"document": json.dumps(plain)}, timestamp)


def compiled(text: bytes, inputs: dict[str, str], timestamp: int | None = None) -> bytes:
    """A program's PDF."""
    try:
        pdf, warnings = compiler(text, inputs).compile_with_warnings(
            format="pdf", pdf_standards=STANDARD, timestamp=timestamp
        )
    except typst.TypstError as refusal:
        raise NotSet(str(refusal)) from refusal
    if warnings:
        raise NotSet("; ".join(str(warning.message) for warning in warnings))
    return _only(pdf)


PROBE = b"""
#set document(title: "-")
#set text(font: "Source Sans Pro")
#text(sys.inputs.signs)
"""


def can_set(signs: str) -> bool:
    """Whether the fonts at hand draw every sign."""
    try:
        compiled(PROBE, {"signs": signs})
    except NotSet:
        return False
    return True


PICTURE = b"""
#set page(width: 17cm, height: auto, margin: 0pt, fill: none)
#set text(font: "Source Sans Pro")
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)
"""


def drawn_png(svg: str, *, dots_per_inch: float = 200) -> bytes:
    """An SVG document as a picture 17 cm wide."""
    try:
        picture = compiler(PICTURE, {"svg": svg}).compile(format="png", ppi=dots_per_inch)
    except typst.TypstError as refusal:
        raise NotSet(str(refusal)) from refusal
    return _only(picture)


def _only(made: bytes | list[bytes] | None) -> bytes:
    """What was made, where it is one file or the first of several pages."""
    found = made[0] if isinstance(made, list) else made
    if found is None:
        raise NotSet
    return found

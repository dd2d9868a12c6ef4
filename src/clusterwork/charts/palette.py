"""Colours, shapes and dashes: told apart by colour-blind eyes and in black and white print."""

from __future__ import annotations

from dataclasses import dataclass

INK = "#0b0c0c"
QUIET = "#505a5f"
GRID = "#d4d6d8"
PAPER = "#ffffff"
MARK = "#801650"  # aims
FONTS = "Source Sans Pro, Arial, Helvetica, sans-serif"


@dataclass(frozen=True, slots=True)
class Look:
    """How one series looks: its colour, the shape of its points, the dashes of its line."""

    colour: str
    shape: str
    dash: tuple[int, ...] = ()
    filled: bool = True


# From the Government Analysis Function's palette, dark, middle and darkest, so that they differ
# in lightness too.
LOOKS = (
    Look("#12436d", "circle"),
    Look("#e0561b", "square", (8, 4), filled=False),
    Look("#3d3d3d", "triangle-up", (2, 3)),
)
EVENT_SHAPES = ("diamond", "square", "triangle-down", "cross")
# From dark to light for grades in their order; the words on them in the colour that can be read.
STEPS = (
    ("#12436d", PAPER),
    ("#3f6f9c", PAPER),
    ("#a9c8e4", INK),
    ("#eaf1f8", INK),
    ("#ffffff", INK),
)


def steps(n: int) -> tuple[tuple[str, str], ...]:
    """`n` fills from dark to light, with the colour of words on them."""
    spread = {1: (0,), 2: (0, 2), 3: (0, 2, 3), 4: (0, 1, 2, 3), 5: (0, 1, 2, 3, 4)}
    return tuple(STEPS[i] for i in spread[n])

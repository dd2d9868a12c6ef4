"""A sheet with one plot on it, to which layers are added; written as a Vega-Lite specification."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from clusterwork.charts.axes import Scale
from clusterwork.charts.lettering import LINE, SIZE, plain, width_of, wrapped
from clusterwork.charts.palette import FONTS, GRID, INK, PAPER, QUIET

WIDE = 640
NARROW = 320

Values = Mapping[str, Any]
Place = str | float
"""A field of the row, on the scale; or a number of pixels from the plot's corner."""


@dataclass(slots=True)
class Sheet:
    """The plot's size, what stands around it, and its layers from back to front."""

    width: int
    height: float
    left: float
    right: float
    x: Scale
    y: Scale
    grid_x: bool = False
    grid_y: bool = True
    above: float = 8
    below: float = 8
    layers: list[dict[str, Any]] = field(default_factory=list)

    @property
    def plot_width(self) -> float:
        """The width of the plot itself."""
        return self.width - self.left - self.right

    def across(self, x: float) -> float:
        """How many pixels right of the plot's left edge a value lies."""
        return (x - self.x.low) / (self.x.high - self.x.low) * self.plot_width

    def add(
        self,
        mark: str,
        rows: Sequence[Values],
        *,
        x: Place | None = None,
        y: Place | None = None,
        x2: Place | None = None,
        y2: Place | None = None,
        **look: Any,
    ) -> None:
        """One layer: a mark for each row, or one line through all of them."""
        if not rows:
            return
        places = {"x": x, "y": y, "x2": x2, "y2": y2}
        encoding = {name: self._place(name, at) for name, at in places.items() if at is not None}
        if mark == "text":
            encoding["text"] = {"field": "text"}
            rows = [{**row, "text": words_of(row["text"])} for row in rows]
        encoding |= {"order": {"field": "order", "type": "quantitative"}} if mark == "line" else {}
        self.layers.append(
            {"data": {"values": list(rows)}, "mark": {"type": mark, **look}, "encoding": encoding}
        )

    def _place(self, name: str, at: Place) -> dict[str, Any]:
        if not isinstance(at, str):
            return {"value": at}
        if name.endswith("2"):
            return {"field": at}
        scale = self.x if name == "x" else self.y
        return {
            "field": at,
            "type": "quantitative",
            "title": None,
            "scale": {"domain": [scale.low, scale.high], "nice": False, "zero": False},
            "axis": axis_of(scale, self.grid_x if name == "x" else self.grid_y),
        }

    def write(self, words: str | Sequence[str], x: float, y: float, **look: Any) -> None:
        """Words at a place given in pixels from the plot's corner."""
        look = {"align": "left", "baseline": "middle", "lineHeight": LINE, **look}
        self.add("text", [{"text": words}], x=x, y=y, **look)

    def x_title(self, words: str) -> None:
        """What the horizontal scale measures, below its numbers."""
        lines = wrapped(words, self.width - self.left)
        self.write(
            lines, self.plot_width, self.height + self.below + LINE / 2, align="right", color=QUIET
        )
        self.below += len(lines) * LINE + 4

    def y_title(self, words: str) -> None:
        """What the vertical scale measures, above it and level, so that it is read first."""
        lines = wrapped(words, self.width)
        self.above += len(lines) * LINE + 4
        self.write(lines, -self.left, -self.above + LINE / 2, color=QUIET)

    def spec(self) -> dict[str, Any]:
        """The specification: every size is given, so nothing depends on the machine's fonts."""
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "width": self.plot_width,
            "height": self.height,
            "autosize": "none",
            "padding": {
                "left": self.left,
                "right": self.right,
                "top": self.above,
                "bottom": self.below,
            },
            "background": None,
            "config": CONFIG,
            "layer": self.layers,
        }


CONFIG = {
    "aria": False,
    "font": FONTS,
    "view": {"stroke": None},
    "text": {"fontSize": SIZE, "color": INK},
    "axis": {
        "labelFontSize": SIZE,
        "labelColor": INK,
        "labelOverlap": False,
        "labelFlush": False,
        "labelBound": False,
        "labelLimit": 0,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
        "gridColor": GRID,
        "gridWidth": 1,
    },
    "line": {"strokeWidth": 2.5, "strokeJoin": "round"},
    "rule": {"color": INK},
    "point": {"opacity": 1, "strokeWidth": 2},
    "bar": {"stroke": PAPER, "strokeWidth": 1},
}


def words_of(words: str | Sequence[str]) -> str | list[str]:
    """Lines as Vega takes them: one by itself, several as a list."""
    lines = [words] if isinstance(words, str) else list(words)
    lines = [plain(line) for line in lines]
    return lines if len(lines) > 1 else lines[0]


def axis_of(scale: Scale, grid: bool) -> dict[str, Any] | None:
    """The marks of a scale with their texts; none where it has no marks."""
    if not scale.ticks:
        return None
    texts = {_key(value): plain(text) for value, text in scale.ticks}
    return {
        "values": [value for value, _ in scale.ticks],
        "labelExpr": f"{json.dumps(texts)}[format(datum.value, '.6f')]",
        "grid": grid,
    }


def _key(value: float) -> str:
    """The value as Vega's own `format` writes it."""
    return f"{value or 0:.6f}".replace("-", "−")


def right_of(scale: Scale, least: float = 20) -> float:
    """The room right of the plot, so that the last text of a horizontal scale is whole."""
    return max(least, width_of(scale.ticks[-1][1]) / 2 + 2)


def left_of(scale: Scale) -> float:
    """The room that the texts of a vertical scale take."""
    return max(width_of(text) for _, text in scale.ticks) + 10

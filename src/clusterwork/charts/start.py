"""The line at which something began."""

from __future__ import annotations

from clusterwork.charts.lettering import BOLD, LINE, width_of, wrapped
from clusterwork.charts.sheet import Sheet


def add_start(sheet: Sheet, x: float, label: str) -> None:
    """Draws it from top to bottom, its words above the plot, where they hide nothing."""
    at = sheet.across(x)
    before, after = at + sheet.left, sheet.plot_width + sheet.right - at
    is_right = after >= min(before, width_of(label) * BOLD)
    lines = wrapped(label, max(before, after) / BOLD)
    height = len(lines) * LINE
    sheet.write(
        lines, at - 1 if is_right else at + 1, -sheet.above - height + LINE / 2 + 4,
        align="left" if is_right else "right", fontWeight="bold",
    )  # fmt: skip
    top = 2 - sheet.above
    sheet.add("rule", [{"x": x}], x="x", y=top, y2=sheet.height, strokeWidth=2)
    sheet.above += height

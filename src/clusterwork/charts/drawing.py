"""Which drawing belongs to which chart, and by what a drawn chart is known again."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from clusterwork.charts.bands import Bands, bands_sheet
from clusterwork.charts.funnel import Funnel, funnel_sheet
from clusterwork.charts.intervals import Intervals, intervals_sheet
from clusterwork.charts.lettering import BOLD, wrapped
from clusterwork.charts.shares import Shares, shares_sheet
from clusterwork.charts.sheet import WIDE, Sheet
from clusterwork.charts.since_start import SinceStart, since_start_sheet
from clusterwork.charts.trend import Trend, trend_sheet

Chart = Trend | Intervals | SinceStart | Bands | Shares | Funnel

EDITION = 1  # raised when the same chart is to be drawn otherwise
TITLE_SIZE, TITLE_LINE = 18, 24
OUR_FONT = 1.2  # how many more letters of our own font fit than of the widest that a page may have


def sheet_of(chart: Chart, width: int) -> Sheet:
    """The chart on a sheet of a width; raises a `Problem` for what cannot be shown."""
    if isinstance(chart, Trend):
        return trend_sheet(chart, width)
    if isinstance(chart, Intervals):
        return intervals_sheet(chart, width)
    if isinstance(chart, SinceStart):
        return since_start_sheet(chart, width)
    if isinstance(chart, Bands):
        return bands_sheet(chart, width)
    if isinstance(chart, Shares):
        return shares_sheet(chart, width)
    return funnel_sheet(chart, width)


def spec_of(chart: Chart, width: int) -> dict[str, Any]:
    """The specification without the title, which stands on the page as a heading."""
    return sheet_of(chart, width).spec()


def titled_spec(chart: Chart, width: int, caption: str) -> dict[str, Any]:
    """The specification of a picture that stands by itself: title above, source below."""
    sheet = sheet_of(chart, width)
    title = wrapped(chart.title, width * OUR_FONT / BOLD, TITLE_SIZE)
    sheet.above += len(title) * TITLE_LINE + 8
    sheet.write(
        title, -sheet.left, -sheet.above + TITLE_LINE / 2, fontSize=TITLE_SIZE,
        lineHeight=TITLE_LINE, fontWeight="bold",
    )  # fmt: skip
    if caption:
        lines = wrapped(caption, width * OUR_FONT)
        sheet.write(lines, -sheet.left, sheet.height + sheet.below + 14)
        sheet.below += 14 + len(lines) * 18
    return sheet.spec()


def content_hash(chart: Chart, width: int = WIDE, caption: str = "") -> str:
    """The same for the same picture, and another for any other."""
    drawn = [EDITION, chart.title, chart.description, caption, spec_of(chart, width)]
    return sha256(json.dumps(drawn, sort_keys=True).encode()).hexdigest()

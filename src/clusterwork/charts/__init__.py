"""Charts that everybody can read: what to show, without saying how it is drawn.

Pure: the kernel and vl-convert only. All words come in from outside, already in the reader's
language. A chart that holds nothing to show, or a value that is no number, is refused.

    trend = Trend(
        "Reading rose", "Two lines over four years.", years=years_between(2015, 2018),
        value=Axis("Pupils at the standard", percent=True),
        series=(Series("Our cluster", (Point(2015, 0.61, 0.52, 0.69), Point(2016, 0.66))),),
    )
    svg(trend)
"""

from clusterwork.charts.aims import Aim
from clusterwork.charts.axes import Axis, number_text
from clusterwork.charts.bands import Bands, Bar, Group
from clusterwork.charts.drawing import Chart, content_hash
from clusterwork.charts.engine import png, svg
from clusterwork.charts.funnel import Dot, Funnel, Limits
from clusterwork.charts.intervals import Intervals, Reference, Row
from clusterwork.charts.refusing import (
    IntervalOutsideOrder,
    NotANumber,
    NothingToShow,
    SharesDoNotAdd,
    TooManyToTell,
)
from clusterwork.charts.shares import Shares, Stack
from clusterwork.charts.sheet import NARROW, WIDE
from clusterwork.charts.since_start import SinceStart
from clusterwork.charts.time_line import Event
from clusterwork.charts.trend import Point, Series, Start, Trend, place_of, years_between

__all__ = [
    "NARROW",
    "WIDE",
    "Aim",
    "Axis",
    "Bands",
    "Bar",
    "Chart",
    "Dot",
    "Event",
    "Funnel",
    "Group",
    "IntervalOutsideOrder",
    "Intervals",
    "Limits",
    "NotANumber",
    "NothingToShow",
    "Point",
    "Reference",
    "Row",
    "Series",
    "Shares",
    "SharesDoNotAdd",
    "SinceStart",
    "Stack",
    "Start",
    "TooManyToTell",
    "Trend",
    "content_hash",
    "number_text",
    "place_of",
    "png",
    "svg",
    "years_between",
]

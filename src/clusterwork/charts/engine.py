"""Drawing by Vega-Lite without a browser; the engine is loaded by the first chart drawn."""

from __future__ import annotations

from functools import cache
from importlib import import_module, resources
from typing import Any, Final

from clusterwork.charts.accessible import accessible
from clusterwork.charts.drawing import Chart, content_hash, spec_of, titled_spec
from clusterwork.charts.packing import packed
from clusterwork.charts.sheet import WIDE

VEGA_LITE: Final = "6.1"
MARGIN: Final = 16
TWICE: Final = 2


@cache
def engine() -> Any:
    """vl-convert with the font that we pin; its first drawing takes half a second and 84 MB."""
    converter = import_module("vl_convert")
    fonts = resources.files("font_source_sans_pro").joinpath("files")
    converter.register_font_directory(str(fonts))
    return converter


def svg(chart: Chart, width: int = WIDE) -> str:
    """The chart as an SVG element that scales, with title, description and role.

    `NARROW` is the width for a phone: the same chart, its words as large, fewer beside each other.
    """
    drawn = _drawn(spec_of(chart, width))
    known_as = f"c{content_hash(chart, width)[:12]}"
    return accessible(drawn, known_as, chart.title, chart.description)


def png(chart: Chart, caption: str = "") -> bytes:
    """The chart as a picture that stands by itself: title above, `caption` (its source) below."""
    spec = titled_spec(chart, WIDE, caption)
    spec["background"] = "#ffffff"
    spec["padding"] = {side: room + MARGIN for side, room in spec["padding"].items()}
    picture: bytes = engine().svg_to_png(_drawn(spec), scale=TWICE)
    return packed(picture)


def _drawn(spec: dict[str, Any]) -> str:
    drawn: str = engine().vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    return drawn

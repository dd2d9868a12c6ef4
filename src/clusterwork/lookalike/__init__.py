"""Invented counties and regions that look like the ones in the reports, for demos and tests.

Pure: numpy and the kernel only. No school, place or figure is copied from any real register.
"""

from clusterwork.lookalike.england import build_county
from clusterwork.lookalike.model import County
from clusterwork.lookalike.wales import build_region
from clusterwork.lookalike.write import write_county

__all__ = ["County", "build_county", "build_region", "write_county"]

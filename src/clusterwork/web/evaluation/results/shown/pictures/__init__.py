"""The pictures of a result: before and after, by year since the start, beside other choices."""

from __future__ import annotations

from clusterwork.web.charts import Figure
from clusterwork.web.evaluation.results.shown.pictures.by_year import by_year
from clusterwork.web.evaluation.results.shown.pictures.choices import choices
from clusterwork.web.evaluation.results.shown.pictures.ground import Ground, ground_of
from clusterwork.web.evaluation.results.shown.pictures.trend import trend

__all__ = ["Ground", "ground_of", "pictures_of"]


def pictures_of(ground: Ground) -> list[Figure]:
    """Those that can be drawn, in the order of the page."""
    made = (trend(ground), by_year(ground), choices(ground))
    return [each for each in made if each is not None]

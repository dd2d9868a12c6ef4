"""Small numbers: intervals, shrinking, years together, funnels and bands of size."""

from clusterwork.impact.refusing import NothingLeft
from clusterwork.impact.small.bands import Band, Bands, BandsNotInOrder, by_size_band
from clusterwork.impact.small.funnels import Funnel, NoSuchKind, NoSuchTarget, Place, funnel
from clusterwork.impact.small.grades import Grade, Grades, grade_shares
from clusterwork.impact.small.intervals import (
    NotACount,
    NotALevel,
    clopper_pearson,
    exact_poisson,
    wilson,
)
from clusterwork.impact.small.limits import (
    binomial_limits,
    normal_limits,
    overdispersion,
    poisson_limits,
)
from clusterwork.impact.small.means import NotAStandardError, shrink_means
from clusterwork.impact.small.pooling import (
    Pooled,
    PooledUnit,
    YearsNotThreeToFive,
    pool_years,
)
from clusterwork.impact.small.rates import shrink_rates
from clusterwork.impact.small.rows import NotFinite, TwiceThere
from clusterwork.impact.small.shares import shrink_shares
from clusterwork.impact.small.shrunken import NoSuchWay, Shrunk, Shrunken, TooFewToShrink

__all__ = [
    "Band",
    "Bands",
    "BandsNotInOrder",
    "Funnel",
    "Grade",
    "Grades",
    "NoSuchKind",
    "NoSuchTarget",
    "NoSuchWay",
    "NotACount",
    "NotALevel",
    "NotAStandardError",
    "NotFinite",
    "NothingLeft",
    "Place",
    "Pooled",
    "PooledUnit",
    "Shrunk",
    "Shrunken",
    "TooFewToShrink",
    "TwiceThere",
    "YearsNotThreeToFive",
    "binomial_limits",
    "by_size_band",
    "clopper_pearson",
    "exact_poisson",
    "funnel",
    "grade_shares",
    "normal_limits",
    "overdispersion",
    "poisson_limits",
    "pool_years",
    "shrink_means",
    "shrink_rates",
    "shrink_shares",
    "wilson",
]

"""Designs that an effect may be looked for with, and the standard error each leaves."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

# Kraft 2020, Educational Researcher 49, table 1: the 90th percentile of effects in 747 trials.
LARGEST = 0.47


class NotADesign(Problem):
    """A number of the design is not possible."""


@dataclass(frozen=True)
class Design:
    """Clusters of schools, some of which the work is in; effects in pupils' standard deviations.

    clusters, treated: how many in all, and with the work. schools: a cluster. pupils: a school
    (both the harmonic mean where they differ). cluster_share, school_share: of the outcome's
    variance, between clusters and between schools within (intra-class correlations).
    pupil_r2, school_r2, cluster_r2: share of each level's variance that covariates explain.
    covariates: at the level of clusters. reached: share of pupils that the work reaches, above 0
    to 1. expected: the effect on those reached that the plan hopes for. largest: the largest that
    could be believed. alpha: two-sided. power: wanted.
    """

    clusters: int
    treated: int
    pupils: float
    schools: float = 1.0
    cluster_share: float = 0.0
    school_share: float = 0.0
    pupil_r2: float = 0.0
    school_r2: float = 0.0
    cluster_r2: float = 0.0
    covariates: int = 0
    reached: float = 1.0
    expected: float | None = None
    largest: float = LARGEST
    alpha: float = 0.05
    power: float = 0.8

    @property
    def variance_of_mean(self) -> float:
        """Of a cluster's mean about what covariates say: the numerator of `standard_error`."""
        pupil_share = 1 - self.cluster_share - self.school_share
        return (
            self.cluster_share * (1 - self.cluster_r2)
            + self.school_share * (1 - self.school_r2) / self.schools
            + pupil_share * (1 - self.pupil_r2) / (self.schools * self.pupils)
        )

    def of_target_group(self) -> Design:
        """The same design among those reached only, compared with the like elsewhere."""
        return replace(self, pupils=self.pupils * self.reached, reached=1.0)


@dataclass(frozen=True)
class PanelDesign(Design):
    """Clusters' means over years before and after: difference-in-differences.

    before, after: years. shock: standard deviation, in pupils' standard deviations, of a cluster's
    year about its own level and the years of all. autocorrelation: of these shocks from one year to
    the next. Other pupils stand in each year, so that theirs is chance anew; schools' and clusters'
    lasting differences fall out.
    """

    before: int = 3
    after: int = 3
    shock: float = 0.1
    autocorrelation: float = 0.0

    @property
    def variance_of_mean(self) -> float:
        """Of a cluster's change: Burlig, Preonas and Woerman 2020, equation 2, by cluster.

        (m+r)/mr σ² + (m-1)/m ψB + (r-1)/r ψA - 2ψX, written as c'Σc with c = -1/m before and 1/r
        after and Σ the covariance of a cluster's years.
        """
        years = np.arange(self.before + self.after)
        apart = np.abs(years[:, None] - years[None, :]).astype(float)
        covariance = self.shock**2 * np.power(self.autocorrelation, apart)
        pupil_share = 1 - self.cluster_share - self.school_share
        chance = pupil_share * (1 - self.pupil_r2) / (self.schools * self.pupils)
        covariance += chance * np.eye(len(years))
        contrast = np.where(years < self.before, -1 / self.before, 1 / self.after)
        return float(contrast @ covariance @ contrast) * (1 - self.cluster_r2)


def standard_error(design: Design) -> float:
    """Of the effect on the mean: √(V / (P(1-P)K)), V the variance of a cluster's mean.

    For clusters assigned: Dong and Maynard 2013, Journal of Research on Educational Effectiveness
    6, 24-67, designs 3.1 (CRA2_2) and 3.2 (CRA3_3); Bloom 1995. Raises NotADesign.
    """
    must_be_possible(design)
    share = design.treated / design.clusters
    return math.sqrt(design.variance_of_mean / (share * (1 - share) * design.clusters))


def must_be_possible(design: Design) -> None:
    """Raises NotADesign for the first number that is not possible."""
    shares = ("cluster_share", "school_share", "pupil_r2", "school_r2", "cluster_r2")
    for name in shares:
        _must(name, getattr(design, name), 0 <= getattr(design, name) < 1)
    whole = design.cluster_share + design.school_share
    _must("cluster_share + school_share", whole, whole < 1)
    _must("treated", design.treated, 0 < design.treated < design.clusters)
    _must("schools", design.schools, design.schools >= 1)
    _must("pupils", design.pupils, design.pupils > 0)
    _must("covariates", design.covariates, design.covariates >= 0)
    _must("reached", design.reached, 0 < design.reached <= 1)
    _must("largest", design.largest, design.largest > 0)
    _must("alpha", design.alpha, 0 < design.alpha < 1)
    _must("power", design.power, design.alpha < design.power < 1)
    if isinstance(design, PanelDesign):
        _must("before", design.before, design.before >= 1)
        _must("after", design.after, design.after >= 1)
        _must("shock", design.shock, design.shock >= 0)
        _must("autocorrelation", design.autocorrelation, -1 < design.autocorrelation < 1)


def _must(name: str, value: float, possible: bool) -> None:
    if not possible:
        raise NotADesign(
            Message(
                N_("No study can have this number. %(name)s: %(value)s"),
                {"name": name, "value": value},
            ),
            why=Message(
                N_("Shares lie between 0 and 1, and some clusters have the work and others do not.")
            ),
            next_step=Message(N_("Correct the number.")),
        )

"""Intervals of shrunken shares and rates hold the truth as often as they say, few units too."""

import numpy as np
import pytest
from scipy import optimize, special, stats

from clusterwork.impact.small import rates as of_rates
from clusterwork.impact.small import shares as of_shares
from clusterwork.impact.small.allowing import weighed
from clusterwork.impact.small.tests.published import RATS, TUMOURS
from clusterwork.impact.small.tests.test_shrinking import rates, shares

SHARES = [(4, 0.1, 0.6), (8, 0.1, 0.6), (8, 0.02, 0.6), (8, 0.2, 0.6), (8, 0.05, 0.95)]


def held(told, true) -> float:
    within = [
        each.low <= value <= each.high for each, value in zip(told.effects, true, strict=True)
    ]
    return float(np.mean(within))


class TestCoverage:
    @pytest.mark.parametrize(("n", "spread", "mean"), [*SHARES, (20, 0.1, 0.6)])
    def test_of_shares(self, n, spread, mean):
        rng = np.random.default_rng(2)
        precision = mean * (1 - mean) / spread**2 - 1
        found = []
        for _ in range(60):
            sizes = rng.integers(5, 40, n)
            true = rng.beta(mean * precision, (1 - mean) * precision, n)
            found.append(held(shares(rng.binomial(sizes, true), sizes), true))
        assert np.mean(found) > 0.9

    @pytest.mark.parametrize(("n", "spread", "events"), [(4, 0.5, 5), (8, 0.2, 2), (20, 0.5, 5)])
    def test_of_rates(self, n, spread, events):
        rng = np.random.default_rng(2)
        found = []
        for _ in range(60):
            expected = rng.uniform(0.3, 2.0, n) * events
            true = rng.gamma(spread**-2, spread**2, n)
            found.append(held(rates(rng.poisson(true * expected), expected), true))
        assert np.mean(found) > 0.89


class TestRats:
    """Bayesian data analysis, 3rd edition, 5.3: E(α|y) = 2.4 and E(β|y) = 14.3 in its grid."""

    counts, sizes = np.array(TUMOURS, float), np.array(RATS, float)

    def grid(self):
        means, spreads, weights = weighed(
            lambda mean, spread: of_shares._height(mean, spread, self.counts, self.sizes),
            (-9.0, 6.0),
            (1e-3, 0.98),
        )
        precision = 1 / spreads**2 - 1
        return special.expit(means) * precision, special.expit(-means) * precision, weights

    def test_the_prior_is_found_where_the_book_finds_it(self):
        a, b, weights = self.grid()
        assert a @ weights == pytest.approx(2.4, abs=0.06)
        assert b @ weights == pytest.approx(14.3, abs=0.3)

    @pytest.mark.parametrize("place", [0, 31, 70])
    def test_one_beta_distribution_stands_for_the_mixture(self, place):
        a, b, weights = self.grid()
        after = stats.beta(a + self.counts[place], b + self.sizes[place] - self.counts[place])
        told = of_shares._ends_allowing(self.counts, self.sizes, 0.95)
        for end, tail in ((told.low[place], 0.025), (told.high[place], 0.975)):
            exact = optimize.brentq(
                lambda at, tail=tail: after.cdf(at) @ weights - tail, 1e-9, 0.99
            )
            assert end == pytest.approx(exact, abs=0.004)


class TestAnyFigures:
    def test_every_estimate_lies_within_its_interval(self):
        for told in (
            shares([0, 0, 0, 0], [4, 9, 2, 7]),
            shares([4, 9, 2, 7], [4, 9, 2, 7]),
            shares([0, 40_000, 90_000, 3], [2, 90_000, 90_000, 3]),
            rates([0, 0, 0, 0], [1.0, 2.0, 3.0, 4.0]),
            rates([0, 4000, 90, 3], [2.0, 90.0, 9e4, 3.0]),
        ):
            for each in told.effects:
                assert 0 <= each.low <= each.estimate <= each.high
                assert np.isfinite([each.sd, each.high]).all()
                assert each.high > each.low

    def test_many_units_are_told_as_if_the_spread_were_known_and_it_is_said(self):
        rng = np.random.default_rng(3)
        sizes = rng.integers(5, 40, 320)
        counts = rng.binomial(sizes, rng.beta(6, 4, 320))
        few, many = shares(counts[:290], sizes[:290]), shares(counts, sizes)
        assert "are taken as known" in str(many.assumptions[1])
        assert "allow for not knowing" in str(few.assumptions[1])
        widths = [np.mean([each.high - each.low for each in told.effects]) for told in (few, many)]
        assert widths[0] == pytest.approx(widths[1], rel=0.05)

    def test_rates_of_many_events_are_as_sure_as_their_counts(self):
        expected = np.array([500.0, 800.0, 900.0, 700.0, 650.0])
        told = of_rates._ends_allowing(
            np.array([400.0, 900.0, 1400.0, 650.0, 500.0]), expected, 0.95
        )
        alone = stats.gamma.ppf(0.975, 1400.5) / 900
        assert told.high[2] == pytest.approx(alone, rel=0.01)

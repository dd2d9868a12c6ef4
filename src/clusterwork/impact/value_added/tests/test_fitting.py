"""The fitted model is the textbook's, whatever the depth of the groups."""

import numpy as np
import polars as pl
import pytest

from clusterwork.impact.value_added import ValueAddedFit, fit_value_added
from clusterwork.impact.value_added.tests import plain
from clusterwork.impact.value_added.tests.made import Pupils, pupils


def fitted(data: Pupils, slope: str | None = None) -> ValueAddedFit:
    return fit_value_added(
        data.frame, outcome="y", covariates=data.covariates, levels=data.levels, slope=slope
    )


def whole_covariance(data: Pupils, fit: ValueAddedFit) -> np.ndarray:
    values = {entry.level: entry.value for entry in fit.variances}
    return plain.covariance(
        data, {level: values[level] ** 0.5 for level in data.levels}, values["residual"]
    )


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("seed", range(6))
class TestAgainstWholeMatrices:
    def test_deviance_coefficients_and_errors_are_those_of_the_textbook(self, seed, depth):
        data = pupils(seed, depth)
        fit = fitted(data)
        deviance, beta, spread = plain.reml(data, whole_covariance(data, fit))
        assert fit.deviance == pytest.approx(deviance, abs=1e-8)
        assert [each.estimate for each in fit.fixed] == pytest.approx(beta, abs=1e-9)
        assert [each.se for each in fit.fixed] == pytest.approx(np.sqrt(np.diag(spread)), abs=1e-9)

    def test_no_other_variances_fit_better(self, seed, depth):
        data = pupils(seed, depth)
        fit = fitted(data)
        values = {entry.level: entry.value for entry in fit.variances}
        for name in values:
            for change in (0.97, 1.03):
                other = {**values, name: max(values[name] * change, 1e-4 * (change > 1))}
                whole = plain.covariance(
                    data, {level: other[level] ** 0.5 for level in data.levels}, other["residual"]
                )
                assert plain.reml(data, whole)[0] >= fit.deviance - 1e-9

    def test_effects_and_their_deviations_are_the_best_linear_predictions(self, seed, depth):
        data = pupils(seed, depth)
        fit = fitted(data)
        whole = whole_covariance(data, fit)
        for level in data.levels:
            variance = next(each.value for each in fit.variances if each.level == level)
            effects, sds = plain.predictions(data, whole, level, variance)
            names = np.unique(data.frame[level].to_numpy())
            assert [each.id for each in fit.effects(level)] == list(names)
            assert [each.estimate for each in fit.effects(level)] == pytest.approx(
                effects, abs=1e-8
            )
            assert [each.sd for each in fit.effects(level)] == pytest.approx(sds, abs=1e-6)


class TestPureNoise:
    @pytest.mark.parametrize("seed", range(4))
    def test_gives_zero_variance_where_groups_differ_less_than_by_chance(self, seed):
        rng = np.random.default_rng(seed)
        noise = rng.normal(size=(40, 10))
        noise -= noise.mean(axis=1, keepdims=True)
        frame = pl.DataFrame({"school": np.repeat(np.arange(40), 10), "y": noise.ravel()})
        fit = fit_value_added(frame, outcome="y", covariates=[], levels=["school"])
        assert fit.variances[0].value == 0.0
        assert {each.estimate for each in fit.effects("school")} == {0.0}
        assert "No variance between groups" in str(fit.notes[0])

    def test_a_variance_that_the_search_passes_by_is_found_from_the_boundary(self):
        data = pupils(3, 2, spread=0.8)
        assert all(each.value > 0.0 for each in fitted(data).variances)


class TestTheWorkedTable:
    def test_is_that_of_the_page_about_the_algorithm(self):
        frame = pl.DataFrame({"school": list("aabbcc"), "y": [1.0, 2, 2, 4, 5, 7]})
        fit = fit_value_added(frame, outcome="y", covariates=[], levels=["school"])
        assert [each.value for each in fit.variances] == pytest.approx([4.5, 1.5])
        assert [round(each.estimate, 2) for each in fit.effects("school")] == [-1.71, -0.43, 2.14]


class TestASlope:
    @pytest.mark.parametrize("seed", range(4))
    def test_nothing_else_fits_better(self, seed):
        data = pupils(seed, 2, spread=1.0, most=12)
        fit = fitted(data, "a")
        assert fit.deviance <= fitted(data).deviance + 1e-9
        school = [each.value for each in fit.variances if each.level == "school"]
        assert school[0] * school[1] >= school[2] ** 2 - 1e-12

    def test_every_school_has_an_effect_on_the_slope(self):
        fit = fitted(pupils(1, 1, most=12), "a")
        assert all(each.slope is not None for each in fit.effects("school"))


class TestWhatIsSaid:
    def test_shares_of_variance(self):
        fit = fitted(pupils(2, 2))
        values = [each.value for each in fit.variances]
        assert fit.correlation["school"] == pytest.approx(values[1] / sum(values))
        assert 0.0 < fit.marginal_r2 < fit.conditional_r2 < 1.0

    def test_every_pupil_is_counted_once_a_level(self):
        data = pupils(2, 3)
        fit = fitted(data)
        for level in data.levels:
            assert sum(each.n for each in fit.effects(level)) == fit.n == len(data.frame)

    def test_a_covariate_that_is_a_sum_of_others_is_left_out_and_said(self):
        data = pupils(2, 2)
        frame = data.frame.with_columns(c=pl.col("a") * 2.0 + pl.col("b"))
        fit = fit_value_added(
            frame, outcome="y", covariates=["a", "b", "c"], levels=["authority", "school"]
        )
        assert fit.dropped == ("c",)
        assert [each.estimate for each in fit.fixed] == pytest.approx(
            [each.estimate for each in fitted(data).fixed]
        )

    def test_the_sentence_says_what_lies_between_groups_and_names_none(self):
        data = pupils(2, 2)
        named = data.frame.with_columns(school=pl.lit("school ") + pl.col("school"))
        fit = fitted(Pupils(named, data.covariates, data.levels))
        said = fit.sentence("en")
        assert f"{100 * fit.correlation['school']:.1f}% lies between" in said
        assert not any(each.id in said for each in fit.effects("school"))
        assert fit.sentence("cy")

    def test_json_keeps_the_keys_that_programs_read(self):
        told = fitted(pupils(0, 2)).to_dict()
        assert set(told) >= {"fixed", "variances", "deviance", "n", "groups", "effects"}
        assert told["variances"][-1]["level"] == "residual"

"""Matching: everybody has a neighbour or a reason, and what does not matter changes nothing."""

import duckdb
import numpy as np
import polars as pl
import pytest

from clusterwork.impact.frames import NoSuchColumn, NotNumbers
from clusterwork.impact.matching import match, sensitivity_to_k
from clusterwork.impact.matching.matching import NotPossible, OneGroupOnly
from clusterwork.impact.matching.missing import ValuesInfinite, ValuesMissing
from clusterwork.impact.matching.propensity import Separated
from clusterwork.impact.matching.reading import NotYesOrNo, UnitsTwice
from clusterwork.impact.matching.tests.made import COVARIATES, schools

METRICS = ("euclidean", "mahalanobis", "propensity")


def matched(frame, **choices):
    return match(frame, "took", "urn", COVARIATES, **choices)


def beside(told):
    return {(pair.unit, pair.other): round(pair.weight, 9) for pair in told.pairs}


@pytest.mark.parametrize("metric", METRICS)
class TestWhatDoesNotMatter:
    def test_the_order_of_rows(self, metric):
        frame = schools(1, whole=True)
        one, other = (matched(each, metric=metric, k=2) for each in (frame, frame.reverse()))
        assert one.pairs == other.pairs
        assert one.data_hash == other.data_hash

    @pytest.mark.parametrize("replace", [True, False])
    def test_units_and_shifts_of_covariates(self, metric, replace):
        frame = schools(2)
        moved = frame.with_columns(pl.col("pupils") * 1000.0 + 1e6, pl.col("need") / 7.0 - 3.0)
        one, other = (matched(each, metric=metric, replace=replace) for each in (frame, moved))
        assert beside(one) == beside(other)

    def test_labels(self, metric):
        frame = schools(3)
        named = frame.with_columns(urn=pl.format("school {}", 999 - pl.col("urn")))
        told = {
            (f"school {999 - int(unit)}", f"school {999 - int(other)}"): weight
            for (unit, other), weight in beside(matched(frame, metric=metric, k=2)).items()
        }
        assert beside(matched(named, metric=metric, k=2)) == told


class TestAnyFrame:
    @pytest.mark.parametrize(
        "turn",
        [pl.DataFrame.lazy, pl.DataFrame.to_pandas, pl.DataFrame.to_arrow],
        ids=["lazy", "pandas", "pyarrow"],
    )
    def test_gives_the_same(self, turn):
        frame = schools(4)
        choices = {"exact": ["phase"], "k": 2, "cluster": "cluster"}
        one, other = matched(frame, **choices), matched(turn(frame), **choices)
        assert beside(one) == beside(other)
        assert one.data_hash == other.data_hash

    def test_also_rows_in_a_database(self):
        frame = schools(4)
        arrow = frame.to_arrow()  # noqa: F841 - read by name
        assert beside(matched(duckdb.sql("SELECT * FROM arrow"))) == beside(matched(frame))


class TestRules:
    def test_exact_columns_are_equal_in_every_pair(self):
        frame = schools(5)
        phase = dict(zip(frame["urn"].cast(pl.String), frame["phase"], strict=True))
        told = matched(frame, exact=["phase"], k=3)
        assert all(phase[pair.unit] == phase[pair.other] for pair in told.pairs)

    def test_a_single_name_needs_no_list(self):
        one = match(schools(5), "took", "urn", "need", "phase")
        assert one.pairs == match(schools(5), "took", "urn", ["need"], ["phase"]).pairs

    def test_an_exact_column_may_also_be_a_covariate(self):
        frame = schools(5, whole=True)
        told = matched(frame, exact=["language"])
        language = {line.name: line.difference_after for line in told.balance}["language"]
        assert language == pytest.approx(0.0, abs=1e-12)

    @pytest.mark.parametrize("replace", [True, False])
    def test_nobody_stands_beside_its_own_cluster(self, replace):
        frame = schools(5)
        cluster = dict(zip(frame["urn"].cast(pl.String), frame["cluster"], strict=True))
        told = matched(frame, cluster="cluster", k=2, replace=replace)
        assert all(cluster[pair.unit] != cluster[pair.other] for pair in told.pairs)

    def test_units_without_a_cluster_are_in_no_common_one(self):
        frame = schools(5).with_columns(
            cluster=pl.when(pl.col("took") == 1).then(pl.col("cluster")).otherwise(None)
        )
        assert beside(matched(frame, cluster="cluster")) == beside(matched(frame))

    def test_without_replacement_nobody_comes_twice(self):
        told = matched(schools(5), replace=False)
        assert set(told.weights.values()) == {1.0}

    def test_differences_within_their_own_units(self):
        frame = schools(6)
        need = dict(zip(frame["urn"].cast(pl.String), frame["need"], strict=True))
        told = matched(frame, within={"need": 0.3})
        assert all(abs(need[pair.unit] - need[pair.other]) <= 0.3 for pair in told.pairs)

    def test_a_caliper_counts_deviations_of_the_logit(self):
        told = matched(schools(6), metric="propensity")
        assert told.choices.caliper == 0.2
        assert max(pair.distance for pair in told.pairs) <= 0.2
        wide = matched(schools(6), metric="propensity", caliper=np.inf)
        assert wide.n_matched == wide.n_treated

    def test_weights_add_up_to_those_matched(self):
        told = matched(schools(7, whole=True), k=3)
        assert sum(told.weights.values()) == pytest.approx(told.n_matched)


class TestReasons:
    def test_everybody_is_matched_or_has_a_reason(self):
        frame = schools(8)
        told = matched(frame, exact=["phase"], caliper=0.05, replace=False, cluster="cluster")
        took = {str(urn) for urn in frame.filter(took=1)["urn"]}
        assert {pair.unit for pair in told.pairs} | {each.unit for each in told.alone} == took
        assert told.n_matched + len(told.alone) == told.n_treated

    @pytest.mark.parametrize(
        "change, choices, reason",
        [
            ({"phase": "Special"}, {"exact": ["phase"]}, "exact"),
            ({"need": 90.0}, {"within": {"need": 1.0}}, "caliper"),
            ({"pupils": 9.0}, {"support": "drop"}, "support"),
        ],
    )
    def test_the_reason_is_the_one(self, change, choices, reason):
        frame = schools(8, 200)
        changed = [
            pl.when(pl.col("urn") == 100).then(pl.lit(value)).otherwise(pl.col(name)).alias(name)
            for name, value in change.items()
        ]
        told = matched(frame.with_columns(changed), **choices)
        assert reason in {each.reason for each in told.alone if each.unit == "100"}

    def test_when_all_like_it_are_taken_or_of_its_cluster(self):
        frame = pl.DataFrame(
            {"urn": [1, 2, 3], "took": [1, 1, 0], "x": [0.0, 1.0, 0.1], "c": [1, 2, 1]}
        )
        taken = match(frame, "took", "urn", ["x"], replace=False)
        assert [(each.unit, each.reason) for each in taken.alone] == [("2", "taken")]
        own = match(frame, "took", "urn", ["x"], cluster="c")
        assert [(each.unit, each.reason) for each in own.alone] == [("1", "cluster")]

    def test_who_lies_outside_is_named(self):
        frame = schools(8).with_columns(
            need=pl.when(pl.col("urn") == 100).then(90.0).otherwise(pl.col("need"))
        )
        support = matched(frame).diagnostics[1]
        assert support.passed is False
        rows = {row["unit"]: row["covariates"] for row in support.table.to_dicts()}
        assert "need" in rows["100"]


class TestMissing:
    SPOILT = schools(9).with_columns(
        need=pl.when(pl.col("urn") == 101).then(None).otherwise(pl.col("need"))
    )

    def test_is_refused_or_left_out_and_counted(self):
        with pytest.raises(ValuesMissing, match="need 1"):
            matched(self.SPOILT)
        told = matched(self.SPOILT, missing="leave_out")
        assert told.left_out == ("101",)
        assert "left out" in told.sentence()

    def test_codes_are_missing_too(self):
        texts = schools(9)["need"].cast(pl.String).to_list()
        texts[1] = "SUPP"
        told = matched(schools(9).with_columns(need=pl.Series(texts)), missing="leave_out")
        assert beside(told) == beside(matched(self.SPOILT, missing="leave_out"))


class TestSensitivity:
    def test_has_a_line_for_each_number(self):
        frame = schools(10, 120)
        told = sensitivity_to_k(matched(frame), frame, "y", ks=(1, 2, 5))
        assert [row["k"] for row in told.table.to_dicts()] == [1, 2, 5]
        assert "between" in str(told.said)
        assert told.passed in (True, False)

    def test_needs_no_outcome(self):
        told = sensitivity_to_k(matched(schools(10)), ks=(1, 2))
        assert told.passed is None
        assert told.table.rows[0][4] is None


class TestRefusals:
    @pytest.mark.parametrize(
        "spoil, problem",
        [
            ({"took": pl.lit(1)}, OneGroupOnly),
            ({"took": pl.col("urn")}, NotYesOrNo),
            ({"took": pl.lit("yes")}, NotNumbers),
            ({"urn": pl.lit(7)}, UnitsTwice),
            ({"need": pl.lit(float("inf"))}, ValuesInfinite),
        ],
    )
    def test_of_data(self, spoil, problem):
        with pytest.raises(problem):
            matched(schools(1).with_columns(**spoil))

    @pytest.mark.parametrize(
        "choices",
        [
            {"k": 0},
            {"k": 1.5},
            {"k": "2"},
            {"metric": "manhattan"},
            {"ties": "random"},
            {"caliper": 0.0},
            {"covariance": "whole"},
            {"support": "some"},
            {"missing": "guess"},
            {"within": {"need": -1.0}},
            {"within": {"y": 1.0}},
        ],
    )
    def test_of_choices(self, choices):
        with pytest.raises(NotPossible):
            matched(schools(1), **choices)

    def test_of_columns_that_are_not_there(self):
        with pytest.raises(NoSuchColumn):
            match(schools(1), "took", "urn", ["wealth"])

    def test_of_a_separated_propensity_but_only_where_it_is_needed(self):
        frame = schools(1).with_columns(need=pl.col("took") * 9.0 + pl.col("need"))
        with pytest.raises(Separated):
            matched(frame, metric="propensity")
        assert "by ranges only" in matched(frame).sentence()


def test_json_keeps_the_keys_that_programs_read():
    told = matched(schools(1)).to_dict()
    assert set(told) >= {"pairs", "unmatched", "balance", "weights", "n_matched", "data_hash"}

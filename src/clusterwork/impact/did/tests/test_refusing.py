"""What is no panel is refused, and what can be handled is handled and said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import polars as pl
import pytest

from clusterwork.impact.did import (
    ClusterChanges,
    GapsInPanel,
    InfiniteValues,
    LeavesTreatment,
    NobodyStarts,
    NobodyUntreated,
    NoLabel,
    NoSuchChoice,
    NothingToCompare,
    NothingToImpute,
    OneCluster,
    OneTime,
    OutcomeAllAlike,
    SeenTwice,
    StartMoves,
    WeightsNotUsable,
    fit_did,
    impute_did,
    two_way,
)
from clusterwork.impact.did.tests.made import COLUMNS, panel
from clusterwork.impact.frames import NoSuchColumn, NotAFrame, NotNumbers, TooManyCategories
from clusterwork.impact.saying import Claim, Outcome, sentences

FRAME = panel(31).frame
ROW = (pl.col("school") == "s001") & (pl.col("year") == 2003)


def changed(**columns: pl.Expr) -> pl.DataFrame:
    return FRAME.with_columns(**columns)


def at(where: pl.Expr, value: object, column: str) -> pl.Expr:
    return pl.when(where).then(pl.lit(value)).otherwise(pl.col(column))


REFUSED = {
    "not a frame": (NotAFrame, [1, 2]),
    "no such column": (NoSuchColumn, FRAME.drop("year")),
    "outcome of texts": (NotNumbers, changed(y=pl.col("school"))),
    "outcome all alike": (OutcomeAllAlike, changed(y=pl.lit(3.0))),
    "outcome all suppressed": (NotNumbers, changed(y=pl.lit("SUPP"))),
    "outcome all empty": (OutcomeAllAlike, changed(y=pl.lit(None, pl.Float64))),
    "no rows": (OutcomeAllAlike, FRAME.head(0)),
    "infinite": (InfiniteValues, changed(y=at(ROW, float("inf"), "y"))),
    "years of texts": (NotNumbers, changed(year=pl.lit("2018/19"))),
    "no year": (NoLabel, changed(year=at(ROW, None, "year"))),
    "no school": (NoLabel, changed(school=at(ROW, None, "school"))),
    "no cluster": (NoLabel, changed(place=at(ROW, None, "place"))),
    "twice": (SeenTwice, pl.concat([FRAME, FRAME.filter(ROW)])),
    "start moves forth": (StartMoves, changed(first=at(ROW, 2004, "first"))),
    "start comes late": (
        StartMoves,
        changed(first=at((pl.col("school") == "s001") & (pl.col("year") < 2003), 0, "first")),
    ),
    "leaves": (
        LeavesTreatment,
        changed(first=at((pl.col("school") == "s001") & (pl.col("year") > 2003), 0, "first")),
    ),
    "cluster changes": (ClusterChanges, changed(place=at(ROW, "c19", "place"))),
    "one cluster": (OneCluster, changed(place=pl.lit("here"))),
    "one year": (OneTime, FRAME.filter(pl.col("year") == 2003)),
    "nobody starts": (NobodyStarts, changed(first=pl.lit(0))),
    "nobody starts, empty": (NobodyStarts, changed(first=pl.lit(None, pl.String))),
    "all had started": (NobodyStarts, changed(first=pl.lit(1999))),
    "nobody untreated": (NobodyUntreated, FRAME.filter(pl.col("first") > 0)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_what_why_and_what_to_do(name):
    kind, frame = REFUSED[name]
    with pytest.raises(kind) as caught:
        fit_did(frame, **COLUMNS)
    problem = caught.value
    assert problem.why is not None
    assert problem.next_step is not None


def test_a_moving_start_names_the_unit_and_its_starts():
    with pytest.raises(StartMoves, match=r"s001.*2003, 2004"):
        fit_did(changed(first=at(ROW, 2004, "first")), **COLUMNS)


def test_all_starting_at_once_leaves_nobody_not_yet_treated():
    together = changed(first=pl.lit(2003))
    with pytest.raises(NobodyUntreated):
        fit_did(together, **COLUMNS, control="notyet")


@pytest.mark.parametrize(
    "weights", [pl.lit(-1.0), pl.lit(0.0), at(ROW, None, "n"), at(ROW, float("nan"), "n")]
)
def test_weights_that_are_none_are_refused(weights):
    with pytest.raises(WeightsNotUsable):
        fit_did(changed(n=weights), **COLUMNS, weights="n")


@pytest.mark.parametrize("choice", ["control", "method", "base", "unbalanced"])
def test_choices_that_are_none_are_refused(choice):
    with pytest.raises(NoSuchChoice, match=choice):
        fit_did(FRAME, **COLUMNS, **{choice: "best"})


def test_too_many_texts_in_a_covariate_are_refused():
    with pytest.raises(TooManyCategories):
        fit_did(FRAME, **COLUMNS, covariates=["school"])


def test_covariates_that_tell_the_groups_apart_leave_nothing_to_compare():
    parted = changed(b=(pl.col("first") > 0).cast(pl.Float64))
    with pytest.raises(NothingToCompare, match="nobody that they could be compared with"):
        fit_did(parted, **COLUMNS, covariates=["b"])


def test_panels_with_gaps_everywhere_have_no_weights_of_the_regression():
    gaps = FRAME.filter(pl.int_range(pl.len()) % 5 != pl.col("school").str.slice(1).cast(int) % 5)
    with pytest.raises(GapsInPanel):
        two_way(gaps, "y", "school", "year", "first")


def test_nothing_can_be_imputed_where_all_start_at_once():
    with pytest.raises(NothingToImpute):
        impute_did(changed(first=pl.lit(2003)), **COLUMNS)


class TestHandled:
    def test_every_way_of_writing_never_is_one(self):
        wanted = fit_did(FRAME, **COLUMNS)
        number = pl.col("first").cast(pl.Float64)
        for never in (None, float("nan"), float("inf"), float("-inf")):
            told = fit_did(changed(first=at(number == 0, never, "first")), **COLUMNS)
            assert told.att_gt == wanted.att_gt
        texts = changed(first=at(number == 0, "", "first").cast(pl.String))
        assert fit_did(texts, **COLUMNS).att_gt == wanted.att_gt

    def test_those_that_had_started_are_left_out_and_said(self):
        early = changed(first=at(pl.col("place") == "c00", 2000, "first"))
        told = fit_did(early, **COLUMNS)
        wanted = fit_did(FRAME.filter(pl.col("place") != "c00"), **COLUMNS)
        assert told.att_gt == wanted.att_gt
        assert told.left_out.always == 3
        assert any("had started before" in str(note) for note in told.notes)

    def test_those_that_start_after_the_last_year_count_as_never(self):
        later = changed(first=at(pl.col("first") == 0, 2030, "first"))
        told = fit_did(later, **COLUMNS)
        assert told.att_gt == fit_did(FRAME, **COLUMNS).att_gt
        assert told.left_out.later == 24

    def test_suppressed_figures_are_gaps_and_pairs_are_taken_without_them(self):
        codes = changed(y=pl.when(ROW).then(pl.lit("SUPP")).otherwise(pl.col("y").cast(pl.String)))
        told = fit_did(codes, **COLUMNS)
        assert told.left_out.rows == 1
        assert told.att_gt == fit_did(FRAME.filter(~ROW), **COLUMNS).att_gt
        cell = next(c for c in told.att_gt if (c.group, c.time) == (2003.0, 2003.0))
        rows = FRAME.filter(~ROW).pivot(on="year", index=["school", "first"], values="y")
        change = rows.drop_nulls(["2002", "2003"]).with_columns(d=pl.col("2003") - pl.col("2002"))
        means = dict(change.group_by("first").agg(pl.col("d").mean()).iter_rows())
        assert cell.estimate == pytest.approx(means[2003] - means[0])
        assert any("both of its times" in str(note) for note in told.notes)

    def test_units_with_gaps_may_be_left_out_whole(self):
        told = fit_did(FRAME.filter(~ROW), **COLUMNS, unbalanced="whole")
        wanted = fit_did(FRAME.filter(pl.col("school") != "s001"), **COLUMNS)
        assert told.att_gt == wanted.att_gt
        assert told.left_out.partly == 1

    def test_a_year_without_any_figure_is_no_year(self):
        told = fit_did(changed(y=at(pl.col("year") == 2001, None, "y")), **COLUMNS)
        assert told.times == (2000.0, 2002.0, 2003.0, 2004.0)
        assert {cell.base for cell in told.att_gt if cell.group == 2002.0 and cell.after} == {
            2000.0
        }

    def test_collinear_covariates_are_dropped_and_said(self):
        more = changed(b=2.0 * pl.col("a") + 1.0, c=pl.lit(4.0))
        told = fit_did(more, **COLUMNS, covariates=["a", "b", "c"])
        assert told.covariates == ("a",)
        assert told.left_out.collinear == ("b", "c")
        wanted = fit_did(FRAME, **COLUMNS, covariates=["a"])
        assert told.simple.estimate == pytest.approx(wanted.simple.estimate, abs=1e-12)
        assert told.simple.se == pytest.approx(wanted.simple.se, abs=1e-12)

    def test_texts_as_covariates_are_groups(self):
        kinds = changed(kind=pl.col("school").str.slice(1).cast(int) // 4 % 3)
        texts = kinds.with_columns(kind=pl.format("k{}", "kind"))
        numbers = kinds.with_columns(
            kindk1=(pl.col("kind") == 1).cast(float), kindk2=(pl.col("kind") == 2).cast(float)
        )
        one = fit_did(texts, **COLUMNS, covariates=["kind"])
        two = fit_did(numbers, **COLUMNS, covariates=["kindk1", "kindk2"])
        assert one.att_gt == two.att_gt
        assert one.covariates == ("kindk1", "kindk2")

    def test_a_group_without_overlap_is_left_out_and_said(self):
        parted = changed(b=(pl.col("first") == 2004).cast(pl.Float64) + 0.1 * pl.col("a"))
        told = fit_did(parted, **COLUMNS, covariates=["b"])
        assert {cell.group for cell in told.att_gt} == {2002.0, 2003.0}
        assert {each.group for each in told.not_found} == {2004.0}
        assert any("No effect could be told" in str(note) for note in told.notes)

    def test_the_last_group_is_only_compared_with_where_nobody_is_never_treated(self):
        told = fit_did(panel(32, never=False).frame, **COLUMNS, control="notyet")
        assert {cell.group for cell in told.att_gt} == {2002.0, 2003.0}
        assert max(cell.time for cell in told.att_gt) == 2003.0

    def test_anticipation_moves_the_base(self):
        told = fit_did(FRAME, **COLUMNS, anticipation=1)
        assert {cell.base for cell in told.att_gt if cell.group == 2003.0 and cell.after} == {
            2001.0
        }

    def test_few_and_single_clusters_are_said(self):
        few = fit_did(FRAME, **COLUMNS)
        assert any("few clusters" in str(note) for note in few.notes)
        alone = FRAME.filter((pl.col("first") != 2002) | (pl.col("place") == "c00"))
        assert any("One cluster alone" in str(note) for note in fit_did(alone, **COLUMNS).notes)

    def test_starts_that_differ_within_clusters_are_said(self):
        mixed = FRAME.with_columns(place=pl.col("school").str.slice(1).cast(int) % 7)
        told = fit_did(mixed, **COLUMNS)
        assert any("start at different times" in str(note) for note in told.notes)


class TestFrames:
    def test_every_kind_of_frame_gives_the_same(self):
        duckdb = pytest.importorskip("duckdb")
        wanted = fit_did(FRAME, **COLUMNS, covariates=["a"])
        table = FRAME.to_arrow()
        frames = [FRAME.lazy(), table, table.to_pandas(), duckdb.from_arrow(table)]
        for frame in frames:
            told = fit_did(frame, **COLUMNS, covariates=["a"])
            assert told.att_gt == wanted.att_gt
            assert told.data_hash == wanted.data_hash

    def test_pandas_with_its_own_kinds_of_nothing(self):
        frame = FRAME.filter(~ROW).to_pandas()
        frame["first"] = frame["first"].replace(0, np.nan)
        frame["place"] = pd.Categorical(frame["place"])
        told = fit_did(frame, **COLUMNS)
        assert told.att_gt == fit_did(FRAME.filter(~ROW), **COLUMNS).att_gt

    def test_labels_may_be_numbers_of_any_kind(self):
        number = pl.col("school").str.slice(1).cast(pl.Int64)
        wanted = fit_did(FRAME, **{**COLUMNS, "cluster": "school"})
        for unit in (number, number.cast(pl.Float64), number * 1_000_003, number + 0.5):
            frame = changed(school=unit)
            told = fit_did(frame, **{**COLUMNS, "cluster": "school"})
            assert told.att_gt == wanted.att_gt
        assert fit_did(changed(school=number), **COLUMNS).clusters[0] == "c00"

    def test_long_numbers_stay_apart(self):
        """Next to each other beyond 2 ** 53 they would be one as floats."""
        long = 9_007_199_254_740_993 + pl.col("school").str.slice(1).cast(pl.Int64)
        told = fit_did(changed(school=long), **{**COLUMNS, "cluster": "school"})
        assert told.n_units == 60
        assert told.clusters[0] == "9007199254740993"


class TestSaying:
    def test_it_says_size_interval_and_limits(self):
        said = fit_did(FRAME, **COLUMNS).sentence()
        assert "95% interval" in said
        assert "due to" not in said
        assert "%(" not in said

    def test_no_difference_is_never_said_to_be_proved(self):
        said = fit_did(changed(y=pl.col("a") + pl.col("n") * pl.col("year") % 7), **COLUMNS)
        assert "no impact" not in said.sentence()

    def test_groups_that_already_moved_apart_are_said(self):
        apart = changed(
            y=pl.col("y") + (pl.col("first") > 0).cast(float) * (pl.col("year") - 2000) * 3.0
        )
        told = fit_did(apart, **COLUMNS)
        assert told.pretrend.p < 0.05
        assert "cannot be put down to the cluster" in told.sentence()
        assert told.diagnostics[0].passed is False
        assert told.finding().claim is Claim.TRENDS_DIFFERED

    def test_the_rules_of_saying_take_the_average_over_groups(self):
        fit = fit_did(FRAME, **COLUMNS)
        finding = fit.finding(Outcome.PROGRESS)
        assert finding.estimate is fit.group
        assert finding.claim is (Claim.EFFECT if fit.pretrend.p >= 0.05 else Claim.TRENDS_DIFFERED)
        assert "of a standard deviation" in str(sentences(finding)[0])

    def test_it_is_said_as_a_change_of_what_was_measured(self):
        fit = fit_did(FRAME, **COLUMNS)
        assert fit.sentence().startswith("Since the start, the figure in cluster schools")
        said = fit.sentences(fit.finding(Outcome.PROGRESS))
        assert str(said[0]).startswith("Since the start, pupils' progress in cluster schools")

    def test_one_cluster_has_no_interval_and_a_few_are_said(self):
        alone = FRAME.filter(pl.col("first") == 2003)["place"].min()
        one = fit_did(FRAME.filter((pl.col("first") == 0) | (pl.col("place") == alone)), **COLUMNS)
        assert one.treated_clusters == 1
        assert "cannot be told from so few clusters" in one.sentence()
        assert "interval" not in one.sentence()
        few = fit_did(FRAME.filter((pl.col("first") == 0) | (pl.col("first") == 2003)), **COLUMNS)
        assert 1 < few.treated_clusters < 12
        assert f"uncertainty is larger: {few.treated_clusters}" in few.sentence()

    def test_before_the_horizon_nothing_else_is_said(self):
        fit = fit_did(FRAME, **COLUMNS)
        early = replace(fit.finding(), day=date(2027, 1, 1), too_early_before=date(2028, 1, 1))
        (said,) = fit.sentences(early)
        assert "too early" in str(said)

    def test_without_years_before_it_only_describes(self):
        short = FRAME.filter(pl.col("year").is_in([2003, 2004]), pl.col("first") != 2002)
        told = fit_did(short.filter(pl.col("first") != 2003), **COLUMNS)
        assert told.pretrend is None
        assert told.finding().claim is Claim.DESCRIPTIVE

"""Any frame gives the same statistics; what cannot be read is said with the way out."""

import duckdb
import numpy as np
import polars as pl
import pytest

from clusterwork.impact.frames import (
    InfiniteValues,
    NoSuchColumn,
    NotAFrame,
    NotNumbers,
    TooManyCategories,
)
from clusterwork.impact.refusing import NothingLeft, OutcomeAllAlike
from clusterwork.impact.value_added import cells_of, fit_value_added
from clusterwork.impact.value_added.fitting import (
    ExplainedWholly,
    TooFewPupils,
    hash_of,
)
from clusterwork.impact.value_added.nesting import LevelsCross, OneGroup
from clusterwork.impact.value_added.reading import SlopeNotACovariate
from clusterwork.impact.value_added.tests.made import pupils

FRAME = pupils(4, 2).frame.with_columns(sex=pl.Series(["F", "M"] * 500)[: len(pupils(4, 2).frame)])
MODEL = {"outcome": "y", "covariates": ["a", "sex"], "levels": ["authority", "school"]}


def fit(frame: object, **other):
    return fit_value_added(frame, **{**MODEL, **other})


class TestAnyFrame:
    @pytest.mark.parametrize(
        "turn",
        [pl.DataFrame.lazy, pl.DataFrame.to_pandas, pl.DataFrame.to_arrow],
        ids=["lazy", "pandas", "pyarrow"],
    )
    @pytest.mark.parametrize("slope", [None, "a"])
    def test_gives_the_same_numbers(self, turn, slope):
        base, other = fit(FRAME, slope=slope), fit(turn(FRAME), slope=slope)
        assert other.data_hash == base.data_hash
        assert [each.estimate for each in other.fixed] == pytest.approx(
            [each.estimate for each in base.fixed], abs=1e-9
        )

    def test_also_where_the_rows_stay_in_a_database(self):
        arrow = FRAME.to_arrow()  # noqa: F841 - read by name
        relation = duckdb.sql("SELECT * FROM arrow")
        assert fit(relation, slope="a").deviance == pytest.approx(fit(FRAME, slope="a").deviance)

    @pytest.mark.parametrize(
        "turn",
        [pl.DataFrame.clone, pl.DataFrame.lazy, pl.DataFrame.to_pandas, pl.DataFrame.to_arrow],
        ids=["eager", "lazy", "pandas", "pyarrow"],
    )
    def test_small_groups_can_be_left_out(self, turn):
        made = cells_of(turn(FRAME), **MODEL, fewest=3)
        every = cells_of(FRAME, **MODEL)
        small = {key for key, n in zip(every.keys, every.sums[:, 0], strict=True) if n < 3}
        assert small
        assert made.keys == tuple(key for key in every.keys if key not in small)
        assert made.n + made.missing == every.n
        large = FRAME.filter(
            pl.concat_list("authority", "school")
            .list.eval(pl.element().cast(str))
            .list.join("/")
            .is_in(["/".join(key) for key in made.keys])
        )
        names = (*made.columns.covariates, made.columns.outcome)
        given = dict(zip(names, made.columns.constants, strict=True))
        again = cells_of(large, **MODEL, constants=given)
        assert np.allclose(made.products, again.products)

    def test_small_groups_can_be_left_out_in_a_database(self):
        frame = FRAME  # noqa: F841 - duckdb reads it by its name
        made = cells_of(duckdb.sql("select * from frame"), **MODEL, fewest=3)
        assert np.allclose(made.products, cells_of(FRAME, **MODEL, fewest=3).products)

    @pytest.mark.parametrize("slope", [None, "a"])
    @pytest.mark.parametrize("kind", [pl.Int8, pl.Int64, pl.UInt32, pl.Float64, pl.String])
    def test_batches_add_up_whatever_keys_are_written_in(self, monkeypatch, kind, slope):
        numbered = FRAME.with_columns(
            pl.col("authority", "school").rank("dense").cast(pl.Int64).cast(kind)
        )
        base = fit(FRAME, slope=slope)
        assert fit(numbered, slope=slope).deviance == pytest.approx(base.deviance)
        monkeypatch.setattr("clusterwork.impact.value_added.reading.ROWS_AT_ONCE", 7)
        for frame in (numbered, numbered.lazy()):
            told = fit(frame, slope=slope)
            assert told.deviance == pytest.approx(base.deviance)
            assert told.groups == base.groups

    def test_a_row_without_a_school_is_left_out_however_that_is_written(self):
        numbered = FRAME.with_columns(school=pl.col("school").rank("dense").cast(pl.Int64))
        first = pl.int_range(pl.len()) == 0
        gap = numbered.with_columns(school=pl.when(~first).then("school"))
        broken = numbered.with_columns(
            school=pl.when(first).then(float("nan")).otherwise(pl.col("school").cast(pl.Float64))
        )
        told = [fit(frame) for frame in (gap, broken, broken.to_pandas())]
        assert [each.missing for each in told] == [1, 1, 1]
        assert told[0].data_hash == told[1].data_hash == told[2].data_hash


class TestTexts:
    def test_a_covariate_of_texts_has_a_term_a_category_but_the_first(self):
        assert [each.name for each in fit(FRAME).fixed] == ["(Intercept)", "a", "sexM"]

    def test_who_is_in_no_known_category_is_left_out_in_every_frame(self):
        gap = FRAME.with_columns(sex=pl.when(pl.int_range(pl.len()) > 0).then("sex"))
        table = gap.to_arrow()
        others = [table, gap.to_pandas(), gap.to_pandas().astype({"sex": object})]
        told = [fit(frame) for frame in (gap, *others, duckdb.from_arrow(table))]
        assert [each.missing for each in told] == [1] * 5
        assert {each.data_hash for each in told[:4]} == {told[0].data_hash}

    def test_numbers_with_gaps_are_alike_in_every_frame(self):
        whole = FRAME.with_columns(a=pl.col("a").mul(10).round().cast(pl.Int64))
        gap = whole.with_columns(
            a=pl.when(pl.int_range(pl.len()) > 0).then("a"),
            school=pl.col("school").rank("dense").cast(pl.Int64),
        ).with_columns(authority=pl.lit(1, pl.Int64) + pl.col("school") % 2)
        turned = gap.to_pandas()
        kinds = [turned, turned.convert_dtypes(), gap.to_pandas(use_pyarrow_extension_array=True)]
        told = [fit(frame) for frame in (gap, gap.lazy(), gap.to_arrow(), *kinds)]
        assert [each.missing for each in told] == [1] * 6
        assert len({each.data_hash for each in told}) == 1

    def test_codes_among_numbers_are_no_figures(self):
        texts = FRAME["y"].cast(pl.String).to_list()
        texts[3], texts[5] = "SUPP", "z"
        coded = FRAME.with_columns(y=pl.Series(texts))
        kept = FRAME.with_row_index().filter(~pl.col("index").is_in([3, 5]))
        told = fit(coded)
        assert told.missing == 2
        assert told.deviance == pytest.approx(fit(kept).deviance)

    def test_an_outcome_of_texts_is_refused_with_some_of_them(self):
        with pytest.raises(NotNumbers, match=r"for instance: F, M"):
            fit(FRAME, outcome="sex", covariates=["a"])

    def test_a_covariate_of_names_is_refused(self):
        named = FRAME.with_columns(name=pl.Series([f"pupil {n}" for n in range(len(FRAME))]))
        with pytest.raises(TooManyCategories, match=r"looks like a name"):
            fit(named, covariates=["name"])


class TestMissingValues:
    @pytest.mark.parametrize("column", ["y", "a", "school"])
    def test_rows_are_left_out_and_counted(self, column):
        gap = FRAME.with_columns(
            pl.when(pl.int_range(pl.len()) < 3).then(None).otherwise(pl.col(column)).alias(column)
        )
        told = fit(gap)
        assert told.missing == 3
        assert told.deviance == pytest.approx(fit(FRAME[3:]).deviance)
        assert "left out" in str(told.notes[-1])

    def test_not_a_number_is_missing_too(self):
        gap = FRAME.with_columns(
            a=pl.when(pl.int_range(pl.len()) < 3).then(float("nan")).otherwise(pl.col("a"))
        )
        assert fit(gap).missing == fit(gap.to_pandas()).missing == 3


class TestRefusals:
    def test_a_column_that_is_not_there(self):
        with pytest.raises(NoSuchColumn, match=r"no such column: score.*authority, school, a"):
            fit(FRAME, outcome="score")

    def test_no_table(self):
        with pytest.raises(NotAFrame, match=r"list"):
            fit([1, 2, 3])

    def test_infinite_values(self):
        endless = FRAME.with_columns(
            a=pl.when(pl.int_range(pl.len()) == 3).then(float("inf")).otherwise(pl.col("a"))
        )
        with pytest.raises(InfiniteValues, match=r"infinite values: a"):
            fit(endless)

    def test_an_outcome_that_is_all_alike(self):
        with pytest.raises(OutcomeAllAlike, match=r"one value only"):
            fit(FRAME.with_columns(y=pl.lit(3.5)))

    def test_a_covariate_that_is_the_outcome(self):
        with pytest.raises(ExplainedWholly):
            fit(FRAME.with_columns(a=pl.col("y") * 2.0 + 1.0))

    def test_a_level_of_one_group(self):
        with pytest.raises(OneGroup, match=r"one group only: authority"):
            fit(FRAME.with_columns(authority=pl.lit("one")))

    def test_a_school_in_two_authorities(self):
        crossed = FRAME.with_columns(
            authority=pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("z")).otherwise("authority")
        )
        with pytest.raises(LevelsCross, match=r"school: 0\.0 stands in two groups"):
            fit(crossed)

    def test_a_slope_that_is_no_covariate(self):
        with pytest.raises(SlopeNotACovariate, match=r"Add it to the covariates"):
            fit(FRAME, slope="b")

    def test_fewer_pupils_than_coefficients(self):
        with pytest.raises(TooFewPupils, match=r"too few pupils"):
            fit(FRAME[:4])

    def test_a_column_without_a_figure(self):
        with pytest.raises(NothingLeft, match=r"No row has all the figures: a, sexM, y"):
            fit(FRAME.with_columns(a=pl.lit(None, dtype=pl.Float64)))

    @pytest.mark.parametrize("turn", [pl.DataFrame.clone, pl.DataFrame.lazy])
    def test_a_frame_without_rows(self, turn):
        with pytest.raises(NothingLeft):
            fit(turn(FRAME.drop("sex").head(0)), covariates=["a"])

    def test_rows_none_of_which_is_whole(self):
        odd = pl.int_range(pl.len()) % 2 == 0
        torn = FRAME.with_columns(
            a=pl.when(odd).then(pl.col("a")), y=pl.when(~odd).then(pl.col("y"))
        )
        with pytest.raises(NothingLeft, match=r"No row has all the figures: a, sexM, y"):
            fit(torn)


class TestTheHash:
    def test_is_that_of_the_data_not_of_their_order(self):
        def told(frame):
            return hash_of(cells_of(frame, **MODEL, constants={"a": 0.0, "sexM": 0.5, "y": 0.0}))

        assert told(FRAME.reverse()) == told(FRAME)
        changed = FRAME.with_columns(y=pl.col("y") + (pl.int_range(pl.len()) == 0) * 0.5)
        assert told(changed) != told(FRAME)
        assert np.unique([told(FRAME[1:]), told(FRAME)]).size == 2

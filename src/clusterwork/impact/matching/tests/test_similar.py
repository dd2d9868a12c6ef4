"""Our cluster beside similar clusters, described by pooled facts of its schools."""

import polars as pl
import pytest

from clusterwork.impact.matching import match, pooled, similar
from clusterwork.impact.matching.matching import NotPossible
from clusterwork.impact.matching.pooling import DiffersWithin, NamesTwice
from clusterwork.impact.matching.similar import NoSuchUnit

SCHOOLS = pl.DataFrame(
    {
        "urn": [1, 2, 3, 4, 5, 6, 7],
        "cluster": ["a", "a", "b", "b", "c", "c", None],
        "pupils": [100, 300, 90, 310, 1000, 1200, 50],
        "meals": [50, 30, 40, None, 100, 120, 5],
        "attendance": [90.0, 94.0, 92.0, 96.0, None, 95.0, 99.0],
        "phase": [
            "Primary",
            "Primary",
            "Primary",
            "Secondary",
            "Secondary",
            "Secondary",
            "Primary",
        ],
        "language": ["Welsh", "Welsh", "English", "English", "English", "English", "Welsh"],
        "took": [1, 1, 0, 0, 0, 0, 0],
    }
)
FACTS = {
    "sums": ["pupils"],
    "shares": {"meals share": ("meals", "pupils")},
    "means": {"attendance": ("attendance", "pupils")},
    "mixes": ["phase"],
    "same": ["took", "language"],
}


class TestPooled:
    def test_facts_are_sums_over_sums(self):
        rows = pooled(SCHOOLS, "cluster", **FACTS).frame.to_dicts()
        assert [row["cluster"] for row in rows] == ["a", "b", "c"]
        assert rows[0] == {
            "cluster": "a",
            "schools": 2,
            "pupils": 400.0,
            "meals share": 80 / 400,
            "attendance": (90 * 100 + 94 * 300) / 400,
            "phase: Primary": 1.0,
            "phase: Secondary": 0.0,
            "took": 1,
            "language": "Welsh",
        }
        assert rows[1]["meals share"] == 40 / 90
        assert rows[2]["attendance"] == 95.0

    def test_a_sum_with_an_unknown_part_is_unknown(self):
        told = pooled(SCHOOLS, "cluster", sums=["meals"])
        assert told.unknown == {"meals": ("b",)}

    def test_covariates_keep_a_mix_together(self):
        told = pooled(SCHOOLS, "cluster", **FACTS)
        mix = ("phase: Primary", "phase: Secondary")
        assert told.covariates == ("schools", "pupils", "meals share", "attendance", mix)

    @pytest.mark.parametrize("turn", [pl.DataFrame.lazy, pl.DataFrame.to_pandas])
    def test_any_frame(self, turn):
        told = pooled(turn(SCHOOLS), "cluster", **FACTS).frame
        rows = told.to_dicts() if isinstance(told, pl.DataFrame) else told.to_dict("records")
        assert rows == pooled(SCHOOLS, "cluster", **FACTS).frame.to_dicts()

    def test_what_is_not_the_same_is_refused(self):
        with pytest.raises(DiffersWithin, match="phase"):
            pooled(SCHOOLS, "cluster", same=["phase"])

    def test_two_facts_of_one_name_are_refused(self):
        with pytest.raises(NamesTwice):
            pooled(SCHOOLS, "cluster", sums=["pupils"], means={"pupils": ("pupils", "pupils")})

    def test_clusters_are_matched_with_clusters(self):
        told = pooled(SCHOOLS, "cluster", **FACTS)
        matched = match(told.frame, "took", "cluster", ["pupils"], covariance="all")
        assert [(pair.unit, pair.other) for pair in matched.pairs] == [("a", "b")]


class TestSimilar:
    def test_the_most_similar_comes_first(self):
        told = pooled(SCHOOLS, "cluster", **FACTS)
        found = similar(told.frame, "cluster", "a", ["pupils", told.covariates[-1]])
        assert found.beside("a") == ("b", "c")
        assert "Unit: a. The most similar first: b, c." in found.sentence()
        assert [row["unit"] for row in found.tables[0].to_dicts()] == ["a", "b", "c"]

    def test_never_itself_and_nobody_of_its_cluster(self):
        found = similar(SCHOOLS, "urn", [1, 3], ["pupils"], k=9, cluster="cluster")
        assert set(found.beside("1")) == {"3", "4", "5", "6", "7"}
        assert set(found.beside("3")) == {"1", "2", "5", "6", "7"}

    def test_exact_columns_are_equal(self):
        assert set(similar(SCHOOLS, "urn", 1, ["pupils"], ["language"]).beside("1")) == {"2", "7"}

    def test_ties_go_to_the_lower_id_or_to_all(self):
        frame = pl.DataFrame({"urn": [10, 9, 11, 2], "x": [0.0, 1.0, -1.0, 5.0]})
        assert similar(frame, "urn", 10, ["x"], k=1).beside("10") == ("9",)
        assert similar(frame, "urn", 10, ["x"], k=1, ties="all").beside("10") == ("9", "11")

    def test_the_unknown_are_left_out_and_counted(self):
        found = similar(SCHOOLS, "urn", 1, ["pupils", "meals"], k=9)
        assert "4" not in found.beside("1")
        assert "left out" in found.sentence()

    @pytest.mark.parametrize("unit, reason", [(99, "not in the data"), (4, "is missing")])
    def test_who_cannot_be_compared_is_refused(self, unit, reason):
        with pytest.raises(NoSuchUnit, match=reason):
            similar(SCHOOLS, "urn", unit, ["pupils", "meals"])

    @pytest.mark.parametrize("choices", [{"k": 0}, {"metric": "propensity"}, {"ties": "none"}])
    def test_what_is_not_possible_is_refused(self, choices):
        with pytest.raises(NotPossible):
            similar(SCHOOLS, "urn", 1, ["pupils"], **choices)

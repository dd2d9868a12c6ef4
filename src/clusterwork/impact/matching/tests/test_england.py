"""England's primaries: federations beside similar schools and trusts beside similar trusts."""

from __future__ import annotations

import polars as pl
import pytest

from clusterwork.impact.matching import att, match, pooled, similar
from clusterwork.impact.matching.tests.made import SHARED

pytestmark = pytest.mark.real_data
NEED = ["NOR", "PNUMFSMEVER", "PNUMEAL", "PSENELK", "PERCTOT", "before"]


def read(name: str) -> pl.DataFrame:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the shared file {name} is absent")
    return pl.read_csv(path, infer_schema_length=0)


def results(year: str, name: str) -> pl.DataFrame:
    rows = read("ks2_england_2016_2019.csv.gz").filter(pl.col("year") == year)
    return rows.select(URN="urn", **{name: "matprog"})


@pytest.fixture(scope="module")
def groups() -> pl.DataFrame:
    return read("gias_group_links.csv.gz").select(
        "URN", kind="Group Type", group="Group UID", joined=pl.col("Joined date")
    )


@pytest.fixture(scope="module")
def england() -> pl.DataFrame:
    """State-funded schools with figures of 2018/19; codes such as SUPP stay where they stand."""
    register = read("gias_england_20220425.csv.gz")
    return (
        read("census_england_201819.csv.gz")
        .join(read("absence_england_201819.csv.gz").select("URN", "PERCTOT"), on="URN")
        .join(results("2016", "before"), on="URN")
        .join(results("2019", "now"), on="URN")
        .join(register.select("URN", region="GOR (name)"), on="URN")
    )


@pytest.fixture(scope="module")
def federated(england: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    inside = groups.filter(kind="Federation").unique("URN", keep="first", maintain_order=True)
    return england.join(inside.select("URN", "group"), on="URN", how="left").with_columns(
        took=pl.col("group").is_not_null().cast(pl.Int8)
    )


class TestFederations:
    def test_stand_beside_schools_like_them(self, federated):
        told = match(
            federated, "took", "URN", NEED, ["region"], 5, cluster="group", missing="leave_out"
        )
        assert told.n_treated > 300
        assert told.n_matched == told.n_treated
        before = {line.name: line.difference_before for line in told.balance}
        after = {line.name: line.difference_after for line in told.balance}
        assert before["NOR"] < -0.4
        assert max(abs(each) for each in after.values()) < 0.15

    def test_differ_by_an_amount_with_errors_by_federation(self, federated):
        choices = {"exact": ["region"], "k": 5, "missing": "leave_out"}
        whole = match(federated, "took", "URN", NEED, cluster="group", **choices)
        told = att(whole, federated, "now")
        assert told.n_clusters < told.n
        assert told.estimate.se < 0.5
        assert abs(told.estimate.estimate) < 1.0


class TestTrusts:
    def test_stand_beside_trusts_like_them(self, england, groups):
        inside = groups.filter(kind="Multi-academy trust").unique("URN", maintain_order=True)
        told = pooled(
            england.join(inside, on="URN"),
            "group",
            sums=["NOR"],
            shares={"meals": ("NUMFSMEVER", "NOR"), "language": ("NUMEAL", "NOR")},
            means={"absence": ("PERCTOT", "NOR")},
            mixes=["region"],
        )
        first = told.frame["group"][0]
        found = similar(told.frame, "group", first, told.covariates, k=5)
        assert len(found.beside(first)) == 5
        assert first not in found.beside(first)
        assert found.n > 500

"""On Spark each authority gets what it gets here, and whatever goes wrong comes back as a row."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import pytest

from clusterwork.formation import Flow, Instance, Locks
from clusterwork.formation.groups import CountCannotBeShared, Formed, form_groups, grouped
from clusterwork.formation.groups import spark as adapter
from clusterwork.formation.tables import BadTable
from clusterwork.formation.tests.made import school
from clusterwork.formation.tests.test_groups import FREE, NORTH, SOUTH, plain

WEST = [school(301, 0, 0, authority="West")]
NOWHERE = [school(401, 0, 0)]
ALL = (*NORTH, *SOUTH, *WEST, *NOWHERE)
WHOLE = Instance(
    schools=ALL,
    policy=FREE,
    flows=(Flow("100", "101", 9), Flow("100", "200", 9)),
    locks=Locks(apart=(("100", "107"),)),
    current={"200": "Valley", "201": "Valley", "100": "Valley"},
)


@dataclass(frozen=True)
class Ran:
    """One run over good and bad authorities, looked at by several promises."""

    frames: adapter.FormedFrames
    found: dict[str, Formed]
    schools: list[Any]


@pytest.fixture(scope="module")
def ran(spark: Any) -> Ran:
    rows = adapter.frame_of(spark, ALL)
    bad = dict.fromkeys(rows.columns, "") | {"id": "501", "authority": " East "}
    bad |= {"easting": "here", "northing": "0"}
    frame = rows.unionByName(spark.createDataFrame([bad], rows.schema))
    frames = adapter.form_by_authority(frame, FREE, time_limit_s=20, seed=1, whole=WHOLE)
    found = {one.group: one for one in adapter.collected(frames)}
    return Ran(frames, found, frames.schools.collect())


class TestTheSameCode:
    def test_gives_the_same_as_processes_of_this_machine(self, ran: Ran) -> None:
        here = form_groups(grouped(ALL), WHOLE, time_limit_s=20, seed=1, workers=2)
        assert {one.group: plain(one) for one in here} == {
            group: plain(one) for group, one in ran.found.items() if group != "East"
        }
        assert ran.found["North"].proven and ran.found["South"].proven

    def test_authorities_are_spread_over_the_engine(self, ran: Ran) -> None:
        assert ran.frames.groups.rdd.getNumPartitions() == 4

    def test_a_number_of_clusters_is_shared(self, spark: Any) -> None:
        frame = adapter.frame_of(spark, (*NORTH, *SOUTH))
        policy = replace(FREE, count=(5, 5))
        frames = adapter.form_by_authority(frame, policy, time_limit_s=20, seed=1)
        found = adapter.collected(frames)
        assert [one.n_clusters for one in found] == [2, 3]
        with pytest.raises(CountCannotBeShared):
            adapter.form_by_authority(frame, replace(FREE, count=(40, 40)))


class TestNothingIsLost:
    def test_every_school_is_in_one_row(self, ran: Ran) -> None:
        assert sorted(row["id"] for row in ran.schools) == sorted([*(one.id for one in ALL), "501"])
        for row in ran.schools:
            assert (row["cluster"] is None) == (row["authority"] in ("", "West", "East"))
            assert (row["hub"] is None) == (row["cluster"] is None) and row["reason"]

    def test_who_has_no_clusters_has_the_words(self, ran: Ran) -> None:
        rows = {row["authority"]: row for row in ran.frames.authorities.collect()}
        assert {name: row["outcome"] for name, row in rows.items()} == {
            "": "unusable", "East": "unusable", "North": "formed", "South": "formed",
            "West": "impossible",
        }  # fmt: skip
        assert rows["West"]["objective"] is None and not rows["West"]["proven"]
        assert "authority is not given" in rows[""]["message"]
        assert "School: 501. Column: easting. Value: here." in rows["East"]["message"]
        assert rows["South"]["objective"] >= rows["South"]["bound"] - 1e-9
        assert json.loads(ran.found["West"].report)["infeasible"]

    def test_a_column_that_is_absent_is_told_before_anything_runs(self, spark: Any) -> None:
        frame = adapter.frame_of(spark, SOUTH).drop("strong")
        with pytest.raises(BadTable) as caught:
            adapter.form_by_authority(frame, FREE)
        assert "strong" in str(caught.value)
        with pytest.raises(BadTable):
            adapter.form_by_authority(adapter.frame_of(spark, SOUTH), FREE, by="region")

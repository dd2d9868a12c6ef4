"""The files: official headings, no ragged rows, the same bytes for the same seed."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
from pathlib import Path

import pytest

from clusterwork.lookalike import build_county, build_region, write_county

SHARED = Path(os.environ.get("SHARED", Path(__file__).parents[5] / "shared"))
DATA = SHARED / "data"

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the open data are not here")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("region")
    write_county(build_region(seed=1), path)
    return path


def written(path: Path, seed: int = 1) -> Path:
    write_county(build_county(seed=seed), path)
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def header(name: str) -> list[str]:
    with gzip.open(DATA / name, "rt", encoding="utf-8-sig") as file:
        return next(csv.reader(file))


def digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def test_every_file_of_the_demo_is_written(folder: Path) -> None:
    years = {f"census_{year}.csv" for year in range(2022, 2027)}
    formation = {f"formation_{name}.csv" for name in ("schools", "flows", "links", "current")}
    others = {"schools", "links", "groups", "group_links", "inspections", "support_categories"}
    others |= {"flows", "partnerships", "clusters"}
    assert {p.name for p in folder.iterdir()} == (
        years | formation | {f"{name}.csv" for name in others} | {"boundaries.geojson"}
    )


@pytest.mark.parametrize("which", ["folder", "region"])
def test_no_row_is_ragged_and_no_table_empty(which: str, request: pytest.FixtureRequest) -> None:
    for path in request.getfixturevalue(which).glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            table = list(csv.reader(file))
        assert len(table) > 1, path.name
        assert {len(row) for row in table} == {len(table[0])}, path.name
        assert len(set(table[0])) == len(table[0])


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    assert digests(written(tmp_path / "again")) == digests(folder)
    assert digests(written(tmp_path / "other", seed=2)) != digests(folder)


def test_formation_files_speak_of_the_same_schools(folder: Path) -> None:
    ids = {row["id"] for row in rows(folder / "formation_schools.csv")}
    assert len(ids) == 334
    for name in ("formation_flows.csv", "formation_links.csv"):
        for row in rows(folder / name):
            assert {row["from"], row["to"]} <= ids
            assert row["from"] != row["to"]
    assert {row["id"] for row in rows(folder / "formation_current.csv")} <= ids
    for row in rows(folder / "formation_schools.csv"):
        assert 0 <= float(row["fsm_share"]) <= 1
        assert row["strong"] in ("0", "1")


def test_boundaries_are_closed_rings_in_britain(folder: Path, region: Path) -> None:
    for path, n in ((folder, 1), (region, 5)):
        collection = json.loads((path / "boundaries.geojson").read_text(encoding="utf-8"))
        assert len(collection["features"]) == n
        for feature in collection["features"]:
            (ring,) = feature["geometry"]["coordinates"]
            assert ring[0] == ring[-1]
            assert all(-6 < x < 2 and 50 < y < 56 for x, y in ring)


def test_the_english_register_has_an_address_and_a_life_for_every_school(folder: Path) -> None:
    for row in rows(folder / "schools.csv"):
        assert row["URN"].isdigit()
        assert row["Town"]
        assert row["Postcode"].startswith("WL")
        closed = row["EstablishmentStatus (name)"] == "Closed"
        assert bool(row["CloseDate"]) == closed
        assert bool(row["NumberOfPupils"]) != closed


def test_the_welsh_register_has_both_names_and_places(region: Path) -> None:
    table = rows(region / "schools.csv")
    assert len(table) == 233
    assert all(row["school_name_cy"] and row["school_name"] for row in table)
    assert {row["sector"] for row in table} == {
        "Primary", "Secondary", "Middle", "Special", "Nursery",
    }  # fmt: skip
    assert all(51 < float(row["latitude"]) < 53 for row in table)


@needs_data
@pytest.mark.real_data
class TestBesideTheRealFiles:
    @pytest.mark.parametrize(
        ("ours", "official"),
        [
            ("schools.csv", "gias_england_20220425.csv.gz"),
            ("links.csv", "gias_links.csv.gz"),
            ("groups.csv", "gias_groups.csv.gz"),
            ("group_links.csv", "gias_group_links.csv.gz"),
            ("census_2026.csv", "census_england_201819.csv.gz"),
            ("inspections.csv", "ofsted_history_20200313.csv.gz"),
        ],
    )
    def test_every_official_heading_is_there(self, folder: Path, ours: str, official: str) -> None:
        assert set(header(official)) <= set(rows(folder / ours)[0])

    def test_the_welsh_headings_are_there(self, region: Path) -> None:
        assert set(header("wales_sewales_schools.csv.gz")) <= set(rows(region / "schools.csv")[0])

    def test_sizes_and_distances_are_those_of_a_real_rural_county(self, folder: Path) -> None:
        ours = primaries(rows(folder / "schools.csv"))
        with gzip.open(DATA / "gias_england_20220425.csv.gz", "rt", encoding="utf-8-sig") as file:
            real = primaries([r for r in csv.DictReader(file) if r["LA (code)"] == "925"])
        for what in ("pupils", "nearest", "meals"):
            assert 0.75 < middle(ours[what]) / middle(real[what]) < 1.33, what

    def test_no_invented_place_bears_the_name_of_a_real_one(self, folder: Path) -> None:
        with gzip.open(DATA / "gias_england_20220425.csv.gz", "rt", encoding="utf-8-sig") as file:
            real = {row[c].lower() for row in csv.DictReader(file) for c in ("Town", "Locality")}
        ours = {row["AdministrativeWard (name)"].lower() for row in rows(folder / "schools.csv")}
        assert not ours & real


def primaries(table: list[dict[str, str]]) -> dict[str, list[float]]:
    """Pupils, distance to the nearest and free meals of the open primaries with figures."""
    chosen = [
        row for row in table
        if row["PhaseOfEducation (name)"] == "Primary" and row["NumberOfPupils"]
    ]  # fmt: skip
    spots = [complex(float(row["Easting"]), float(row["Northing"])) for row in chosen]
    nearest = [min(abs(a - b) for j, b in enumerate(spots) if i != j) for i, a in enumerate(spots)]
    return {
        "pupils": [float(row["NumberOfPupils"]) for row in chosen],
        "nearest": nearest,
        "meals": [float(row["PercentageFSM"]) for row in chosen if row["PercentageFSM"]],
    }


def middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]

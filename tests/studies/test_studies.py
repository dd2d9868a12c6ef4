"""Promises about the studies: identity, dates and scales by hand; pages as the data give them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from studies.__main__ import PAGES, main
from studies.attrition import GONE, lost
from studies.chains import chained, last, with_every_year
from studies.comparing import compared_arms, fitted, placebo
from studies.joining import (
    MOVED,
    federation_arms,
    first_results,
    memberships_of,
    trust_arms,
    with_moved,
)
from studies.matching import matched_of, weighted
from studies.pages import built, pages, with_facts
from studies.panel import figures_of, rows_of, special
from studies.reading import DATA, absent, read
from studies.writing import shown

NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")


def links(*rows: tuple[str, str, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["URN", "LinkURN", "LinkType"], orient="row")


def chains_of(urns: str, *rows: tuple[str, str, str]) -> dict[str, str]:
    frame = chained(urns.split(), links(*rows))
    return dict(frame.iter_rows())


def test_a_chain_is_followed_to_its_last_number_from_whichever_side_told() -> None:
    told = chains_of("1 2 3 4", ("2", "1", "Predecessor"), ("2", "3", "Successor"))
    assert told == {"1": "3", "2": "3", "3": "3", "4": "4"}


def test_a_link_told_by_both_sides_is_one_link() -> None:
    told = chains_of("1 2", ("2", "1", "Predecessor"), ("1", "2", "Successor"))
    assert told == {"1": "2", "2": "2"}


def test_schools_that_merge_or_split_are_not_one_school() -> None:
    two_before = (("3", "1", "Predecessor"), ("3", "2", "Predecessor"))
    assert chains_of("1 2 3", *two_before) == {"1": "1", "2": "2", "3": "3"}
    two_after = (("1", "2", "Successor"), ("1", "3", "Successor"))
    assert chains_of("1 2 3", *two_after) == {"1": "1", "2": "2", "3": "3"}
    merged = ("2", "1", "Predecessor - merged")
    assert chains_of("1 2", merged) == {"1": "1", "2": "2"}


def test_a_circle_has_one_name() -> None:
    later = {"1": "2", "2": "10", "10": "1", "0": "1"}
    assert {last(urn, later) for urn in later} == {"10"}


def test_four_years_by_number_and_by_chain() -> None:
    rows = [
        ("1", 2016),
        ("1", 2017),
        ("2", 2018),
        ("2", 2019),
        *(("3", y) for y in range(2016, 2020)),
    ]
    known = pl.DataFrame(rows, schema=["urn", "year"], orient="row")
    linked = chained(known["urn"], links(("2", "1", "Predecessor")))
    assert with_every_year(known, "urn") == 1
    assert with_every_year(known.join(linked, on="urn"), "chain") == 2


@pytest.mark.parametrize(
    ("joined", "results"),
    [
        (date(2016, 8, 31), 2017),
        (date(2016, 9, 1), 2017),
        (date(2016, 9, 2), 2018),
        (date(2017, 1, 1), 2018),
        (date(2017, 9, 1), 2018),
    ],
)
def test_joined_by_the_first_of_september_counts_for_the_next_summer(
    joined: date, results: int
) -> None:
    frame = pl.DataFrame({"joined": [joined]})
    assert frame.select(first_results("joined")).item() == results


MEMBERS = pl.DataFrame(
    [
        ("1", "70", "Multi-academy trust", "2016-09-01"),
        ("2", "70", "Multi-academy trust", "2014-09-01"),
        ("3", "71", "Multi-academy trust", "2019-02-01"),
        ("4", "71", "Multi-academy trust", "2019-09-02"),
        ("5", "71", "Multi-academy trust", "2018-09-01"),
        ("6", "80", "Federation", "1900-01-01"),
        ("7", "80", "Federation", "2017-03-01"),
        ("8", "81", "Federation", "2017-03-01"),
    ],
    schema=["URN", "Group UID", "Group Type", "Joined date"],
    orient="row",
)


def schools(opened: dict[str, date]) -> pl.DataFrame:
    urns = [str(number) for number in range(1, 10)]
    academy = [int(urn) < 6 for urn in urns]
    return pl.DataFrame(
        {
            "chain": urns,
            "urn": urns,
            "kind": ["Academy converter" if each else "Community school" for each in academy],
            "academy": academy,
            "opened": [opened.get(urn) for urn in urns],
        },
        schema_overrides={"opened": pl.Date},
    )


OPENED = {
    "1": date(2016, 9, 1),
    "2": date(2014, 9, 1),
    "3": date(2019, 2, 1),
    "4": date(2019, 9, 1),
    "5": date(2017, 2, 1),
}


def test_arms_of_trusts_by_hand() -> None:
    told = trust_arms(schools(OPENED), MEMBERS)
    arms = dict(told.select("chain", "arm").iter_rows())
    assert arms == {
        "1": "joined",
        "2": "joined before the first results",
        "3": "joined during the last year",
        "4": "later",
        "5": MOVED,
        **dict.fromkeys("6789", "never"),
    }
    moved = with_moved(told).filter(pl.col("chain") == "5")
    assert moved.select("arm", "start").row(0) == ("joined", 2018)


def test_arms_of_federations_by_hand() -> None:
    told = federation_arms(schools(OPENED), MEMBERS)
    arms = dict(told.select("chain", "arm").iter_rows())
    assert arms == {
        **dict.fromkeys("12345", "academy by 2022"),
        "6": "date not known",
        "7": "joined",
        "8": "federation of one school",
        "9": "never",
    }


def test_an_unknown_date_is_none() -> None:
    known = memberships_of(MEMBERS, "Federation")
    assert known.filter(pl.col("urn") == "6")["joined"].to_list() == [None]


def test_figures_have_mean_0_and_deviation_1_over_mainstream_schools_of_a_year() -> None:
    blank = dict.fromkeys(("telig", "ptrwm_exp"), "9")
    rows = [
        {"urn": urn, "year": "2016", "readprog": r, "matprog": m, "writprog": "0.5", **blank}
        for urn, r, m in (("1", "1", "3"), ("2", "-1", "1"), ("3", "SUPP", "1"), ("4", "-9", "-9"))
    ]
    chains = chained("1234", links())
    census = pl.DataFrame({"URN": ["4"], "SCHOOLTYPE": ["State-funded special school"]})
    told = figures_of(pl.DataFrame(rows), chains, special(census, chains)).sort("chain")
    assert told["points"].to_list() == [2.0, 0.0, None]
    assert told["progress"].to_list() == pytest.approx([0.5**0.5, -(0.5**0.5), None])


def test_the_later_number_gives_a_summer_that_two_numbers_have() -> None:
    base = {"year": "2018", "matprog": "0", "writprog": "0", "telig": "9", "ptrwm_exp": "50"}
    rows = [{"urn": urn, "readprog": r, **base} for urn, r in (("1", "2"), ("2", "4"), ("3", ""))]
    joined = links(("2", "1", "Predecessor"), ("3", "2", "Predecessor"))
    chains = chained("123", joined)
    nobody = pl.DataFrame(schema={"chain": pl.String})
    assert figures_of(pl.DataFrame(rows), chains, nobody)["points"].to_list() == [2.0]


def test_the_invented_year_uses_nothing_from_after_the_real_one() -> None:
    """Two that join for 2019 and jump there; the placebo of 2018 sees no jump."""
    rows = [
        {
            "chain": f"{start} {n}",
            "year": year,
            "start": start,
            "cluster": f"{start} {n}",
            "weight": 1.0,
            "progress": n / 10 + (n % 3) * year + 50.0 * (start == 2019 == year),
        }
        for start in (0, 2018, 2019)
        for n in range(6)
        for year in range(2016, 2020)
    ]
    assert placebo(pl.DataFrame(rows), 2018).estimate == pytest.approx(0.0, abs=1e-8)


def test_the_lost_are_counted_by_arm() -> None:
    everyone = pl.DataFrame(
        {
            "chain": ["a", "b", "c", "d"],
            "years": [4, 3, 2, 4],
            "progress_2016": [1.0, 3.0, 5.0, None],
        }
    )
    arms = pl.DataFrame({"chain": ["a", "b", "d"], "arm": ["joined"] * 3})
    assert lost(arms, everyone).rows() == [
        ("joined", 2, 1, 1, 1.0, 3.0),
        (GONE, 1, 0, 1, None, 5.0),
    ]


def test_nothing_is_written_where_the_data_are_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("studies.__main__.DATA", tmp_path)
    monkeypatch.setattr("sys.argv", ["studies", str(tmp_path / "pages")])
    main()
    assert not (tmp_path / "pages").exists()
    assert "ks2_england_2016_2019.csv.gz" in capsys.readouterr().out


@pytest.fixture(scope="module")
def rebuilt() -> dict[str, str]:
    lacking = absent(DATA)
    if lacking:
        pytest.skip(f"the shared files are absent: {', '.join(lacking)}")
    return pages(read(DATA))


@pytest.mark.real_data
def test_the_estimate_by_plain_means(rebuilt: dict[str, str]) -> None:
    """Weighted means of changes, by hand, without the library's comparison."""
    sources = read(DATA)
    start = built(sources)
    arms = with_facts(federation_arms(start.registered, sources.memberships), start)
    whole = compared_arms(arms).filter(pl.col("years") == 4)
    rows = rows_of(weighted(whole, matched_of(whole)), start.figures)
    wide = rows.pivot(on="year", index=["chain", "start", "weight"], values="progress")
    others = wide.filter(pl.col("start") == 0)
    effects, sizes = [], []
    for first in (2017, 2018, 2019):
        joined = wide.filter(pl.col("start") == first)
        changes = [pl.col(str(year)) - pl.col(str(first - 1)) for year in range(first, 2020)]
        mine = [joined.select(change.mean()).item() for change in changes]
        theirs = [weighted_mean(others, change) for change in changes]
        effects.append(sum(mine) / len(mine) - sum(theirs) / len(theirs))
        sizes.append(joined.height)
    average = sum(e * n for e, n in zip(effects, sizes, strict=True)) / sum(sizes)
    assert fitted(rows).group.estimate == pytest.approx(average, abs=1e-10)
    assert f"**{shown(average)}** standard deviations" in rebuilt["federations.md"]


def weighted_mean(frame: pl.DataFrame, change: pl.Expr) -> float:
    weight = pl.col("weight")
    return float(frame.select((change * weight).sum() / weight.sum()).item())


@pytest.mark.real_data
def test_four_years_on_their_own_number_and_chained(rebuilt: dict[str, str]) -> None:
    for text in rebuilt.values():
        assert "On their own number 12,311 schools" in text
        assert "chained, 14,362 do" in text


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["trusts.md", "federations.md"])
def test_the_pages_are_what_the_data_give(rebuilt: dict[str, str], name: str) -> None:
    """Words equal, numbers to one in their last digit."""
    kept, now = (PAGES / name).read_text(encoding="utf-8"), rebuilt[name]
    assert NUMBER.sub("#", kept) == NUMBER.sub("#", now)
    for old, new in zip(NUMBER.findall(kept), NUMBER.findall(now), strict=True):
        places = len(old.partition(".")[2])
        assert value(old) == pytest.approx(value(new), abs=1.01 * 10.0**-places * (places > 0))


def value(shown: str) -> float:
    return float(shown.replace("−", "-").replace(",", "").rstrip("."))


@pytest.mark.real_data
def test_no_cause_is_claimed(rebuilt: dict[str, str]) -> None:
    for text in rebuilt.values():
        assert not re.search(r"due to|because of the (trust|federation)", text)

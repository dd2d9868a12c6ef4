"""Promises about what the report says of alternatives and of who is firm."""

from __future__ import annotations

import json

from clusterwork.formation import Instance, Policy, firmness, robustness
from clusterwork.formation.firm_report import firm_message, firm_report
from clusterwork.formation.near_best import NearBest
from clusterwork.formation.tests.made import school

CHOSEN = {"A": ("0", "1", "2"), "B": ("3", "4", "5")}
OTHER = {"A": ("0", "1", "3"), "B": ("2", "4", "5")}


def an_instance() -> Instance:
    there = tuple(school(k, 2 * k, 0) for k in range(6))
    return Instance(there, Policy(size=(3, 3), best_size=(3, 3), circuity=1.0))


def told(*plans: dict[str, tuple[str, ...]]) -> dict[str, object]:
    found = [NearBest(plan, 9.0, 1.0) for plan in plans]
    firm, robust = firmness(CHOSEN, plans), robustness(an_instance(), CHOSEN, plans, n=4)
    return firm_report(found, 0.01, firm, robust)


class TestReport:
    def test_is_plain(self) -> None:
        plain = told(OTHER, CHOSEN)
        assert json.loads(json.dumps(plain)) == plain
        assert plain["firm"] == 0
        assert plain["borderline"] == 6
        assert [plan["more"] for plan in plain["plans"]] == [1.0, 1.0]  # type: ignore[attr-defined]

    def test_says_where_the_others_put_a_school(self) -> None:
        schools = {each["id"]: each for each in told(OTHER, CHOSEN)["schools"]}  # type: ignore[attr-defined]
        assert schools["2"]["elsewhere"] == [{"cluster": "B", "plans": 1}]
        assert "B (1)" in schools["2"]["message"]
        assert "1 of 2" in schools["2"]["message"]

    def test_without_other_plans_all_are_firm_for_want_of_them(self) -> None:
        plain = told()
        assert plain["plans"] == []
        assert plain["borderline"] == 0
        one = firmness(CHOSEN, []).schools["0"]
        assert str(firm_message(one, 0)) == "No other plan is nearly as good."

    def test_counts_the_trials(self) -> None:
        robust = told(OTHER)["robustness"]
        assert robust["trials"] == 4  # type: ignore[index]
        assert "4" in robust["message"]  # type: ignore[index]

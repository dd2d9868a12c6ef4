"""The command `clusterwork form`: files in, files out, and what it says when it cannot."""

from __future__ import annotations

import csv
import json
import math
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from clusterwork.cli import app
from clusterwork.cli.form import proof
from clusterwork.formation import Instance, propose
from clusterwork.formation.tests.made import SHARED
from clusterwork.formation.tests.made import school as made_school

HEADER = "id,name,easting,northing,phase,pupils,fsm_share,strong\n"
Run = Callable[..., Result]


def rows(n: int) -> list[str]:
    """n schools along two roads, the same on every machine."""
    return [
        f"{100 + k},School {k},{400_000 + 1500 * (k % 12)},{300_000 + 4000 * (k // 12)},"
        f"Primary,{40 + 7 * k},0.{10 + k % 40},{int(k % 3 == 0)}\n"
        for k in range(n)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "schools.csv").write_text(HEADER + "".join(rows(24)), encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    def call(*more: str, schools: str = "schools.csv", **files: str) -> Result:
        arguments = ["form", str(folder / schools), "--time-limit", "2", "--seed", "3"]
        for name, text in files.items():
            path = folder / f"{name}.{'toml' if name == 'policy' else 'csv'}"
            path.write_text(text, encoding="utf-8")
            arguments += [f"--{name}", str(path)]
        arguments += ["--out", str(folder / "out.csv"), "--report", str(folder / "report.json")]
        return CliRunner().invoke(app, [*arguments, *more])

    return call


def report(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return found


def clusters(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["cluster"], []).append(row["id"])
    return found


def positions(path: Path) -> dict[str, tuple[float, float]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: (float(row["easting"]), float(row["northing"]))
            for row in csv.DictReader(file)
        }


def plain_objective(found: dict[str, list[str]], at: dict[str, tuple[float, float]]) -> float:
    return sum(
        min(sum(1.3 * math.dist(at[i], at[h]) / 1000 for i in members) for h in members)
        for members in found.values()
    )


class TestAnswer:
    def test_writes_clusters_and_a_report_that_agree(self, run: Run, folder: Path) -> None:
        result = run()
        assert result.exit_code == 0, result.output
        told, found = report(folder), clusters(folder)
        assert sorted(i for members in found.values() for i in members) == [
            str(100 + k) for k in range(24)
        ]
        assert sorted(len(members) for members in found.values()) == sorted(told["sizes"])
        assert told["objective"] == pytest.approx(
            plain_objective(found, positions(folder / "schools.csv"))
        )
        assert told["bound"] <= told["objective"] and told["infeasible"] == []
        wanted = {
            "objective", "bound", "gap_share", "sizes", "worst_minutes", "mean_minutes",
            "flow_kept_share", "infeasible", "seconds", "seed", "schools",
        }  # fmt: skip
        assert wanted <= set(told) and told["seed"] == 3
        for school in told["schools"]:
            assert {"id", "cluster", "next_best", "cost_of_moving"} <= set(school)
            assert school["id"] in found[school["cluster"]]

    def test_says_who_is_firm_where_alternatives_are_asked_for(
        self, run: Run, folder: Path
    ) -> None:
        assert run().exit_code == 0
        assert "alternatives" not in report(folder)
        result = run("--alternatives", "3")
        assert result.exit_code == 0, result.output
        more = report(folder)["alternatives"]
        assert 0 <= len(more["plans"]) <= 3
        assert {each["id"] for each in more["schools"]} == {str(100 + k) for k in range(24)}
        assert more["firm"] + more["borderline"] == 24
        for plan in more["plans"]:
            assert plan["objective"] <= 1.01 * report(folder)["objective"] + 1e-6

    def test_alternatives_by_authority_are_refused(self, run: Run) -> None:
        assert run("--alternatives", "3", "--by-authority").exit_code == 2

    @pytest.mark.parametrize(
        ("column", "words", "key"),
        [
            ("authority", ("North", "South", ""), "same_authority"),
            ("medium", ("Welsh medium", "English medium", "Dual stream"), "same_medium"),
        ],
    )
    def test_a_column_that_keeps_schools_apart_does_so(
        self, run: Run, folder: Path, column: str, words: tuple[str, str, str], key: str
    ) -> None:
        word = {str(100 + k): words[2 if k < 4 else k % 2] for k in range(24)}
        table = [HEADER.strip() + f",{column}\n"]
        table += [f"{row.strip()},{word[row[:3]]}\n" for row in rows(24)]
        (folder / "schools.csv").write_text("".join(table), encoding="utf-8")
        result = run(policy=f"[travel]\nlimit_minutes = 0\n[require]\n{key} = true\n")
        assert result.exit_code == 0, result.output
        for members in clusters(folder).values():
            assert len({word[i] for i in members} - {words[2]}) <= 1
        state = next(rule for rule in report(folder)["rules"] if rule["rule"] == key)
        assert state["binds"] and state["saves"] > 0

    def test_support_categories_and_pupils_are_balanced_where_that_is_worth_something(
        self, run: Run, folder: Path
    ) -> None:
        table = [HEADER.strip() + ",support\n"]
        table += [
            f"{row.strip()},{'' if k == 5 else 1 + 3 * k // 24}\n" for k, row in enumerate(rows(24))
        ]
        (folder / "schools.csv").write_text("".join(table), encoding="utf-8")
        policy = "[clusters]\ncount = 4\n[travel]\nlimit_minutes = 0\n"
        assert run(policy=policy).exit_code == 0
        before = report(folder)
        assert (
            run(policy=policy + "[weights]\nneed_support = 50.0\nneed_pupils = 2.0\n").exit_code
            == 0
        )
        after = report(folder)
        for figure in ("support_steps", "pupils_percent"):
            assert after[figure][0] < before[figure][0] / 2
        assert after["parts"]["need_support"] == pytest.approx(50 * 24 * after["support_steps"][0])
        assert after["parts"]["need_pupils"] == pytest.approx(2 * 24 * after["pupils_percent"][0])
        assert after["objective"] == pytest.approx(sum(after["parts"].values()))

    def test_a_wrong_support_category_is_told_with_its_line(self, run: Run, folder: Path) -> None:
        text = HEADER.strip() + ",support\n" + rows(1)[0].strip() + ",green\n"
        (folder / "schools.csv").write_text(text, encoding="utf-8")
        result = run()
        assert result.exit_code == 2
        assert 'Line: 2. Column: support. Value: "green".' in result.output

    def test_barriers_are_gone_round(self, run: Run, folder: Path) -> None:
        policy = "[clusters]\ncount = 4\nsize = [6, 6]\n[travel]\nlimit_minutes = 0\n"
        assert run(policy=policy).exit_code == 0
        before = report(folder)["objective"]
        line = [[406_200, 200_000], [406_200, 400_000]]
        (folder / "lines.geojson").write_text(
            json.dumps({"type": "LineString", "coordinates": line}), encoding="utf-8"
        )
        result = run("--barriers", str(folder / "lines.geojson"), policy=policy)
        assert result.exit_code == 0, result.output
        after = report(folder)["objective"]
        at = positions(folder / "schools.csv")
        crossing = [
            m for m in clusters(folder).values() if len({at[i][0] > 406_200 for i in m}) > 1
        ]
        assert after > before and len(crossing) <= 2

    def test_barriers_in_degrees_are_refused(self, run: Run, folder: Path) -> None:
        (folder / "lines.geojson").write_text(
            '{"type": "LineString", "coordinates": [[-3.1, 51.4], [-3.0, 51.5]]}', encoding="utf-8"
        )
        result = run("--barriers", str(folder / "lines.geojson"))
        assert result.exit_code == 2 and "degrees" in result.output
        assert not (folder / "out.csv").exists()

    def test_links_that_are_cut_are_priced_and_named(self, run: Run, folder: Path) -> None:
        result = run(
            links="from,to,weight\n100,123,2\n",
            policy="[clusters]\ncount = 4\n[weights]\nlinks = 0.5\n",
        )
        assert result.exit_code == 0, result.output
        told = report(folder)
        assert told["links_cut"] == [{"from": "100", "to": "123", "weight": 2.0}]
        assert told["parts"]["links"] == pytest.approx(1.0)
        reason = next(s["reason"] for s in told["schools"] if s["id"] == "100")
        assert "School 23 (123)" in reason

    def test_what_each_rule_and_lock_costs_where_that_is_asked(
        self, run: Run, folder: Path
    ) -> None:
        policy = "[clusters]\nsize = [4, 6]\n[travel]\nlimit_minutes = 20\n"
        locks = "kind,id,other\ntogether,100,105\n"
        answer = run("--costs", "1", policy=policy, locks=locks)
        assert answer.exit_code == 0, answer.output
        found = report(folder)
        assert [each["rule"] for each in found["rule_savings"]] == ["size", "travel_limit"]
        for each in found["rule_savings"]:
            assert 0 <= each["least"] <= each["saving"] <= each["most"]
            assert each["message"] in answer.output
        assert [each["schools"] for each in found["lock_savings"]] == [["100", "105"]]
        assert found["lock_savings"][0]["saving"] > 0
        run(policy=policy, locks=locks)
        assert "rule_savings" not in report(folder)

    def test_schools_left_over_are_told_and_the_others_have_their_clusters(
        self, run: Run, folder: Path
    ) -> None:
        far = "999,Far away,900000,900000,Primary,50,0.2,0\n"
        (folder / "far.csv").write_text(HEADER + "".join(rows(24)) + far, encoding="utf-8")
        assert run(schools="far.csv").exit_code == 3
        answer = run(schools="far.csv", policy="[clusters]\nmay_leave_over = true\n")
        assert answer.exit_code == 0, answer.output
        assert "Left out: Far away (999)." in answer.output
        assert [left["id"] for left in report(folder)["left_out"]] == ["999"]
        assert sum(len(ids) for ids in clusters(folder).values()) == 24

    def test_locks_flows_present_clusters_and_a_matrix(self, run: Run, folder: Path) -> None:
        current = "cluster,id\n" + "".join(f"{'East' if k < 12 else 'West'},{100 + k}\n"
                                           for k in range(24))  # fmt: skip
        result = run(
            policy="[clusters]\nsize = [5, 12]\n[travel]\nunit = 'minutes'\n"
            "[weights]\nchange = 1\nflow = 0.1\n",
            locks="kind,id,other\ntogether,100,111\napart,101,102\nfixed,105,East\n",
            flows="from,to,pupils\n100,101,5\n100,123,5\n",
            travel="from,to,minutes\n100,101,3\n101,100,9\n",
            current=current,
        )
        assert result.exit_code == 0, result.output
        found = clusters(folder)
        where = {i: label for label, members in found.items() for i in members}
        assert where["100"] == where["111"] and where["101"] != where["102"]
        assert where["105"] == "East"
        told = report(folder)
        assert set(told["moved"]) == {
            i for i, label in where.items() if label != ("East" if int(i) < 112 else "West")
        }
        assert 0 <= told["flow_kept_share"] <= 1
        today = told["level"]["today"]
        assert (today["n_clusters"], today["same_schools"]) == (2, True)
        assert today["broken"] == {"apart": 1}
        assert len(told["level"]["worst_off"]["schools"]) == 3

    def test_real_schools_of_lincolnshire(self, folder: Path, run: Run) -> None:
        real = SHARED / "data" / "formation" / "lincolnshire_99.csv"
        if not real.exists():
            pytest.skip("the shared file formation/lincolnshire_99.csv is absent")
        (folder / "schools.csv").write_bytes(real.read_bytes())
        result = run(policy="[clusters]\ncount = 14\n[travel]\nlimit_minutes = 0\n")
        assert result.exit_code == 0, result.output
        told = report(folder)
        assert told["objective"] == pytest.approx(848.36, abs=0.01)
        assert told["bound"] == pytest.approx(848.36, abs=0.01)
        assert plain_objective(clusters(folder), positions(real)) == pytest.approx(
            told["objective"]
        )


class TestNoAnswer:
    def test_says_which_rules_conflict_and_still_writes_the_report(
        self, run: Run, folder: Path
    ) -> None:
        result = run(policy="[clusters]\ncount = 9\n")
        assert result.exit_code == 3
        assert "number of clusters" in result.stderr
        told = report(folder)
        assert {entry["rule"] for entry in told["infeasible"]} == {"count", "size"}
        assert told["objective"] is None and not (folder / "out.csv").exists()

    def test_pyramids_without_a_secondary_are_impossible(self, run: Run, folder: Path) -> None:
        result = run(policy="[require]\npyramid = true\n")
        assert result.exit_code == 3
        assert result.stderr.startswith("There is no secondary or all-through school in the list")
        assert len(result.stderr.splitlines()) == 1 and "clusters," not in result.output
        assert [entry["rule"] for entry in report(folder)["infeasible"]] == ["pyramid"]
        assert not (folder / "out.csv").exists()

    def test_everybody_left_out_is_no_success_and_no_flood(self, run: Run, folder: Path) -> None:
        far = "900,High School,900000,900000,Secondary,900,0.1,0\n"
        (folder / "schools.csv").write_text(HEADER + "".join(rows(24)) + far, encoding="utf-8")
        result = run(policy="[require]\npyramid = true\n")
        assert result.exit_code == 4
        said = result.stderr.splitlines()
        assert said[0].startswith("No clusters came out") and said[0].endswith("Schools: 25.")
        assert len(said) == 12 and said[-1] == "… and 15 more; see the report"
        assert len(report(folder)["infeasible"]) == 25 and not (folder / "out.csv").exists()

    def test_a_coordinate_is_asked_for_in_plain_numbers(self, run: Run, folder: Path) -> None:
        line = "100,X,1e9,1,Primary,1,0.1,0\n"
        (folder / "schools.csv").write_text(HEADER + line, encoding="utf-8")
        assert "from -5,000,000 to 5,000,000." in run().stderr


class TestWords:
    @pytest.mark.parametrize(
        ("gap", "proven", "said"),
        [
            (0.0, True, "the best there is (proved)"),
            (0.2, False, "no arrangement could be more than 20.00 % better"),
            (1.0, False, "no useful bound was found, so nothing is known of better ones"),
        ],
    )
    def test_how_good_it_is(self, gap: float, proven: bool, said: str) -> None:
        schools = tuple(made_school(k, k, 0) for k in range(5))
        made = propose(Instance(schools=schools))
        assert proof(replace(made, gap_share=gap, proven=proven)) == said


class TestBadInput:
    @pytest.mark.parametrize(
        ("files", "said"),
        [
            ({"policy": "[clusters]\nsise = [5, 9]\n"}, ["clusters.sise", "size"]),
            ({"policy": "[clusters]\nsize = [9, 5]\n"}, ["clusters.size", "[9, 5]"]),
            ({"policy": "[travel]\nunit = 'miles'\n"}, ["travel.unit", "miles", "minutes"]),
            ({"policy": "[travel\n"}, ["policy.toml", "TOML"]),
            ({"travel": "from,to,minutes\n100,101,soon\n"}, ["Line: 2", "minutes", '"soon"']),
            ({"travel": "from,to\n100,101\n"}, ["travel.csv", "minutes"]),
            ({"flows": "from,to,pupils\n100,999,4\n"}, ["Line: 2", "to", '"999"']),
            ({"links": "from,to,weight\n100,101,-1\n"}, ["Line: 2", "weight", '"-1"']),
            ({"locks": "kind,id,other\nbeside,100,101\n"}, ["Line: 2", "kind", '"beside"']),
            ({"locks": "kind,id,other\nfixed,100,Nowhere\n"}, ["Line: 2", '"Nowhere"']),
            ({"current": "cluster,id\nA,100\nB,100\n"}, ["Line: 3", "cluster", '"B"']),
        ],
    )
    def test_is_told_by_place_and_nothing_is_written(
        self, run: Run, folder: Path, files: dict[str, str], said: list[str]
    ) -> None:
        result = run(**files)
        assert result.exit_code == 2
        assert all(part in result.stderr for part in said), result.stderr
        assert not (folder / "out.csv").exists() and not (folder / "report.json").exists()

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("200,X,east,1,Primary,1,0.1,0\n", ["Line: 26", "easting", '"east"']),
            ("200,X,1,1,Primary,1,12,0\n", ["Line: 26", "fsm_share", '"12"']),
            ("200,X,1,1,Primary,1,0.1,perhaps\n", ["Line: 26", "strong", '"perhaps"']),
            ("100,X,1,1,Primary,1,0.1,0\n", ["Line: 26", "id", '"100"', "line 2"]),
            (",X,1,1,Primary,1,0.1,0\n", ["Line: 26", "id"]),
            ("200,X,1,1,Primary,1\n", ["Line: 26", "6 values"]),
        ],
    )
    def test_in_the_schools(self, run: Run, folder: Path, line: str, said: list[str]) -> None:
        with (folder / "schools.csv").open("a", encoding="utf-8") as file:
            file.write(line)
        result = run()
        assert result.exit_code == 2
        assert all(part in result.stderr for part in said), result.stderr
        assert not (folder / "report.json").exists()

    def test_a_folder_that_is_not_there(self, run: Run, folder: Path) -> None:
        result = run("--out", str(folder / "nowhere" / "out.csv"))
        assert result.exit_code == 2 and "nowhere" in result.stderr
        assert not (folder / "report.json").exists()


class TestByItself:
    def test_needs_neither_django_nor_a_database(self, folder: Path) -> None:
        code = (
            "import sys\nfrom clusterwork.cli import app\n"
            "app(sys.argv[1:], standalone_mode=False)\n"
            "assert not [name for name in sys.modules if name.split('.')[0] == 'django']\n"
        )
        arguments = ["form", "schools.csv", "--out", "out.csv", "--report", "report.json"]
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments, "--time-limit", "2"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        assert (folder / "out.csv").exists()

"""Which parts of a plan each paper holds."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clusterwork.plans.rules.extracts import for_payer, for_school, for_strand, pence_of

SCHOOLS = st.integers(1, 5)
EMPTY: dict[str, Any] = {
    name: []
    for name in (
        "priorities", "strands", "actions", "milestones", "posts", "payers", "budget_lines",
        "outcomes", "targets", "definitions",
    )
}  # fmt: skip


@st.composite
def contents(draw) -> dict[str, Any]:
    """Actions of schools in strands, with budget lines of payers."""
    strands = [f"s{n}" for n in range(draw(st.integers(0, 3)))]
    payers = [f"p{n}" for n in range(draw(st.integers(1, 3)))]
    actions = [
        {
            "uid": f"a{n}",
            "strand": draw(st.sampled_from([None, *strands])),
            "priority": None,
            "schools": draw(st.lists(SCHOOLS, unique=True, max_size=3)),
            "owner_school": draw(st.none() | SCHOOLS),
        }
        for n in range(draw(st.integers(0, 8)))
    ]
    lines = [
        {
            "uid": f"l{n}",
            "action": draw(st.sampled_from([each["uid"] for each in actions])),
            "school": draw(st.none() | SCHOOLS),
            "amount_pence": draw(st.integers(0, 10_000)),
            "shares": [{"payer": draw(st.sampled_from(payers)), "share": "0.5"}],
        }
        for n in range(draw(st.integers(0, 6)) if actions else 0)
    ]
    return {
        **EMPTY,
        "strands": [{"uid": each, "priorities": []} for each in strands],
        "payers": [{"uid": each} for each in payers],
        "actions": actions,
        "budget_lines": lines,
    }


def uids(content: dict[str, Any], section: str) -> list[str]:
    return [each["uid"] for each in content[section]]


class TestForASchool:
    @given(contents(), SCHOOLS)
    def test_holds_each_of_its_actions_once_and_no_others(self, content, school):
        mine = [
            each["uid"]
            for each in content["actions"]
            if not each["schools"] or school in each["schools"] or school == each["owner_school"]
        ]
        assert uids(for_school(content, school), "actions") == mine

    @given(contents())
    def test_every_action_with_schools_is_in_somebodys_paper(self, content):
        named = {school for each in content["actions"] for school in each["schools"]}
        held = {uid for school in named for uid in uids(for_school(content, school), "actions")}
        assert {e["uid"] for e in content["actions"] if e["schools"]} <= held


class TestForAStrand:
    @given(contents())
    def test_the_strands_and_the_rest_share_the_actions_out(self, content):
        held = [uid for each in content["strands"]
                for uid in uids(for_strand(content, each["uid"]), "actions")]  # fmt: skip
        loose = [each["uid"] for each in content["actions"] if each["strand"] is None]
        assert sorted(held + loose) == sorted(uids(content, "actions"))


class TestForAPayer:
    @given(contents())
    def test_holds_what_it_pays_for_and_nothing_else(self, content):
        for payer in content["payers"]:
            cut = for_payer(content, payer["uid"])
            assert {each["action"] for each in cut["budget_lines"]} == set(uids(cut, "actions"))
            assert all(pence_of(each, payer["uid"]) >= 0 for each in cut["budget_lines"])
            assert len(uids(cut, "budget_lines")) == len(set(uids(cut, "budget_lines")))

    def test_a_share_of_a_line_is_in_whole_pence(self):
        line = {"amount_pence": 12_550, "shares": [{"payer": "p", "share": "0.6"}]}
        assert pence_of(line, "p") == 7_530
        assert pence_of(line, "other") == 0

    @given(contents())
    def test_steps_that_an_action_leads_to_come_with_it(self, content):
        if not content["budget_lines"]:
            return
        line = content["budget_lines"][0]
        steps = [
            {"uid": "o1", "action": line["action"], "comes_from": []},
            {"uid": "o2", "action": None, "comes_from": [{"before": "o1"}]},
            {"uid": "o3", "action": None, "comes_from": []},
        ]
        cut = for_payer({**content, "outcomes": steps}, line["shares"][0]["payer"])
        assert uids(cut, "outcomes") == ["o1", "o2"]

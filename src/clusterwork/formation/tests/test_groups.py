"""Forming each authority by itself: nothing is lost, and together it is one answer."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.formation import Flow, Instance, Link, Locks, Policy, School, propose
from clusterwork.formation.groups import (
    CountCannotBeShared,
    Formed,
    PyramidsAreNotShared,
    form_group,
    form_groups,
    grouped,
    local,
    part_of,
    share_count,
    total_of,
)
from clusterwork.formation.groups.counts import apportioned
from clusterwork.formation.tests.made import school

FREE = Policy(size=(3, 5), best_size=(3, 5), limit_minutes=0)


def town(first: int, n: int, authority: str, north: float = 0.0) -> list[School]:
    return [
        school(first + k, (k * 7) % 13, north + (k * 5) % 11, authority=authority) for k in range(n)
    ]


NORTH, SOUTH = town(100, 9, "North", 60), town(200, 12, "South")
WHOLE = Instance(schools=(*NORTH, *SOUTH), policy=FREE)


def formed(whole: Instance = WHOLE, **more: object) -> dict[str, Formed]:
    groups = grouped(whole.schools)
    found = form_groups(groups, whole, **{"time_limit_s": 20, "seed": 1, **more})  # type: ignore[arg-type]
    assert [one.group for one in found] == list(groups)
    return {one.group: one for one in found}


def alone(whole: Instance, group: str) -> Formed:
    there = grouped(whole.schools)[group]
    return form_group(group, there, whole, whole.policy, time_limit_s=20, seed=1)


def each(whole: Instance = WHOLE) -> dict[str, Formed]:
    """As `formed`, without processes."""
    groups = grouped(whole.schools)
    policies = share_count(whole.policy, {group: len(there) for group, there in groups.items()})
    return {
        group: form_group(group, there, whole, policies[group], time_limit_s=20, seed=1)
        for group, there in groups.items()
    }


def plain(one: Formed) -> Formed:
    """Without the seconds that it took."""
    report = {key: value for key, value in json.loads(one.report).items() if key != "seconds"}
    return replace(one, seconds=0.0, report=json.dumps(report))


def clusters_of(one: Formed) -> set[str | None]:
    return {place.cluster for place in one.places}


class TestEachByItself:
    def test_in_processes_it_is_what_each_gives_alone(self) -> None:
        found = formed(workers=2)
        assert {group: plain(one) for group, one in found.items()} == {
            group: plain(alone(WHOLE, group)) for group in ("North", "South")
        }
        for group, there in (("North", NORTH), ("South", SOUTH)):
            direct = propose(Instance(tuple(there), FREE), time_limit_s=20, seed=1)
            assert found[group].objective == pytest.approx(direct.objective)
            assert found[group].proven and direct.proven

    def test_every_school_is_in_one_row_whatever_happens(self) -> None:
        odd = [school(301, 0, 0, authority="West"), school(401, 0, 0)]
        found = each(replace(WHOLE, schools=(*WHOLE.schools, *odd)))
        rows = [place.id for one in found.values() for place in one.places]
        assert sorted(rows) == sorted(s.id for s in (*NORTH, *SOUTH, *odd))
        assert [found[g].outcome for g in ("", "North", "South", "West")] == [
            "unusable", "formed", "formed", "impossible",
        ]  # fmt: skip
        for group in ("", "West"):
            (place,) = found[group].places
            assert place.cluster is None and place.reason == found[group].message != ""
            assert json.loads(found[group].report)["message"] == place.reason

    def test_names_of_clusters_are_nobody_elses(self) -> None:
        today = {s.id: "Valley" for s in (*NORTH[:4], *SOUTH[:4])}
        today |= {s.id: "North 1" for s in SOUTH[4:8]}
        found = each(replace(WHOLE, current=today))
        names = [clusters_of(one) for one in found.values()]
        assert not names[0] & names[1]
        assert {"Valley (North)", "North 2"} <= names[0] and {"Valley (South)", "North 1"} <= names[
            1
        ]

    def test_the_order_of_the_schools_changes_nothing(self) -> None:
        back = replace(WHOLE, schools=WHOLE.schools[::-1])
        assert plain(alone(back, "South")) == plain(alone(WHOLE, "South"))

    def test_a_fault_in_one_costs_the_others_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object, **__: object) -> None:
            raise ZeroDivisionError("by nought")

        monkeypatch.setattr("clusterwork.formation.groups.forming.propose", broken)
        one = alone(WHOLE, "North")
        assert one.outcome == "failed" and "ZeroDivisionError: by nought" in one.message
        assert {place.id for place in one.places} == {s.id for s in NORTH}

    def test_asked_to_stop_each_gives_what_it_has(self) -> None:
        found = formed(should_stop=lambda: True, time_limit_s=600)
        assert {one.outcome for one in found.values()} <= {"formed", "not found"}

    def test_tells_of_each_as_it_is_done(self) -> None:
        told: list[Formed] = []
        found = formed(tell=told.append, workers=1)
        assert [one.group for one in told] == ["South", "North"]
        assert {one.group: one for one in told} == found


_WORK = local._work


def _ended_from_outside(job: local.Job) -> Formed:
    if job.group == "North":
        os.kill(os.getpid(), signal.SIGKILL)
    return _WORK(job)


class TestProcessesThatEnd:
    def test_the_others_are_formed_and_the_lost_one_is_told(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("clusterwork.formation.groups.local._work", _ended_from_outside)
        found = formed(workers=2)
        assert found["South"].outcome == "formed"
        assert found["North"].outcome == "failed" and "memory" in found["North"].message
        assert len(found["North"].places) == len(NORTH)


class TestWhatIsKnownOfAll:
    known = replace(
        WHOLE,
        minutes={("100", "101"): 4.0, ("100", "200"): 5.0},
        flows=(Flow("100", "101", 3), Flow("100", "200", 4)),
        links=(Link("200", "201", 2), Link("100", "201", 2)),
        locks=Locks((("200", "201"),), (("100", "200"), ("100", "101")), {"102": "100"}),
    )

    def test_each_group_sees_its_own(self) -> None:
        north = part_of(self.known, "North", NORTH, FREE)
        assert north.minutes == {("100", "101"): 4.0} and north.flows == (Flow("100", "101", 3),)
        assert north.links == () and north.locks == Locks((), (("100", "101"),), {"102": "100"})

    @pytest.mark.parametrize(
        ("locks", "current", "groups"),
        [
            (Locks(together=(("200", "100"),)), {}, {"North", "South"}),
            (Locks(fixed={"100": "200"}), {}, {"North"}),
            (Locks(fixed={"100": "Bay"}), {"200": "Bay"}, {"North"}),
        ],
    )
    def test_a_lock_that_leads_out_is_told_and_not_forgotten(
        self, locks: Locks, current: dict[str, str], groups: set[str]
    ) -> None:
        whole = replace(WHOLE, locks=locks, current=current)
        found = {group: alone(whole, group) for group in ("North", "South")}
        assert {group for group, one in found.items() if one.outcome == "unusable"} == groups
        assert "100" in found["North"].message and "Locks lead out" in found["North"].message

    def test_a_cluster_of_today_over_the_border_may_still_be_a_place(self) -> None:
        today = {s.id: "Bay" for s in (*NORTH[:3], *SOUTH[:3])}
        whole = replace(WHOLE, locks=Locks(fixed={NORTH[5].id: "Bay"}), current=today)
        north = alone(whole, "North")
        at = {place.id: place.cluster for place in north.places}
        assert at[NORTH[5].id] == "Bay (North)"


class TestNumberOfClusters:
    def test_is_shared_by_schools_and_kept_in_all(self) -> None:
        for count in ((5, 5), (4, 6)):
            found = each(replace(WHOLE, policy=replace(FREE, count=count)))
            assert count[0] <= sum(one.n_clusters for one in found.values()) <= count[1]
            assert all(one.outcome == "formed" for one in found.values())

    def test_is_refused_where_it_cannot_be(self) -> None:
        for count in (4, 8):
            policy = replace(FREE, count=(count, count))
            with pytest.raises(CountCannotBeShared) as caught:
                share_count(policy, {"North": 9, "South": 12})
            assert "there can be: 5 to 7." in str(caught.value)
        with pytest.raises(PyramidsAreNotShared):
            share_count(replace(FREE, pyramid=True, count=(4, 4)), {"North": 9})

    def test_too_few_for_all_are_shared_where_schools_may_be_left_over(self) -> None:
        policy = replace(FREE, count=(3, 3), may_leave_over=True)
        shared = share_count(policy, {"North": 9, "South": 12})
        assert {group: own.count for group, own in shared.items()} == {
            "North": (1, 1), "South": (2, 2),
        }  # fmt: skip
        found = each(replace(WHOLE, policy=policy))
        assert [one.n_clusters for one in found.values()] == [1, 2]
        left = [place for place in found["North"].places if place.cluster is None]
        assert len(left) == 4 and all(place.reason for place in left)

    def test_without_a_number_all_have_the_same_policy(self) -> None:
        assert share_count(FREE, {"North": 9, "": 2}) == {"North": FREE, "": FREE}

    def test_who_has_no_room_takes_no_part(self) -> None:
        shared = share_count(
            replace(FREE, count=(5, 5)), {"": 7, "North": 9, "South": 12, "West": 2}
        )
        assert {group: policy.count for group, policy in shared.items()} == {
            "": None, "North": (2, 2), "South": (3, 3), "West": None,
        }  # fmt: skip

    @given(
        st.lists(st.integers(3, 200), min_size=1, max_size=12),
        st.integers(0, 100),
        st.integers(0, 100),
    )
    def test_any_number_with_room_is_met_exactly(
        self, sizes: list[int], low: int, more: int
    ) -> None:
        groups = {f"{k:02}": n for k, n in enumerate(sizes)}
        least = sum(-(-n // 5) for n in sizes)
        most = sum(n // 3 for n in sizes)
        count = (least + (most - least) * low // 100, 0)
        count = (count[0], count[0] + more)
        shared = [p.count for p in share_count(replace(FREE, count=count), groups).values()]
        assert sum(low for low, _ in shared) == count[0]
        assert sum(high for _, high in shared) == min(count[1], most)
        for (low, high), n in zip(shared, sizes, strict=True):
            assert -(-n // 5) <= low <= high <= n // 3

    def test_shares_are_those_of_webster(self) -> None:
        # Balinski and Young (2001), Fair Representation, table 5.1: 26 seats for five states.
        weights = {"A": 9061, "B": 7179, "C": 5259, "D": 3319, "E": 1182}
        nothing, all_ = dict.fromkeys(weights, 0), dict.fromkeys(weights, 26)
        assert apportioned(26, weights, nothing, all_) == {"A": 9, "B": 8, "C": 5, "D": 3, "E": 1}


class TestTogether:
    def test_objective_bound_and_places_add_up(self) -> None:
        found = [*each(replace(WHOLE, schools=(*WHOLE.schools, school(1, 0, 0)))).values()]
        total = total_of(found)
        assert total.n_schools == 22 and total.n_placed == 21 and total.n_without == 1
        assert total.objective == pytest.approx(sum(one.objective or 0 for one in found))
        assert total.bound <= total.objective + 1e-9 and not total.proven

    def test_is_no_better_than_all_at_once(self) -> None:
        few = replace(WHOLE, schools=(*NORTH[:6], *SOUTH[:6]))
        free = propose(few, time_limit_s=20, seed=1)
        assert total_of([*each(few).values()]).objective >= free.bound - 1e-6

    def test_nothing_comes_of_nothing(self) -> None:
        assert formed(Instance(schools=())) == {}
        assert total_of([]).objective == 0

"""The same school over time, through predecessors and successors, cycles and all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.registry.models import School, SchoolLink
from clusterwork.registry.rules.chains import edges_back, walk
from clusterwork.registry.selectors.chains import (
    earlier_numbers,
    predecessor_chain,
    same_school_over_time,
)
from clusterwork.registry.services import lists
from clusterwork.registry.tests.made import TODAY, real, school

NUMBERS = st.sampled_from([str(n) for n in range(100_001, 100_009)])


def link(number: str, other: str, kind: str = "predecessor") -> SchoolLink:
    return SchoolLink.objects.create(
        number=number, other_number=other, kind=kind, link_type=kind.title(), other_name=other
    )


class TestWalk:
    @given(st.lists(st.tuples(NUMBERS, NUMBERS, st.sampled_from(["predecessor", "successor"]))))
    def test_always_ends_and_never_gives_the_start(self, links: list[tuple[str, str, str]]) -> None:
        found = walk("100001", edges_back(links))
        assert "100001" not in found
        assert all(steps > 0 for steps in found.values())

    def test_reads_a_link_from_either_side(self) -> None:
        one = edges_back([("2", "1", "predecessor")])
        other = edges_back([("1", "2", "successor")])
        assert one == other == {"2": ["1"]}


@pytest.mark.django_db
class TestTheSameSchoolOverTime:
    @pytest.fixture
    def today(self) -> School:
        return school(urn=100_003, name="Today")

    def test_a_school_without_links_is_itself(self, today: School) -> None:
        assert [identity.number for identity in same_school_over_time(today)] == ["100003"]

    def test_leads_through_schools_that_are_not_held(self, today: School) -> None:
        link("100003", "100002")
        link("100001", "100002", "successor")
        link("100003", "100004", "successor")
        found = same_school_over_time(today)
        assert [(i.number, i.steps) for i in found] == [
            ("100001", -2),
            ("100002", -1),
            ("100003", 0),
            ("100004", 1),
        ]
        assert [i.number for i in predecessor_chain(today)] == ["100002", "100001"]

    def test_each_has_the_link_that_joins_it_to_the_next(self, today: School) -> None:
        for number, other, kind, day in (
            ("100003", "100002", "successor", date(2017, 9, 1)),
            ("100002", "100003", "predecessor", date(2017, 9, 1)),
            ("100002", "100001", "successor", date(2022, 2, 1)),
            ("100001", "100002", "predecessor", date(2022, 2, 1)),
            ("100004", "100003", "successor", date(2009, 9, 1)),
        ):
            found = link(number, other, kind)
            SchoolLink.objects.filter(pk=found.pk).update(on=day)
        told = [(i.number, i.link_type, i.on) for i in same_school_over_time(today)]
        assert told == [
            ("100004", "Predecessor", date(2009, 9, 1)),
            ("100003", "", None),
            ("100002", "Successor", date(2017, 9, 1)),
            ("100001", "Successor", date(2022, 2, 1)),
        ]

    def test_ends_on_a_cycle(self, today: School) -> None:
        for number, other in (("100003", "100002"), ("100002", "100001"), ("100001", "100003")):
            link(number, other)
        found = same_school_over_time(today)
        assert sorted(i.number for i in found) == ["100001", "100002", "100003"]

    def test_of_two_that_merged_each_came_before(self, today: School) -> None:
        link("100003", "100001")
        link("100003", "100002")
        assert [i.number for i in predecessor_chain(today)] == ["100002", "100001"]

    def test_other_kinds_of_link_do_not_make_a_school_another(self, today: School) -> None:
        link("100003", "100002", "sixth_form")
        assert predecessor_chain(today) == ()

    def test_asks_the_database_three_times_at_most(
        self, today: School, django_assert_max_num_queries: Any
    ) -> None:
        for n in range(100_010, 100_030):
            link(str(n), str(n + 1))
        link("100003", "100010")
        with django_assert_max_num_queries(3):
            assert len(same_school_over_time(today)) == 22

    @pytest.mark.real_data
    def test_the_real_links_with_their_cycles(self) -> None:
        lists.load_links(real("gias_links.csv.gz"), by=None, today=TODAY)
        chains = earlier_numbers(SchoolLink.objects.values_list("number", flat=True).distinct())
        assert max(len(chain) for chain in chains.values()) < 30
        weyford = school(urn=148_215, name="Weyford Nursery and Primary Academy")
        assert [i.number for i in predecessor_chain(weyford)] == ["116018", "115961"]

"""Which schools would be in two clusters of one programme at a time."""

import datetime as dt
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from clusterwork.clusters.rules.clashing import Clash, Stay, clashes_among, common
from clusterwork.clusters.rules.spans import Span, overlap

DAY = dt.date(2027, 1, 1)
DAYS = st.integers(0, 30).map(lambda n: DAY + dt.timedelta(days=n))
LATER = DAYS.map(lambda day: day + dt.timedelta(days=40))
SPANS = st.builds(Span, DAYS, st.none() | LATER)
SHORT = st.builds(lambda day, n: Span(day, day + dt.timedelta(days=n)), DAYS, st.integers(1, 9))
STAYS = st.lists(st.builds(Stay, st.integers(1, 3), st.integers(1, 4), SPANS | SHORT), max_size=9)


def days(first, last):
    return Span(DAY + dt.timedelta(days=first), DAY + dt.timedelta(days=last))


class TestClashes:
    def test_a_school_that_changes_its_cluster_on_a_day_does_not_clash(self):
        assert clashes_among([Stay(1, 1, days(0, 5)), Stay(1, 2, days(5, 9))]) == []

    def test_a_day_too_long_does(self):
        found = clashes_among([Stay(1, 1, days(0, 6)), Stay(1, 2, days(5, 9))])
        assert found == [Clash(1, 1, 2, DAY + dt.timedelta(days=5))]

    def test_a_short_stay_within_a_long_one_is_not_overlooked(self):
        stays = [Stay(1, 1, days(0, 30)), Stay(1, 2, days(1, 3)), Stay(1, 3, days(10, 12))]
        assert [each.other for each in clashes_among(stays)] == [2, 3]

    def test_two_schools_in_two_clusters_are_no_clash(self):
        assert clashes_among([Stay(1, 1, days(0, 9)), Stay(2, 2, days(0, 9))]) == []

    @given(STAYS)
    def test_names_exactly_the_schools_with_two_overlapping_stays(self, stays):
        plainly = {
            one.school
            for one, other in combinations(stays, 2)
            if one.school == other.school and overlap(one.span, other.span)
        }
        assert {each.school for each in clashes_among(stays)} == plainly

    @given(SPANS | SHORT, SPANS | SHORT)
    def test_common_days_are_those_of_both(self, one, other):
        shared = common(one, other)
        assert (shared is not None) == overlap(one, other)
        if shared:
            inside = (shared.start, min(shared.last, dt.date.max) - dt.timedelta(days=1))
            assert all(span.start <= day < span.last for span in (one, other) for day in inside)

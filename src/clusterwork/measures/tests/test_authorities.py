"""An authority's figures: all its schools, each once, and nothing that gives one away."""

import pytest

from clusterwork.clusters.tests.made import authority, school
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.measures.models import Measure
from clusterwork.measures.permissions.authorities import authority_to_see
from clusterwork.measures.services.authorities import authority_figures
from clusterwork.measures.tests.made import TODAY
from clusterwork.measures.tests.test_profiles import YEAR, County, nobody_works_out_a_figure
from clusterwork.registry.models import SchoolLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return County()


def cell(county, measure=None):
    (of,) = authority_figures(
        authority=county.authority, measures=[measure or county.excluded], years=(YEAR,)
    )
    return of.line[YEAR]


class TestAnAuthoritysFigures:
    def test_are_of_all_its_schools_whatever_their_clusters(self, county):
        county.figures(13, 12, 20, 9, 14, 30, 8)
        county.figure(county.outside, 10)
        told = cell(county)
        assert (told.value, told.rolled.n_in) == (116, 8)

    def test_are_weighted_by_the_numbers_counted(self, county):
        share = Measure.objects.get(code="ks2-maths-expected", organisation=None)
        county.figure(county.own, 60, share, is_public=True, denominator=10)
        county.figure(county.outside, 90, share, is_public=True, denominator=20)
        told = cell(county, share)
        assert (told.value, told.rolled.denominator) == (80, 30)

    def test_leave_out_schools_of_other_authorities(self, county):
        elsewhere = school(authority("926", "Norfolk"), 126_001, "Diss")
        county.figures(13, 12, 20, 9, 14, 30, 8)
        county.figure(elsewhere, 50)
        assert cell(county).value == 106

    def test_hide_where_a_school_follows_from_them(self, county):
        county.figure(county.own, 12)
        county.figure(county.outside, 30)
        told = cell(county)
        assert (told.value, told.symbol, told.rolled.denominator) == (None, "c", None)

    def test_hide_what_the_strictest_programme_of_its_schools_hides(self, county):
        county.programme(smallest=12)
        county.figures(1, 2, 1, 1, 2, 1, 1)
        assert cell(county).symbol == "c"

    def test_give_no_figure_away_beside_the_clusters_total(self, county):
        county.figures(13, 12, 20, 9, 14, 30, 8)
        county.profile()
        county.figure(county.outside, 40)
        cell(county)
        nobody_works_out_a_figure(county)

    def test_hold_for_a_school_that_came_out_of_two(self, county):
        before = [school(county.authority, 110_500 + n, f"Old {n}") for n in range(2)]
        for each in before:
            SchoolLink.objects.create(
                number=county.own.number, other_number=each.number, kind="predecessor",
                link_type="Predecessor",
            )  # fmt: skip
            county.figure(each, 11)
        county.figure(county.outside, 30)
        assert cell(county).value is None


class TestWhoReadsThem:
    def test_its_officers_and_the_heads_of_its_schools(self, county):
        for person in (county.officer, county.head, county.outside_head):
            assert authority_to_see(person, county.authority.pk, TODAY) == county.authority

    def test_nobody_of_another_authority(self, county):
        elsewhere = authority("926", "Norfolk")
        with pytest.raises(NotAllowed) as caught:
            authority_to_see(county.head, elsewhere.pk, TODAY)
        assert caught.value.why and caught.value.next_step
        with pytest.raises(NotThere):
            authority_to_see(county.head, 999_999, TODAY)

"""What a cluster sees of its figures: each its own, what is released, and harmless totals."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from clusterwork.clusters.models import Cluster, Membership, Participation, Programme
from clusterwork.clusters.tests.made import school
from clusterwork.kernel.tests.attacker import range_of
from clusterwork.measures.models import Figure, Measure, Release, Told
from clusterwork.measures.rules.rolling import By
from clusterwork.measures.selectors.around import AUTHORITY, CLUSTER, PROGRAMME
from clusterwork.measures.services.profiles import cluster_profile, programme_figures
from clusterwork.measures.tests.made import NOW, TODAY, Place, own_measure
from clusterwork.registry.models import SchoolLink

pytestmark = pytest.mark.django_db
YEAR = 2026
YEAR_END = dt.date(2026, 7, 31)


class County(Place):
    """Five more schools in the cluster, and a measure of pupils that schools keep to themselves."""

    def __init__(self):
        super().__init__()
        names = ("Dorrington", "Ewerby", "Folkingham", "Gosberton", "Helpringham")
        more = [school(self.authority, 130_000 + n, name) for n, name in enumerate(names)]
        for each in more:
            self.join(self.cluster, each)
        self.members = [self.own, self.other, *more]
        self.excluded = own_measure(
            self.organisation, code="excluded", name="Pupils excluded", unit="pupils", way="sum",
            decimals=0, most=None, covers="school_year", codes=["SUPP", "x"],
        )  # fmt: skip

    def join(self, cluster, each, start=dt.date(2024, 9, 1), end=None):
        return Membership.objects.create(cluster=cluster, school=each, start_on=start, end_on=end)

    def figure(self, of, value, measure=None, on=YEAR_END, code="", **facts):
        return Figure.objects.create(
            school=of, measure=measure or self.excluded, on=on, entered_at=NOW, origin="form",
            value=None if value is None else Decimal(str(value)), code=code, **facts,
        )  # fmt: skip

    def figures(self, *values):
        return [self.figure(each, n) for each, n in zip(self.members, values, strict=True)]

    def release(self, of):
        return Release.objects.create(school=of, cluster=self.cluster, by=self.head, at=NOW)

    def programme(self, smallest=5):
        found = Programme.objects.create(
            organisation=self.organisation, name="Rural", starts_on=dt.date(2024, 9, 1),
            smallest_number=smallest,
        )  # fmt: skip
        Participation.objects.create(
            cluster=self.cluster, programme=found, start_on=dt.date(2024, 9, 1)
        )
        return found

    def profile(self, person=None, measure=None, years=(YEAR,), **facts):
        return cluster_profile(
            cluster=facts.pop("cluster", self.cluster), measures=[measure or self.excluded],
            years=years, day=TODAY, person=person, **facts,
        ).measures[0]  # fmt: skip


@pytest.fixture
def county():
    return County()


def line(found, kind, year=YEAR):
    return next(cells[year] for whose, cells in found.groups.items() if whose.kind == kind)


class TestWhoSeesWhat:
    def test_each_its_own_and_the_total(self, county):
        county.figures(3, 12, 20, 9, 14, 30, 8)
        found = county.profile(county.head)
        assert found.schools[county.own.pk][YEAR].value == 3
        assert found.schools[county.other.pk][YEAR].is_private
        assert found.cluster[YEAR].value == 96
        assert found.cluster[YEAR].rolled.n_in == 7

    def test_others_as_soon_as_they_are_released(self, county):
        county.figures(3, 12, 20, 9, 14, 30, 8)
        county.release(county.other)
        found = county.profile(county.head)
        assert found.schools[county.other.pk][YEAR].value == 12

    def test_a_released_small_number_hides_from_others(self, county):
        county.figures(3, 12, 20, 9, 14, 30, 8)
        county.release(county.own)
        assert county.profile(county.other_head).schools[county.own.pk][YEAR].symbol == "c"
        assert county.profile(county.head).schools[county.own.pk][YEAR].value == 3

    def test_published_figures_are_everybodys(self, county):
        county.figure(county.other, 3, is_public=True)
        assert county.profile(county.head).schools[county.other.pk][YEAR].value == 3
        assert not Told.objects.exists()


class TestTotalsTellNoMore:
    def test_two_schools_have_no_total(self, county):
        county.figure(county.own, 12)
        county.figure(county.other, 30)
        cell = county.profile(county.head).cluster[YEAR]
        assert (cell.value, cell.symbol) == (None, "c")
        assert cell.rolled.value is None
        assert cell.rolled.n_in == 2

    def test_a_total_once_told_keeps_the_last_school_hidden(self, county):
        county.figures(12, 12, 20, 9, 14, 30, 8)
        assert county.profile().cluster[YEAR].value == 105
        for each in county.members[1:]:
            county.release(each)
        found = county.profile(county.head)
        shown = [
            cell[YEAR].figures
            for pk, cell in found.schools.items()
            if cell[YEAR].value is not None and pk != county.own.pk
        ]
        assert len(shown) < 6
        nobody_works_out_a_figure(county)

    def test_a_late_figure_is_not_the_difference_of_two_totals(self, county):
        for each in county.members[:6]:
            county.figure(each, 20)
        assert county.profile().cluster[YEAR].value == 120
        county.figure(county.members[6], 33)
        cell = county.profile().cluster[YEAR]
        assert (cell.value, cell.rolled.n_in, cell.rolled.n_left_out) == (120, 6, 1)
        nobody_works_out_a_figure(county)

    def test_reading_again_says_the_same_and_keeps_nothing_new(self, county):
        county.figures(3, 12, 20, 9, 14, 30, 8)
        county.release(county.other)
        first = county.profile()
        n = Told.objects.count()
        assert county.profile() == first
        assert Told.objects.count() == n

    def test_a_released_figure_is_no_total_of_one_school(self, county):
        county.figure(county.own, 12)
        county.release(county.own)
        found = county.profile(county.other_head)
        assert found.schools[county.own.pk][YEAR].value == 12
        assert found.cluster[YEAR].value is None

    def test_a_total_minus_what_is_public_is_no_released_figure(self, county):
        county.figure(county.own, 12)
        for each in county.members[1:4]:
            county.figure(each, 20, is_public=True)
        county.release(county.own)
        assert county.profile().cluster[YEAR].value is None

    def test_releasing_takes_no_total_away(self, county):
        county.figures(13, 12, 20, 9, 14, 30, 8)
        for each in county.members:
            county.release(each)
        assert county.profile().cluster[YEAR].value == 106

    def test_the_programmes_smallest_number_holds(self, county):
        county.programme(smallest=10)
        county.figures(1, 2, 1, 1, 2, 1, 1)
        assert county.profile().cluster[YEAR].symbol == "c"

    def test_in_any_order_of_overlapping_clusters_and_releases(self, county):
        county.figures(3, 12, 20, 9, 14, 30, 8)
        other = Cluster.objects.create(
            organisation=county.organisation, working_name="Bourne", status="active",
            start_on=dt.date(2024, 9, 1),
        )  # fmt: skip
        for each in county.members[2:]:
            county.join(other, each)
        for releasing in (None, county.members[3], county.members[1], county.members[5]):
            if releasing:
                county.release(releasing)
            county.profile(cluster=other, similar=[county.cluster])
            county.profile(similar=[other])
        nobody_works_out_a_figure(county)


def nobody_works_out_a_figure(county):
    """An independent solver, as every school in turn, from all that was ever told."""
    facts = {row.pk: int(row.value) for row in Figure.objects.filter(measure=county.excluded)}
    told = [frozenset(keys) for keys in Told.objects.values_list("figures", flat=True)]
    alone = {key for keys in told if len(keys) == 1 for key in keys}
    assert told
    for own in facts:
        for secret in facts.keys() - alone - {own}:
            low, high = range_of(frozenset([secret]), told, facts, knows=[own])
            assert high - low >= 4, (own, secret, low, high)


class TestTheSchoolsBehind:
    def test_those_of_the_day_of_the_figure(self, county):
        leaver = school(county.authority, 140_001, "Ingoldsby")
        county.join(county.cluster, leaver, end=dt.date(2025, 12, 31))
        count = Measure.objects.get(code="ks2-pupils", organisation=None)
        for each in (*county.members, leaver):
            for year in (2025, 2026):
                county.figure(each, 10, count, dt.date(year, 7, 31), is_public=True)
        found = county.profile(measure=count, years=(2025, 2026))
        assert found.cluster[2025].value == 80
        assert found.cluster[2026].value == 70

    def test_those_of_the_first_day_before_the_cluster_began(self, county):
        count = Measure.objects.get(code="ks2-pupils", organisation=None)
        for each in county.members:
            county.figure(each, 10, count, dt.date(2022, 7, 31), is_public=True)
        assert county.profile(measure=count, years=(2022,)).cluster[2022].value == 70

    def test_a_school_in_two_clusters_of_a_programme_counts_once(self, county):
        programme = county.programme()
        other = Cluster.objects.create(
            organisation=county.organisation, working_name="Bourne", status="active",
            start_on=dt.date(2024, 9, 1),
        )  # fmt: skip
        for each in (*county.members[:4], county.outside):
            county.join(other, each)
        Participation.objects.create(
            cluster=other, programme=programme, start_on=dt.date(2024, 9, 1)
        )
        count = Measure.objects.get(code="ks2-pupils", organisation=None)
        for each in (*county.members, county.outside):
            county.figure(each, 10, count, is_public=True)
        found = county.profile(measure=count)
        assert line(found, CLUSTER).value == 70
        assert line(found, PROGRAMME).value == 80
        assert line(found, AUTHORITY).rolled.n_schools == 8

    def test_a_programme_beside_each_of_its_clusters(self, county):
        programme = county.programme()
        county.figures(12, 12, 20, 9, 14, 30, 8)
        found = programme_figures(programme=programme, measures=[county.excluded], years=(YEAR,))
        assert line(found[0], PROGRAMME).value == line(found[0], CLUSTER).value == 105
        assert not found[0].schools

    def test_a_code_is_counted_and_is_no_zero(self, county):
        county.figures(12, 12, 20, 9, 14, 30, 8)
        Figure.objects.filter(school=county.members[6]).update(replaced_at=NOW)
        county.figure(county.members[6], None, code="SUPP")
        cell = county.profile().cluster[YEAR]
        assert cell.value == 97
        assert cell.rolled.codes == (("SUPP", 1),)

    def test_an_earlier_school_stands_in_and_its_number_is_said(self, county):
        before = school(county.authority, 110_500, "Ancaster Infants")
        SchoolLink.objects.create(
            number=county.own.number, other_number=before.number, kind="predecessor",
            link_type="Predecessor",
        )  # fmt: skip
        share = Measure.objects.get(code="ks2-maths-expected", organisation=None)
        told = {"is_public": True, "denominator": 20, "published_as": before.number}
        county.figure(before, 80, share, dt.date(2024, 7, 31), **told)
        county.figure(county.own, 90, share, dt.date(2025, 7, 31), is_public=True, denominator=20)
        found = county.profile(measure=share, years=(2024, 2025)).schools[county.own.pk]
        assert (found[2024].value, found[2024].numbers) == (80, (before.number,))
        assert (found[2025].value, found[2025].numbers) == (90, ())

    def test_few_queries_however_many_measures_and_years(
        self, county, django_assert_max_num_queries
    ):
        county.programme()
        county.figures(3, 12, 20, 9, 14, 30, 8)
        measures = list(Measure.objects.all()[:12])
        with django_assert_max_num_queries(24):
            cluster_profile(
                cluster=county.cluster, measures=[county.excluded, *measures],
                years=(2024, 2025, 2026), day=TODAY, person=county.head,
            )  # fmt: skip


class TestWhatWasToldStays:
    def test_the_database_refuses_to_forget(self, county):
        county.figures(12, 12, 20, 9, 14, 30, 8)
        county.profile()
        with pytest.raises(DatabaseError), transaction.atomic():
            Told.objects.all().delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            Told.objects.update(year=2020)


class TestSharesAndMeans:
    def test_a_share_of_all_but_one_hides_and_a_larger_cluster_tells(self, county):
        share = own_measure(county.organisation, code="confident", unit="percent", most=100)
        for n, each in enumerate(county.members):
            told = {"denominator": 30, "numerator": 29 - 3 * n}
            value = round(Decimal(100 * told["numerator"]) / 30, 4)
            county.figure(each, value, share, **told)
        county.release(county.own)
        found = county.profile(county.other_head, share)
        assert found.schools[county.own.pk][YEAR].symbol == "c"
        assert found.cluster[YEAR].value == Decimal("66.6667")
        assert found.cluster[YEAR].rolled.denominator == 210

    def test_a_mean_of_two_schools_is_each_others(self, county):
        score = own_measure(county.organisation, code="score", unit="score")
        county.figure(county.own, 101, score, denominator=20)
        county.figure(county.other, 97, score, denominator=30)
        assert county.profile(county.head, score).cluster[YEAR].symbol == "c"

    def test_without_numbers_counted_every_school_counts_alike_and_it_is_said(self, county):
        score = own_measure(county.organisation, code="score", unit="score")
        for n, each in enumerate(county.members):
            county.figure(each, 100 + n, score)
        cell = county.profile(county.head, score).cluster[YEAR]
        assert (cell.value, cell.rolled.by) == (103, By.SCHOOLS)

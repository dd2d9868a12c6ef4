"""A school over the years: its own figures, then those of the school that it came out of."""

import csv
import datetime as dt
import gzip
from collections import defaultdict
from decimal import Decimal, InvalidOperation

import pytest

from clusterwork.measures.rules.following import Row, by_place, standing_for
from clusterwork.measures.rules.rolling import Part
from clusterwork.measures.rules.years import member_day, span_of, year_of
from clusterwork.registry.rules.chains import edges_back, walk
from clusterwork.registry.tests.made import real

YEARS = (2016, 2017, 2018, 2019)


def row(pk, school, value, on=dt.date(2019, 7, 31), code=""):
    told = None if value is None else Decimal(value)
    return Row(Part(pk, told, code), school, 1, 7, on, "", is_public=True)


def stands(rows, before, year=2019):
    return [each.pk for each in standing_for((1, 7, year), by_place(rows), before)]


class TestWhichFigureStands:
    def test_its_own_goes_before_an_earlier_schools(self):
        assert stands([row(1, 1, 80), row(2, 2, 70)], [[2]]) == [1]

    def test_the_nearest_earlier_school_that_has_one(self):
        assert stands([row(2, 3, 70), row(3, 4, 60)], [[2], [3], [4]]) == [2]

    def test_all_of_those_that_became_one(self):
        assert stands([row(2, 2, 70), row(3, 3, 60)], [[2, 3]]) == [2, 3]

    def test_a_value_goes_before_a_code_and_a_code_before_nothing(self):
        new = row(1, 1, None, code="NEW")
        assert stands([new, row(2, 2, 70)], [[2]]) == [2]
        assert stands([new], [[2]]) == [1]
        assert stands([], [[2]]) == []

    def test_the_latest_of_a_year(self):
        early = row(1, 1, 80, on=dt.date(2018, 10, 4))
        assert stands([row(2, 1, 85, on=dt.date(2019, 5, 2)), early], []) == [2]


class TestSchoolYears:
    @pytest.mark.parametrize(
        ("on", "year"), [(dt.date(2018, 9, 1), 2019), (dt.date(2019, 8, 31), 2019)]
    )
    def test_begin_in_september(self, on, year):
        assert year_of(on) == year
        assert span_of(year)[0] <= on <= span_of(year)[1]

    def test_a_groups_schools_are_those_of_the_last_day_or_of_its_first(self):
        assert member_day(2026, dt.date(2024, 9, 1)) == dt.date(2026, 7, 31)
        assert member_day(2019, dt.date(2024, 9, 1)) == dt.date(2024, 9, 1)


@pytest.mark.real_data
class TestFourYearsOfEngland:
    """Progress in reading, school by school, 2016 to 2019."""

    def test_on_their_own_number(self):
        assert n_with_four_years(lambda kind: False) == 12_311

    def test_and_that_of_the_one_school_they_followed(self):
        plain = {"Predecessor": "predecessor", "Successor": "successor"}
        assert n_with_four_years(plain.get, only_one=True) == 14_362

    def test_and_of_schools_that_became_one_or_were_split(self):
        assert n_with_four_years(kind_of) == 14_393


def kind_of(kind):
    return next(
        (each for each in ("predecessor", "successor") if kind.lower().startswith(each)), ""
    )


def n_with_four_years(kind, *, only_one=False):
    """The schools of 2019 with a value in each of the four years."""
    edges = edges_of(kind, only_one=only_one)
    rows = by_place(real_rows())
    found = 0
    for school in {school for school, _, year in rows if year == 2019}:
        steps = defaultdict(list)
        for number, n in walk(str(school), edges).items():
            steps[n].append(int(number))
        before = [steps[n] for n in sorted(steps)]
        found += all(standing_for((school, 7, year), rows, before) for year in YEARS)
    return found


def real_rows():
    with gzip.open(real("ks2_england_2016_2019.csv.gz"), "rt") as lines:
        for pk, line in enumerate(csv.DictReader(lines)):
            try:
                value = Decimal(line["readprog"])
            except InvalidOperation:
                continue
            on = dt.date(int(line["year"]), 7, 31)
            yield Row(Part(pk, value), int(line["urn"]), 1, 7, on, "", is_public=True)


def edges_of(kind, *, only_one):
    with gzip.open(real("gias_links.csv.gz"), "rt") as lines:
        told = list(csv.DictReader(lines))
    links = [(line["URN"], line["LinkURN"], kind(line["LinkType"])) for line in told]
    edges = edges_back(link for link in links if link[2])
    return {n: back for n, back in edges.items() if len(back) == 1} if only_one else edges

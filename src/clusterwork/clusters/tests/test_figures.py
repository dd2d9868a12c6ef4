"""The reports' tables, counted from what is known on a day."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterwork.clusters.models import (
    Appointment,
    Cluster,
    Membership,
    Participation,
    Programme,
    Standing,
    StatedPartnership,
)
from clusterwork.clusters.rules import figures as rules
from clusterwork.clusters.rules.figures import Known, Placed, by_category, derived, in_all
from clusterwork.clusters.selectors.figures import (
    FigureSet,
    categories_on,
    characteristics_on,
    clusters_in,
    schools_in,
)
from clusterwork.clusters.tests.made import authority, organisation, school
from clusterwork.registry.models import Affiliation, Census, Partnership

START, DAY, LATER = dt.date(2012, 9, 1), dt.date(2013, 9, 1), dt.date(2014, 9, 1)
# Small rural schools, Figure 4: category, schools, of them with a signed memorandum.
FIGURE_4 = ((1, 7, 0), (2, 58, 49), (3, 9, 9), (4, 5, 5), (5, 20, 14))


class TestTheCategoryOfWhatIsKnown:
    @pytest.mark.parametrize(
        ("kind", "as_filed", "category"),
        [
            ("federation", "Federation", 5),
            ("federation", "Soft federation", 3),
            ("trust", "Multi-academy trust", 5),
            ("trust", "Umbrella trust", 4),
            ("trust", "Trust", 4),
            ("alliance", "", 3),
            ("business_services", "", 3),
            ("cluster", "", 2),
            (rules.OURS, "", 2),
            ("sponsor", "School sponsor", None),
        ],
    )
    def test_follows_figure_4(self, kind, as_filed, category):
        assert rules.category_of(Known(kind, as_filed)) == category

    def test_of_a_trust_of_one_school_is_none(self):
        assert rules.category_of(Known("trust", "Single-academy trust", n_schools=1)) is None

    def test_is_what_is_said_of_a_cluster(self):
        assert rules.category_of(Known(rules.OURS, formality=3)) == 3

    def test_of_a_school_is_that_of_its_most_formal(self):
        placed = derived(1, [Known("network", is_signed=True), Known("federation")])
        assert (placed.category, placed.is_signed, placed.is_stated) == (5, False, False)

    def test_of_a_school_without_any_is_none(self):
        assert derived(1, []) == Placed(1, 1)


class TestCounting:
    @settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(st.lists(st.tuples(st.integers(1, 5), st.booleans(), st.booleans()), max_size=12))
    def test_counts_every_school_once(self, told):
        schools = [Placed(pk, *each) for pk, each in enumerate(told)]
        rows = by_category(schools)
        assert in_all(rows).n == len(schools)
        assert {r.category: r.n for r in rows if r.n} == Counter(s.category for s in schools)
        assert all(0 <= row.n_signed <= row.n for row in rows)


@pytest.fixture
def small_schools(db):
    """99 schools as the report found them, with one larger that does not count."""
    county, council = authority(), organisation()
    council.authorities.add(county)
    made = [school(county, 100_000 + i, f"Village {i:02} School") for i in range(100)]
    Census.objects.bulk_create(
        Census(school=each, year=2013, pupils=111 if i == 99 else 12 + i)
        for i, each in enumerate(made)
    )
    places = iter(made)
    StatedPartnership.objects.bulk_create(
        StatedPartnership(
            school=next(places),
            is_main=True,
            formality=category,
            name="" if category == 1 else f"Partnership {category}",
            start_on=START,
            signed_on=START if i < n_signed else None,
        )
        for category, n, n_signed in FIGURE_4
        for i in range(n)
    )
    return council


class TestFigure4OfTheReport:
    def test_comes_out_as_printed(self, small_schools):
        chosen = FigureSet(organisation_id=small_schools.pk, most_pupils=110)
        rows = by_category(categories_on(schools_in(chosen, DAY), DAY))
        assert tuple((r.category, r.n, r.n_signed) for r in rows) == FIGURE_4
        assert in_all(rows).n == in_all(rows).n_stated == 99

    def test_comes_out_by_plain_counting_too(self, small_schools):
        """A second route: every row read, and counted by hand."""
        small = {c.school_id for c in Census.objects.all() if (c.pupils or 0) <= 110}
        stated = [s for s in StatedPartnership.objects.all() if s.school_id in small]
        n = Counter(each.formality for each in stated)
        signed = Counter(each.formality for each in stated if each.signed_on)
        assert [(c, n[c], signed[c]) for c in sorted(n)] == [tuple(row) for row in FIGURE_4]

    def test_counts_a_signature_from_its_day_on(self, small_schools):
        StatedPartnership.objects.filter(formality=5).update(signed_on=LATER)
        schools = schools_in(FigureSet(organisation_id=small_schools.pk, most_pupils=110), DAY)
        assert by_category(categories_on(schools, DAY))[4].n_signed == 0

    def test_takes_seven_queries(self, small_schools, django_assert_max_num_queries):
        schools = schools_in(FigureSet(authority_id=small_schools.authorities.get().pk), DAY)
        with django_assert_max_num_queries(8):
            categories_on(schools, DAY)


@pytest.fixture
def county(db):
    return authority()


@pytest.fixture
def council(county):
    council = organisation()
    council.authorities.add(county)
    return council


def put(cluster, *schools, **facts):
    return [
        Membership.objects.create(cluster=cluster, school=each, start_on=START, **facts)
        for each in schools
    ]


def cluster(council, name="Fosse", status="active", **facts):
    return Cluster.objects.create(
        organisation=council, working_name=name, start_on=START, status=status, **facts
    )


def placed_on(day, council):
    found = categories_on(schools_in(FigureSet(organisation_id=council.pk), day), day)
    return {each.school_id: each for each in found}


class TestWhereNothingWasStated:
    def test_a_member_of_a_cluster_works_informally(self, county, council):
        one, two = school(county, 1, "One"), school(county, 2, "Two")
        put(cluster(council), one, two, memorandum_signed_on=DAY)
        placed = placed_on(DAY, council)[one.pk]
        assert (placed.category, placed.is_signed, placed.is_stated) == (2, True, False)

    def test_what_is_said_of_the_cluster_counts(self, county, council):
        one, two = school(county, 1, "One"), school(county, 2, "Two")
        fosse = cluster(council)
        put(fosse, one, two)
        Standing.objects.create(cluster=fosse, start_on=START, formality=3)
        assert placed_on(DAY, council)[two.pk].category == 3

    def test_a_federation_of_the_register_is_hard(self, county, council):
        schools = school(county, 1, "One"), school(county, 2, "Two")
        federation = Partnership.objects.create(kind="federation", name="Hand in hand")
        for each in schools:
            Affiliation.objects.create(school=each, partnership=federation, start_on=DAY)
        assert placed_on(DAY, council)[schools[0].pk].category == 5
        assert placed_on(START, council)[schools[0].pk].category == 1

    def test_a_cluster_that_the_school_has_left_counts_no_more(self, county, council):
        one, two = school(county, 1, "One"), school(county, 2, "Two")
        stay, _other = put(cluster(council), one, two)
        stated = StatedPartnership.objects.create(
            school=one, is_main=True, name="Fosse", cluster=stay.cluster, formality=2
        )
        assert placed_on(DAY, council)[one.pk].is_stated
        stay.end_on = DAY
        stay.save()
        assert placed_on(DAY, council)[one.pk] == Placed(one.pk, 1)
        assert placed_on(DAY - dt.timedelta(1), council)[one.pk].is_stated
        assert stated.formality == 2


class TestPastDays:
    def test_are_the_same_after_later_changes(self, county, council):
        one, two = school(county, 1, "One"), school(county, 2, "Two")
        fosse = cluster(council)
        stay, _other = put(fosse, one, two)
        before = placed_on(DAY, council)
        rows = characteristics_on(clusters_in(FigureSet(organisation_id=council.pk), DAY), DAY)
        stay.end_on = LATER
        stay.save()
        StatedPartnership.objects.create(
            school=two, is_main=True, name="Trust", formality=5, start_on=LATER
        )
        Standing.objects.create(cluster=fosse, start_on=LATER, initiation="bottom_up")
        two.status, two.closed_on = "closed", LATER
        two.save()
        assert placed_on(DAY, council) == before
        again = clusters_in(FigureSet(organisation_id=council.pk), DAY)
        assert characteristics_on(again, DAY) == rows
        assert set(placed_on(LATER, council)) == {one.pk}


class TestTheSet:
    def test_of_a_programme_is_what_takes_part_on_the_day(self, county, council):
        fosse, wolds = cluster(council), cluster(council, "Wolds")
        one, two = school(county, 1, "One"), school(county, 2, "Two")
        put(fosse, one)
        put(wolds, two)
        programme = Programme.objects.create(
            organisation=council, name="Small schools", starts_on=START
        )
        Participation.objects.create(
            cluster=fosse, programme=programme, start_on=START, end_on=LATER
        )
        chosen = FigureSet(programme_id=programme.pk)
        assert list(clusters_in(chosen, DAY)) == [fosse]
        assert list(schools_in(chosen, DAY)) == [one]
        assert not clusters_in(chosen, LATER).exists()

    def test_leaves_out_clusters_without_members(self, council):
        cluster(council, status="proposed")
        assert not clusters_in(FigureSet(organisation_id=council.pk), DAY).exists()

    def test_of_an_organisation_without_authorities_is_its_clusters_schools(self, county):
        trust = organisation("A trust")
        one = school(county, 1, "One")
        school(county, 2, "Two")
        put(cluster(trust), one)
        assert list(schools_in(FigureSet(organisation_id=trust.pk), DAY)) == [one]

    def test_of_chosen_clusters_is_their_schools(self, county, council):
        fosse, wolds = cluster(council), cluster(council, "Wolds")
        one, two = school(county, 1, "One"), school(county, 2, "Two")
        put(fosse, one)
        put(wolds, two)
        assert list(schools_in(FigureSet(cluster_ids=(wolds.pk,)), DAY)) == [two]


class TestTable1OfTheReport:
    """The four clusters of the SEN report, with the characteristics as printed."""

    @pytest.fixture
    def rows(self, county, council):
        numbers = iter(range(1, 100))

        def made(name, n, phases, purposes, initiation, parts=(), chair=False):
            found = cluster(council, name)
            schools = [
                school(county, next(numbers), f"{name} {i}", phase=phases[i % len(phases)])
                for i in range(n)
            ]
            put(found, *schools)
            Standing.objects.create(
                cluster=found,
                start_on=START,
                initiation=initiation,
                purposes=purposes,
                authority_parts=list(parts),
            )
            if chair:
                Appointment.objects.create(
                    cluster=found, role="chair", name="A", school=schools[0], start_on=START
                )

        cross = ("primary", "secondary")
        made("1", 9, cross, ["behaviour", "transition"], "top_down", chair=True)
        made("2", 6, ("secondary",), ["behaviour"], "bottom_up", chair=True)
        made("3", 25, ("primary",), ["additional_needs"], "top_down", ["lead"])
        made("4", 9, cross, ["additional_needs", "transition"], "top_down", ["lead"])
        found = clusters_in(FigureSet(organisation_id=council.pk), DAY)
        return characteristics_on(found, DAY)

    def test_reads_as_printed(self, rows):
        assert [
            (row.initiation, row.n_schools, row.phases, row.phase, row.managed_by) for row in rows
        ] == [
            ("top_down", 9, "cross", "", "schools"),
            ("bottom_up", 6, "single", "secondary", "schools"),
            ("top_down", 25, "single", "primary", "authority"),
            ("top_down", 9, "cross", "", "authority"),
        ]

    def test_is_counted(self, rows):
        summary = rules.summary_of(rows)
        assert summary.n == 4
        assert summary.sizes == rules.Sizes(6, 9, 25)
        assert summary.initiation == {"top_down": 3, "bottom_up": 1}
        assert summary.phases == {"cross": 2, "single": 2}
        assert summary.purposes["additional_needs"] == 2
        assert summary.managed_by == {"schools": 2, "authority": 2}

    def test_says_which_phase_was_derived(self, rows):
        assert all(row.is_phase_derived for row in rows)

    def test_of_no_cluster_has_no_size(self):
        assert rules.summary_of([]).sizes is None

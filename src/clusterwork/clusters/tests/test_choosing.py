"""Choosing schools by facts and from a list; decisions beforehand."""

import pytest

from clusterwork.clusters.models import ChosenSchool, Lock
from clusterwork.clusters.selectors.candidates import SchoolFilter, authorities_of, schools_fitting
from clusterwork.clusters.selectors.formations import clusters_today, flows_among, ties_among
from clusterwork.clusters.selectors.listed import schools_listed
from clusterwork.clusters.services.formations import remove_schools, say_who_contributes
from clusterwork.clusters.services.locks import LockNotPossible, add_lock, remove_lock
from clusterwork.clusters.tests.made import TODAY, County, authority, school
from clusterwork.registry.models import Affiliation, Flow, Partnership, SchoolLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return County(n_schools=4)


def affiliate(kind, name, *members):
    partnership = Partnership.objects.create(kind=kind, name=name)
    for each in members:
        Affiliation.objects.create(school=each, partnership=partnership)
    return partnership


class TestByFacts:
    def fitting(self, county, **wanted):
        within = authorities_of(county.programme)
        return [s.pk for s in schools_fitting(SchoolFilter(**wanted), within, TODAY)]

    def test_everything_open_in_the_organisations_authorities(self, county):
        elsewhere = authority("926", "Norfolk")
        school(elsewhere, 1, "Far Away School")
        school(county.authority, 2, "Shut School", status="closed")
        assert self.fitting(county) == [each.pk for each in county.schools]

    def test_by_size_both_ends_included(self, county):
        found = self.fitting(county, least_pupils=81, most_pupils=82)
        assert found == [each.pk for each in county.schools[1:3]]

    def test_by_phase_and_medium(self, county):
        ysgol = school(county.authority, 3, "Ysgol y Bryn", medium="welsh", phase="secondary")
        assert self.fitting(county, phases=("secondary",), mediums=("welsh",)) == [ysgol.pk]
        assert self.fitting(county, phases=("primary",), mediums=("welsh",)) == []


class TestFromAList:
    def test_by_number_in_any_column_and_by_name(self, county):
        first, second, third, _fourth = county.schools
        third.la_estab = "925/2042"
        third.save()
        text = f"{first.urn}\nx,{second.urn},Somewhere\n925/2042\n\n"
        assert schools_listed(text, []).school_ids == (first.pk, second.pk, third.pk)

    def test_a_closed_school_is_not_taken_and_its_successor_is_named(self, county):
        school(county.authority, 123456, "Old School", status="closed")
        school(county.authority, 123457, "Lost School", status="closed")
        SchoolLink.objects.create(
            number="123456", other_number="900001", other_name="New School", kind="successor"
        )
        listed = schools_listed("123456\n123457,Village 000 Primary School", [])
        assert listed.school_ids == () and listed.unmatched == ()
        assert listed.closed == (
            ("123456", "New School (900001)"),
            ("123457,Village 000 Primary School", ""),
        )

    def test_by_full_name_whatever_case_and_accents(self, county):
        llyn = school(county.authority, 4, "Ysgol Pen Llŷn")
        assert schools_listed("YSGOL PEN LLYN", []).school_ids == (llyn.pk,)

    def test_nothing_is_lost(self, county):
        text = f"{county.schools[0].urn}\nHogwarts\n999999"
        listed = schools_listed(text, [])
        assert listed.unmatched == ("Hogwarts", "999999")
        assert len(listed.school_ids) == 1

    def test_a_line_longer_than_any_table_has_is_not_matched(self, county):
        listed = schools_listed("x" * 200_000 + "\nZ\x00Z", [])
        assert [line[:2] for line in listed.unmatched] == ["xx", "ZZ"]

    def test_of_one_name_the_near_one_is_meant(self, county):
        near = school(county.authority, 5, "St Mary's School")
        far = authority("926", "Norfolk")
        school(far, 6, "St Mary’s School")
        assert schools_listed("St Mary's School", [county.authority.pk]).school_ids == (near.pk,)
        assert schools_listed("St Mary's School", []).ambiguous == (("St Mary's School", 2),)


class TestChosenSchools:
    def test_are_added_once(self, county):
        assert county.choose(*county.schools) == 0

    def test_leave_with_their_decisions(self, county):
        one, two, *_ = county.schools
        self.lock(county, Lock.Kind.TOGETHER, one, two)
        n = remove_schools(
            person=county.officer, day=TODAY, pk=county.formation.pk, school_ids=[two.pk, 999]
        )
        assert n == 1
        assert not county.formation.locks.exists()

    def test_only_the_shown_ones_change_who_contributes(self, county):
        one, two, three, _ = (each.pk for each in county.schools)
        ChosenSchool.objects.filter(school=three).update(contributes=True)
        say_who_contributes(
            person=county.officer,
            day=TODAY,
            pk=county.formation.pk,
            shown=[one, two],
            contributing=[one],
        )
        chosen = county.formation.chosen.filter(contributes=True)
        assert set(chosen.values_list("school_id", flat=True)) == {one, three}

    def lock(self, county, kind, school, other):
        return add_lock(
            person=county.officer,
            day=TODAY,
            pk=county.formation.pk,
            kind=kind,
            school=school,
            other=other,
            because="",
        )

    def test_a_decision_is_about_two_of_them(self, county):
        one, *_ = county.schools
        stranger = school(county.authority, 7, "Stranger School")
        for other in (one, stranger):
            with pytest.raises(LockNotPossible):
                self.lock(county, Lock.Kind.APART, one, other)

    def test_a_second_decision_about_the_same_two_is_refused_either_way_round(self, county):
        one, two, *_ = county.schools
        made = self.lock(county, Lock.Kind.TOGETHER, one, two)
        with pytest.raises(LockNotPossible):
            self.lock(county, Lock.Kind.APART, two, one)
        remove_lock(person=county.officer, day=TODAY, pk=county.formation.pk, lock_pk=made.pk)
        assert self.lock(county, Lock.Kind.APART, two, one)

    def test_a_school_stays_with_one_hub(self, county):
        one, two, three, _ = county.schools
        self.lock(county, Lock.Kind.FIXED, one, two)
        with pytest.raises(LockNotPossible):
            self.lock(county, Lock.Kind.FIXED, one, three)


class TestWhatIsKnown:
    def test_a_federation_binds_the_chosen_ones(self, county):
        one, two, three, _ = county.schools
        affiliate("federation", "Three Rivers", one, two, three)
        affiliate("business_services", "Payroll", one, two)
        (tie,) = ties_among(county.formation, TODAY)
        assert tie.name == "Three Rivers"
        assert len(tie.pairs) == 3
        assert tie.weight == 0.5

    def test_a_local_cluster_is_where_a_school_is_today(self, county):
        one, two, *_ = county.schools
        affiliate("cluster", "Fen", one, two)
        assert clusters_today(county.formation, TODAY) == {one.pk: "Fen", two.pk: "Fen"}

    def test_flows_are_those_of_the_last_year_of_each_pair(self, county):
        one, two, *_ = county.schools
        for year, pupils in ((2024, 3), (2026, 9), (2025, 5)):
            Flow.objects.create(from_school=one, to_school=two, year=year, pupils=pupils)
        assert flows_among(county.formation) == [(one.pk, two.pk, 9)]

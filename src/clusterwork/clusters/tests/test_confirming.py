"""Confirming: everything at once, once for ever, with what stands in its way said in words."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import (
    Answer,
    Cluster,
    Confirmation,
    Membership,
    Participation,
    Programme,
    ProposedCluster,
    ProposedPlace,
    Round,
)
from clusterwork.clusters.outcomes import Place
from clusterwork.clusters.rules.place_names import Spot, doubled, place_names
from clusterwork.clusters.selectors.confirming import left_empty, overlaps_of, suggested_names
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.clusters.selectors.unsettled import still_declining, unsettled_in
from clusterwork.clusters.services.before_confirming import NotAFirstDay, SchoolsDeclined
from clusterwork.clusters.services.confirming import (
    NamesNotDistinct,
    SchoolsAreElsewhere,
    SchoolsHaveClosed,
    SchoolsStillAnswer,
    confirm_formation,
)
from clusterwork.clusters.services.statuses import close_cluster
from clusterwork.clusters.services.unconfirmed import ConfirmedAlready
from clusterwork.clusters.tests.invented import proposal_made
from clusterwork.clusters.tests.made import TODAY, County, officer, organisation, school
from clusterwork.clusters.tests.made_consulting import head_of
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.notify.models import Letter
from clusterwork.registry.models import School

FIRST = dt.date(2027, 9, 1)


class TestNames:
    def test_are_towns(self):
        spots = [Spot("Louth", "Grimoldby", "Lincolnshire"), Spot("Boston", "", "Lincolnshire")]
        assert place_names(spots) == ["Louth", "Boston"]

    def test_of_hubs_of_one_town_are_the_smaller_places(self):
        spots = [Spot("Louth", "Grimoldby", "L"), Spot("Louth", "Binbrook", "L")]
        assert place_names(spots) == ["Grimoldby", "Binbrook"]

    def test_are_never_those_of_others(self):
        spots = [Spot("Louth", "", "L"), Spot("Louth", "", "L"), Spot("", "", "Lincolnshire")]
        found = place_names(spots, taken=["LOUTH", "Lincolnshire"])
        assert found == ["Louth 2", "Louth 3", "Lincolnshire 2"]
        assert doubled(found) == []

    def test_that_stand_there_twice_are_found_whatever_their_capitals(self):
        assert len(doubled(["Louth", "louth ", "Boston"])) == 1


@pytest.fixture
def county(db):
    return County(n_schools=12)


@pytest.fixture
def proposal(county):
    return proposal_made(county)


def confirm(county, proposal, **more):
    told = {
        "person": county.officer,
        "day": TODAY,
        "pk": county.formation.pk,
        "proposal_pk": proposal.pk,
        "start_on": FIRST,
        "link_for": lambda pk, language: f"http://test/{language}/clusters/{pk}",
    }
    return confirm_formation(**{**told, **more})


def present_cluster(county, *members, programme=True):
    cluster = Cluster.objects.create(
        organisation=county.organisation, working_name="Old", start_on=dt.date(2020, 9, 1)
    )
    for each in members:
        Membership.objects.create(cluster=cluster, school=each, start_on=dt.date(2020, 9, 1))
    if programme:
        Participation.objects.create(
            cluster=cluster, programme=county.programme, start_on=dt.date(2020, 9, 1)
        )
    return cluster


class TestConfirmed:
    def test_every_school_is_in_its_cluster_from_the_first_day(self, county, proposal):
        confirmation = confirm(county, proposal)
        assert confirmation.clusters.count() == 2
        proposed = dict(proposal.places.values_list("school_id", "cluster__number"))
        became = {each.proposed.number: each.cluster_id for each in confirmation.clusters.all()}
        found = dict(memberships_on(FIRST).values_list("school_id", "cluster_id"))
        assert found == {pk: became[number] for pk, number in proposed.items()}
        assert not memberships_on(FIRST - dt.timedelta(days=1)).exists()
        assert set(county.programme.participations.values_list("cluster", flat=True)) == set(
            became.values()
        )

    def test_clusters_have_the_names_that_were_given(self, county, proposal):
        confirm(county, proposal, names={1: "Louth", 2: "Boston"})
        names = Cluster.objects.values_list("working_name", flat=True)
        assert set(names) == {"Louth", "Boston"}

    def test_names_are_places_unless_given(self, county, proposal):
        School.objects.filter(pk=proposal.clusters.get(number=1).hub_id).update(town="Louth")
        assert suggested_names(proposal) == {1: "Louth", 2: str(county.authority)}

    def test_heads_are_told_in_their_language(self, county, proposal):
        head = head_of(county.schools[0])
        head.language = "cy"
        head.save()
        confirm(county, proposal)
        (letter,) = Letter.objects.filter(template="clusters.confirmed")
        assert (letter.address, letter.language) == (head.email, "cy")
        assert str(county.schools[0]) == letter.context["school"]
        assert len(letter.context["partners"].split(", ")) == 5

    def test_is_on_the_record(self, county, proposal):
        confirm(county, proposal)
        entry = entries_about(county.formation)[0]
        assert entry.verb == "formation.confirm"
        assert len(entry.details["clusters"]) == 2

    def test_schools_in_none_stay_in_none(self, county, proposal):
        out = proposal.places.first()
        out.cluster = None
        out.save()
        confirm(county, proposal)
        assert not Membership.objects.filter(school=out.school_id).exists()


class TestRefused:
    def test_a_second_time(self, county, proposal):
        confirm(county, proposal)
        with pytest.raises(ConfirmedAlready):
            confirm(county, proposal)
        assert Cluster.objects.count() == 2

    def test_by_the_database_too(self, county, proposal):
        other = proposal_made(county)
        confirm(county, proposal)
        with pytest.raises(IntegrityError), transaction.atomic():
            Confirmation.objects.create(formation=county.formation, proposal=other, start_on=FIRST)

    def test_for_others_than_its_officers(self, county, proposal):
        with pytest.raises(NotAllowed):
            confirm(county, proposal, person=officer(organisation("Norfolk"), "Nora"))

    def test_a_proposal_of_another_exercise(self, county, proposal):
        with pytest.raises(NotThere):
            confirm(county, proposal, proposal_pk=999_999)

    def test_while_schools_still_answer(self, county, proposal):
        Round.objects.create(
            formation=county.formation, number=1, proposal=proposal, closes_on=TODAY
        )
        with pytest.raises(SchoolsStillAnswer):
            confirm(county, proposal)
        after = TODAY + dt.timedelta(days=1)
        assert confirm(county, proposal, day=after).pk

    def test_a_school_that_is_closed_by_then_is_named(self, county, proposal):
        School.objects.filter(pk=county.schools[3].pk).update(closed_on=FIRST)
        with pytest.raises(SchoolsHaveClosed, match=county.schools[3].name):
            confirm(county, proposal)
        assert not Cluster.objects.exists()

    def test_a_day_in_the_past_or_after_the_programme(self, county, proposal):
        with pytest.raises(NotAFirstDay):
            confirm(county, proposal, start_on=TODAY - dt.timedelta(days=1))
        with pytest.raises(NotAFirstDay):
            confirm(county, proposal, start_on=dt.date(2040, 1, 1))
        Programme.objects.filter(pk=county.programme.pk).update(ends_on=dt.date(2028, 9, 1))
        with pytest.raises(NotAFirstDay):
            confirm(county, proposal, start_on=dt.date(2028, 9, 1))

    @pytest.mark.parametrize("names", [{1: "Louth", 2: "louth"}, {1: "  ", 2: "Louth"}])
    def test_names_that_do_not_tell_clusters_apart(self, county, proposal, names):
        with pytest.raises(NamesNotDistinct):
            confirm(county, proposal, names=names)


class TestOverlaps:
    def test_are_shown_and_not_forbidden(self, county, proposal):
        present_cluster(county, *county.schools[:2])
        assert overlaps_of(proposal, FIRST).count() == 2
        confirm(county, proposal)
        assert memberships_on(FIRST).filter(school=county.schools[0]).count() == 2

    def test_are_refused_by_name_where_the_programme_allows_one_cluster(self, county, proposal):
        Programme.objects.filter(pk=county.programme.pk).update(one_cluster_a_school=True)
        present_cluster(county, county.schools[0])
        with pytest.raises(SchoolsAreElsewhere, match=county.schools[0].name):
            confirm(county, proposal)

    def test_a_cluster_outside_the_programme_does_not_count(self, county, proposal):
        Programme.objects.filter(pk=county.programme.pk).update(one_cluster_a_school=True)
        present_cluster(county, county.schools[0], programme=False)
        assert confirm(county, proposal).pk

    def test_end_where_the_officer_says_so(self, county, proposal):
        Programme.objects.filter(pk=county.programme.pk).update(one_cluster_a_school=True)
        old = present_cluster(county, *county.schools[:2])
        other = present_cluster(county, county.schools[0], programme=False)
        confirm(county, proposal, end_present=True)
        assert set(old.memberships.values_list("end_on", flat=True)) == {FIRST}
        assert other.memberships.get().end_on is None
        assert entries_about(old)[0].verb == "membership.give_way"

    def test_that_emptied_a_cluster_leave_it_to_be_closed(self, county, proposal):
        emptied = present_cluster(county, *county.schools[:2])
        stranger = school(county.authority, 7, "Stranger School")
        present_cluster(county, county.schools[2], stranger)
        present_cluster(county, county.schools[3], programme=False)
        confirmation = confirm(county, proposal, end_present=True)
        assert list(left_empty(confirmation)) == [emptied]
        close_cluster(person=county.officer, day=FIRST, pk=emptied.pk, on=FIRST)
        assert not left_empty(confirmation).exists()


class TestTwoOfficersAtOnce:
    def test_one_wins_and_the_other_is_told(self, transactional_db):
        county = County(n_schools=12)
        proposal = proposal_made(county)
        said = []

        def one_of_two():
            try:
                confirm(county, proposal)
                said.append("confirmed")
            except ConfirmedAlready as problem:
                said.append(str(problem.what))
            finally:
                connection.close()

        threads = [threading.Thread(target=one_of_two) for _ in range(2)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert sorted(said) == ["The clusters of this exercise have been confirmed.", "confirmed"]
        assert Cluster.objects.count() == 2
        assert Confirmation.objects.count() == 1


class TestThreeHundredClusters:
    def test_are_confirmed_in_one_go(self, db):
        county = County(n_schools=2)
        many = schools_of_a_region(county, 2_400)
        proposal = a_large_proposal(county, many, size=8)
        confirm(county, proposal)
        assert Membership.objects.count() == 2_400


def schools_of_a_region(county, n):
    made = [
        School(urn=1_000_000 + i, name=f"School {i}", authority=county.authority, phase="primary")
        for i in range(n)
    ]
    return School.objects.bulk_create(made)


def a_large_proposal(county, many, size):
    proposal = proposal_made(county)
    proposal.clusters.all().delete()
    proposal.places.all().delete()
    groups = [many[at : at + size] for at in range(0, len(many), size)]
    clusters = ProposedCluster.objects.bulk_create(
        ProposedCluster(
            proposal=proposal, number=at, hub=group[0], n_schools=size, travel=1.0,
            mean_minutes=1.0, worst_minutes=1.0, worst_pair_minutes=1.0,
        )
        for at, group in enumerate(groups, start=1)
    )  # fmt: skip
    ProposedPlace.objects.bulk_create(
        ProposedPlace(
            proposal=proposal, school=each, cluster=cluster,
            reason=Place(each.pk, cluster.number).to_json(),
        )
        for cluster, group in zip(clusters, groups, strict=True)
        for each in group
    )  # fmt: skip
    return proposal


class TestWhatSchoolsSaid:
    @pytest.fixture
    def declined(self, county, proposal):
        return answered(county, proposal, 1, "decline")

    def test_never_confirms_a_school_that_declined_unless_the_officer_says_so(
        self, county, proposal, declined
    ):
        with pytest.raises(SchoolsDeclined, match=str(declined.school)):
            confirm(county, proposal)
        confirm(county, proposal, despite_declines=True)
        entry = entries_about(county.formation)[0]
        assert entry.details["declined"] == [declined.school_id]

    def test_only_the_last_answer_counts(self, county, proposal, declined):
        answered(county, proposal_made(county), 2, "accept")
        assert still_declining(proposal) == []
        assert confirm(county, proposal)

    def test_a_school_in_no_cluster_may_decline(self, county, proposal, declined):
        proposal.places.filter(school=declined.school).update(cluster=None)
        assert confirm(county, proposal)

    def test_those_silent_are_of_the_last_round_and_placed(self, county, proposal, declined):
        found = unsettled_in(proposal)
        assert len(found.silent) == 11 and declined.school not in found.silent
        assert (found.declined, found.last) == ([declined], declined.round)


def answered(county, proposal, number, kind):
    found = Round.objects.create(
        formation=county.formation, number=number, proposal=proposal, closes_on=TODAY,
        closed_at=dt.datetime(2026, 11, 21, tzinfo=dt.UTC),
    )  # fmt: skip
    return Answer.objects.create(
        round=found, school=county.schools[0], number=1, kind=kind, answered_by=county.officer
    )

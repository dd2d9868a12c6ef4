"""Clusters in programmes: taken in for dated periods, and one cluster a school where so wanted."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import Participation, Place
from clusterwork.clusters.selectors.participations import participations_on
from clusterwork.clusters.services.participations import (
    EndedAlready,
    end_participation,
    take_back,
    take_in,
)
from clusterwork.clusters.services.programme_ends import ParticipationOutside
from clusterwork.clusters.services.programmes import (
    CycleOutsideTheProgramme,
    ProgrammeFacts,
    change_programme,
    start_programme,
)
from clusterwork.clusters.services.refusals import (
    EndsBeforeItStarts,
    InAnotherCluster,
    TakesPartAlready,
    in_words,
    problem_of,
)
from clusterwork.clusters.tests.made import TODAY, officer, organisation
from clusterwork.clusters.tests.made_clusters import Clusters
from clusterwork.kernel.errors import NotAllowed, NotThere

pytestmark = pytest.mark.django_db
BEGUN, ENDS = dt.date(2025, 9, 1), dt.date(2030, 9, 1)
AUTUMN, SPRING = dt.date(2026, 9, 1), dt.date(2027, 3, 1)


def facts(name="Together", **told):
    return ProgrammeFacts(
        **{"name": name, "name_cy": "", "starts_on": BEGUN, "ends_on": ENDS} | told
    )


@pytest.fixture
def made():
    return Clusters(n_schools=6)


@pytest.fixture
def programme(made):
    return start_programme(**made.who, organisation=made.organisation, facts=facts())


@pytest.fixture
def strict(made):
    told = facts("One each", one_cluster_a_school=True)
    return start_programme(**made.who, organisation=made.organisation, facts=told)


@pytest.fixture
def north(made):
    return made.open("North", made.schools[:4])


@pytest.fixture
def south(made):
    """It shares one school with the north."""
    return made.open("South", made.schools[3:])


def take(made, programme, cluster, start_on=AUTUMN, end_on=None):
    return take_in(
        **made.who, pk=programme.pk, cluster_pk=cluster.pk, start_on=start_on, end_on=end_on
    )


class TestTakingIn:
    def test_lasts_until_the_programme_ends(self, made, programme, north):
        assert take(made, programme, north).end_on == ENDS

    def test_for_several_periods(self, made, programme, north):
        take(made, programme, north, end_on=dt.date(2026, 12, 1))
        take(made, programme, north, SPRING)
        for day, n in ((AUTUMN, 1), (dt.date(2026, 12, 1), 0), (SPRING, 1)):
            assert participations_on(programme, day).count() == n

    def test_in_any_number_of_programmes(self, made, programme, strict, north):
        take(made, programme, north)
        take(made, strict, north)
        assert north.participations.count() == 2

    def test_is_in_the_record_of_both(self, made, programme, north):
        take(made, programme, north)
        for thing in (programme, north):
            assert entries_about(thing)[0].verb == "programme.take_in"

    def test_refuses_the_same_time_twice_in_the_database_too(self, made, programme, north):
        take(made, programme, north)
        with pytest.raises(TakesPartAlready):
            take(made, programme, north, SPRING)
        with pytest.raises(IntegrityError), transaction.atomic():
            Participation.objects.create(cluster=north, programme=programme, start_on=SPRING)

    @pytest.mark.parametrize(
        ("start", "end", "refused"),
        [
            (SPRING, AUTUMN, EndsBeforeItStarts),
            (dt.date(2025, 8, 31), None, ParticipationOutside),
            (SPRING, dt.date(2030, 9, 2), ParticipationOutside),
            (ENDS, None, ParticipationOutside),
        ],
    )
    def test_refuses_days_that_the_programme_has_not(
        self, made, programme, north, start, end, refused
    ):
        with pytest.raises(refused):
            take(made, programme, north, start, end)

    def test_refuses_days_before_the_cluster(self, made, programme):
        young = made.open("Young", made.schools[:2], start_on=SPRING)
        with pytest.raises(ParticipationOutside, match="The cluster has no such days"):
            take(made, programme, young)

    def test_refuses_strangers_and_their_clusters(self, made, programme, north):
        elsewhere = organisation("Elsewhere")
        stranger = officer(elsewhere, "Eve")
        with pytest.raises(NotAllowed):
            take_in(
                person=stranger, day=TODAY, pk=programme.pk, cluster_pk=north.pk, start_on=AUTUMN
            )
        theirs = start_programme(
            person=stranger, day=TODAY, organisation=elsewhere, facts=facts("Theirs")
        )
        with pytest.raises(NotAllowed, match="You cannot take this cluster in: North"):
            take_in(person=stranger, day=TODAY, pk=theirs.pk, cluster_pk=north.pk, start_on=AUTUMN)

    def test_refuses_what_is_not_there(self, made, programme):
        with pytest.raises(NotThere):
            take_in(**made.who, pk=programme.pk, cluster_pk=999_999, start_on=AUTUMN)


class TestEndingAPart:
    def test_keeps_the_past(self, made, programme, north):
        part = take(made, programme, north)
        end_participation(**made.who, pk=programme.pk, part_pk=part.pk, on=SPRING, reason="Merged")
        assert participations_on(programme, AUTUMN).exists()
        assert not participations_on(programme, SPRING).exists()

    def test_that_has_ended_is_refused(self, made, programme, north):
        part = take(made, programme, north, end_on=dt.date(2026, 10, 1))
        with pytest.raises(EndedAlready):
            end_participation(**made.who, pk=programme.pk, part_pk=part.pk, on=SPRING)

    def test_before_it_starts_is_refused(self, made, programme, north):
        part = take(made, programme, north)
        with pytest.raises(EndsBeforeItStarts):
            end_participation(**made.who, pk=programme.pk, part_pk=part.pk, on=AUTUMN)

    def test_later_than_it_ends_is_refused(self, made, programme, north):
        part = take(made, programme, north, end_on=SPRING)
        with pytest.raises(ParticipationOutside):
            end_participation(**made.who, pk=programme.pk, part_pk=part.pk, on=dt.date(2028, 1, 1))

    def test_of_another_programme_is_not_there(self, made, programme, strict, north):
        part = take(made, programme, north)
        with pytest.raises(NotThere):
            end_participation(**made.who, pk=strict.pk, part_pk=part.pk, on=SPRING)

    def test_that_has_not_begun_can_be_taken_back(self, made, programme, north):
        part = take(made, programme, north, SPRING)
        take_back(**made.who, pk=programme.pk, part_pk=part.pk)
        assert not programme.participations.exists()

    def test_that_has_begun_cannot_be_taken_back(self, made, programme, north):
        part = take(made, programme, north)
        with pytest.raises(EndedAlready):
            take_back(**made.who, pk=programme.pk, part_pk=part.pk)


class TestOneClusterASchool:
    def test_refuses_a_second_cluster_and_names_school_and_clusters(
        self, made, strict, north, south
    ):
        take(made, strict, north)
        with pytest.raises(InAnotherCluster) as refused:
            take(made, strict, south)
        for name in (str(made.schools[3]), "North", "South", "One each"):
            assert name in str(refused.value)

    def test_allows_it_when_the_first_has_ended(self, made, strict, north, south):
        take(made, strict, north, end_on=SPRING)
        take(made, strict, south, SPRING)
        assert strict.participations.count() == 2

    def test_says_nothing_where_the_programme_allows_several(self, made, programme, north, south):
        take(made, programme, north)
        take(made, programme, south)
        assert not Place.objects.exists()

    def test_switched_on_names_those_who_are_in_two(self, made, programme, north, south):
        take(made, programme, north)
        take(made, programme, south)
        wanted = facts(one_cluster_a_school=True)
        with pytest.raises(InAnotherCluster, match=str(made.schools[3])):
            change_programme(**made.who, pk=programme.pk, facts=wanted)
        programme.refresh_from_db()
        assert not programme.one_cluster_a_school

    def test_switched_on_holds_from_then_on(self, made, programme, north, south):
        take(made, programme, north)
        change_programme(**made.who, pk=programme.pk, facts=facts(one_cluster_a_school=True))
        assert Place.objects.count() == 4
        with pytest.raises(InAnotherCluster):
            take(made, programme, south)

    def test_written_past_the_services_is_refused_and_named(self, made, strict, north, south):
        take(made, strict, north)
        with pytest.raises(InAnotherCluster, match=str(made.schools[3])), in_words():
            Participation.objects.create(cluster=south, programme=strict, start_on=AUTUMN)
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            Participation.objects.create(cluster=south, programme=strict, start_on=AUTUMN)
        assert str(made.schools[3]) in str(problem_of(refused.value))

    def test_other_refusals_are_said_as_what_they_are(self, made, strict, north):
        take(made, strict, north)
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            Participation.objects.create(cluster=north, programme=strict, start_on=AUTUMN)
        assert isinstance(problem_of(refused.value), TakesPartAlready)


class TestMovingAProgrammesDates:
    def test_moves_the_parts_that_lasted_until_its_end(self, made, programme, north, south):
        part = take(made, programme, north)
        short = take(made, programme, south, end_on=SPRING)
        longer = dt.date(2032, 9, 1)
        change_programme(**made.who, pk=programme.pk, facts=facts(ends_on=longer))
        part.refresh_from_db()
        short.refresh_from_db()
        assert (part.end_on, short.end_on) == (longer, SPRING)

    def test_cuts_what_would_go_on_after_it(self, made, programme, north):
        part = take(made, programme, north, end_on=dt.date(2029, 1, 1))
        sooner = dt.date(2028, 1, 1)
        change_programme(**made.who, pk=programme.pk, facts=facts(ends_on=sooner))
        part.refresh_from_db()
        assert part.end_on == sooner

    @pytest.mark.parametrize(
        "dates", [{"starts_on": dt.date(2026, 10, 1)}, {"ends_on": dt.date(2026, 8, 1)}]
    )
    def test_refuses_dates_that_leave_a_part_without_days(self, made, programme, north, dates):
        take(made, programme, north)
        with pytest.raises(ParticipationOutside, match="North"):
            change_programme(**made.who, pk=programme.pk, facts=facts(**dates))

    @pytest.mark.parametrize("first", [dt.date(2025, 8, 31), ENDS])
    def test_refuses_a_first_cycle_outside_it(self, made, programme, first):
        with pytest.raises(CycleOutsideTheProgramme):
            change_programme(**made.who, pk=programme.pk, facts=facts(first_cycle_on=first))

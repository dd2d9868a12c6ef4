"""A school's figures are its own until it releases them; and again when it takes that back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Agreement, AgreementVersion, Membership
from clusterwork.kernel.errors import NotAllowed
from clusterwork.measures.models import Figure, Release
from clusterwork.measures.permissions.seeing import (
    figure_for,
    figures_for_cluster,
    figures_visible_to,
)
from clusterwork.measures.services.comments import NothingSaid, SaidTooMuch, comment_on_figure
from clusterwork.measures.services.releases import (
    NoAgreementInForce,
    NotInThisCluster,
    ReleasedAlready,
    TakenBackAlready,
    release_figures,
    withdraw_release,
)
from clusterwork.measures.tests.made import NOW, TODAY, Place, measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return Place()


def sees(person: Person, figure: Figure) -> bool:
    return Figure.objects.filter(figures_visible_to(person, TODAY), pk=figure.pk).exists()


def release(place: Place, **told: Any) -> Release:
    facts = {"person": place.head, "school_pk": place.own.pk, "cluster_pk": place.cluster.pk}
    return release_figures(day=TODAY, now=NOW, **{**facts, **told})


def agree(place: Place) -> AgreementVersion:
    """A data-sharing agreement of the cluster, in force."""
    agreement = Agreement.objects.create(cluster=place.cluster, kind="data_sharing")
    return AgreementVersion.objects.create(
        agreement=agreement, number=1, state="in_force", in_force_on=dt.date(2026, 1, 1)
    )


class TestUnreleased:
    def test_a_figure_is_seen_by_its_school_alone(self, place: Place) -> None:
        figure = place.enter()
        assert sees(place.head, figure)
        for other in (place.other_head, place.outside_head, place.officer):
            assert not sees(other, figure)
            with pytest.raises(NotAllowed):
                figure_for(other, figure.pk, TODAY)
        visible = figures_for_cluster(place.cluster, TODAY)
        assert not Figure.objects.filter(visible).exists()

    def test_a_published_figure_is_seen_by_everybody(self, place: Place) -> None:
        figure = Figure.objects.create(
            measure=measure("ks2-maths-expected"),
            school=place.own,
            on=dt.date(2025, 7, 31),
            value=60,
            origin="upload",
            entered_at=NOW,
            is_public=True,
        )
        assert all(sees(p, figure) for p in (place.other_head, place.outside_head, place.officer))

    def test_what_an_officer_entered_she_sees(self, place: Place) -> None:
        assert sees(place.officer, place.enter(person=place.officer))


class TestReleasing:
    def test_shows_figures_to_the_clusters_schools_and_nobody_else(self, place: Place) -> None:
        figure = place.enter()
        release(place)
        assert sees(place.other_head, figure)
        assert not sees(place.outside_head, figure) and not sees(place.officer, figure)
        assert Figure.objects.filter(figures_for_cluster(place.cluster, TODAY)).get() == figure

    def test_of_one_measure_shows_no_other(self, place: Place) -> None:
        shown, hidden = place.enter(), place.enter("80", measure="staff-retention")
        release(place, measure_pk=measure("attendance").pk)
        assert sees(place.other_head, shown) and not sees(place.other_head, hidden)

    def test_shows_them_to_officers_where_an_agreement_says_so(self, place: Place) -> None:
        figure = place.enter()
        with pytest.raises(NoAgreementInForce):
            release(place, officers_too=True)
        version = agree(place)
        assert release(place, officers_too=True).agreement == version
        assert sees(place.officer, figure)

    def test_ends_with_the_schools_membership(self, place: Place) -> None:
        figure = place.enter()
        release(place)
        Membership.objects.filter(school=place.own).update(end_on=TODAY, ended_by="left")
        assert not sees(place.other_head, figure)

    def test_happens_once(self, place: Place) -> None:
        release(place)
        with pytest.raises(ReleasedAlready):
            release(place)

    def test_is_for_the_head_and_clusters_of_the_school(self, place: Place) -> None:
        for person in (place.other_head, place.officer):
            with pytest.raises(NotAllowed):
                release(place, person=person)
        with pytest.raises(NotInThisCluster):
            release(place, person=place.outside_head, school_pk=place.outside.pk)


class TestTakingBack:
    def test_hides_them_again(self, place: Place) -> None:
        figure, told = place.enter(), release(place)
        later = NOW + dt.timedelta(hours=1)
        withdraw_release(person=place.head, day=TODAY, now=later, pk=told.pk)
        assert not sees(place.other_head, figure)
        with pytest.raises(TakenBackAlready):
            withdraw_release(person=place.head, day=TODAY, now=later, pk=told.pk)
        assert release(place)

    def test_is_for_the_school(self, place: Place) -> None:
        told = release(place)
        with pytest.raises(NotAllowed):
            withdraw_release(person=place.other_head, day=TODAY, now=NOW, pk=told.pk)


class TestCommenting:
    def say(self, place: Place, figure: Figure, words: str, person: Person | None = None) -> None:
        comment_on_figure(
            person=person or place.head, day=TODAY, now=NOW, pk=figure.pk, words=words
        )

    def test_stays_with_the_figure(self, place: Place) -> None:
        figure = place.enter()
        self.say(place, figure, "Eleven pupils, two of whom came in May.")
        assert figure.comments.get().by == place.head

    def test_is_for_the_schools_own_people(self, place: Place) -> None:
        figure = place.enter()
        release(place)
        with pytest.raises(NotAllowed):
            self.say(place, figure, "Look at that.", place.other_head)

    def test_says_something_and_not_too_much(self, place: Place) -> None:
        figure = place.enter()
        with pytest.raises(NothingSaid):
            self.say(place, figure, "  ")
        with pytest.raises(SaidTooMuch):
            self.say(place, figure, "x" * 4001)

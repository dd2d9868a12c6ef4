"""Closer looks in the browser: asked for, watched, read by officers, and by a school its own."""

import pytest
from django.urls import reverse
from django.utils import timezone

from clusterwork.clusters.models import Lock, Look, Round
from clusterwork.clusters.services.looking import look_after, work_on_look
from clusterwork.clusters.tests.invented import proposal_made
from clusterwork.clusters.tests.made import TODAY
from clusterwork.clusters.tests.made_consulting import head_of
from clusterwork.web.clusters.tests.conftest import client_of, words_of


@pytest.fixture
def proposal(county):
    """Clusters by the order of the schools: better ones are near, so that some are borderline."""
    return proposal_made(county)


@pytest.fixture
def put(county, proposal):
    return Round.objects.create(
        formation=county.formation, number=1, proposal=proposal, closes_on=TODAY
    )


def page(client, name, *args):
    return words_of(client.get(reverse(name, args=args)))


def work_out():
    for look in Look.objects.all():
        work_on_look(look.pk)


class TestOtherPlacesOfASchool:
    def test_are_worked_out_on_demand_and_then_stand_there(self, county, officer, proposal):
        school = county.schools[0].pk
        at = (proposal.pk, school)
        assert "Work out its other places" in page(officer, "proposed_place", *at)
        answer = officer.post(reverse("work_out_alternatives", args=at), follow=True)
        assert "It waits for its turn." in words_of(answer)
        work_out()
        words = page(officer, "proposed_place", *at)
        assert "Cluster 2 . Hub:" in words
        assert "All journeys together would" in words
        assert "Worked out:" in words

    def test_say_when_decisions_have_changed_since(self, county, officer, proposal):
        one, two = county.schools[:2]
        at = (proposal.pk, one.pk)
        officer.post(reverse("work_out_alternatives", args=at))
        work_out()
        told = {"kind": Lock.Kind.APART, "school": one.pk, "other": two.pk, "because": ""}
        officer.post(reverse("locks", args=[county.formation.pk]), told)
        words = page(officer, "proposed_place", *at)
        assert "Decisions or schools of the exercise have changed since." in words

    def test_what_came_in_the_way_is_said(self, county, officer, proposal):
        school = county.schools[0]
        at = (proposal.pk, school.pk)
        officer.post(reverse("work_out_alternatives", args=at))
        county.formation.chosen.filter(school=school).update(declined_at=timezone.now())
        work_out()
        assert "This school cannot be placed any more." in page(officer, "proposed_place", *at)


class TestASchoolsOwn:
    def test_is_worked_out_at_its_wish(self, county, proposal, put):
        school = county.schools[0]
        head = client_of(head_of(school))
        at = (put.pk, school.pk)
        assert "Work out our other places" in page(head, "own_place", *at)
        head.post(reverse("own_elsewhere", args=at))
        (look,) = Look.objects.all()
        progress = head.get(reverse("look_progress", args=[look.pk])).json()
        assert progress["is_open"]
        work_out()
        assert "Worked out:" in page(head, "own_place", *at)

    def test_of_another_school_stays_with_it(self, county, proposal, put):
        mine, other = county.schools[:2]
        head = client_of(head_of(mine))
        assert head.post(reverse("own_elsewhere", args=[put.pk, other.pk])).status_code == 403
        Look.objects.create(
            proposal=proposal, kind="alternatives", school=other, asked_at=timezone.now()
        )
        (look,) = Look.objects.all()
        assert head.get(reverse("look_progress", args=[look.pk])).status_code == 403

    def test_says_nothing_of_decisions_about_others_and_only_counts_journeys(
        self, county, officer, proposal, put
    ):
        school = county.schools[0]
        for place in proposal.places.filter(cluster__number=2):
            Lock.objects.create(
                formation=county.formation, kind="apart", school=school, other=place.school
            )
        head = client_of(head_of(school))
        head.post(reverse("own_elsewhere", args=[put.pk, school.pk]))
        work_out()
        words = page(head, "own_place", put.pk, school.pk)
        assert "locked" not in words.lower()
        assert "Another rule or decision stands against it." in words
        assert "Everything that the policy weighs" not in words


class TestWhatDecisionsCost:
    def test_stands_beside_the_rules(self, county, officer, proposal):
        one, two = county.schools[0], county.schools[7]
        Lock.objects.create(formation=county.formation, kind="apart", school=one, other=two)
        at = reverse("work_out_decisions", args=[proposal.pk])
        officer.post(at)
        work_out()
        words = page(officer, "proposal_rules", proposal.pk)
        assert f"Must not be together {one} – {two}" in words

    def test_is_not_offered_where_nothing_was_decided(self, officer, proposal):
        words = page(officer, "proposal_rules", proposal.pk)
        assert "What each decision costs" not in words


class TestFirmPlaces:
    def test_are_summed_up_on_the_proposal_and_listed_on_their_page(
        self, county, officer, proposal
    ):
        look_after(proposal.pk)
        look = Look.objects.get()
        school = county.schools[0]
        look.found = {
            **look.found,
            "n_plans": 5,
            "borderline": [
                {"school": school.pk, "stays": 2, "elsewhere": [[2, 2], [None, 1], [1, 1]]}
            ],
        }
        look.save()
        assert "11 of 12 schools are firm." in page(officer, "proposal", proposal.pk)
        words = page(officer, "proposal_firmness", proposal.pk)
        assert f"{school} 1" in words
        elsewhere = "Cluster 2: 2; In no cluster: 1; Its own cluster, with other companions: 1"
        assert f"2 of 5 {elsewhere}" in words
        drawn = officer.get(reverse("proposal_map", args=[proposal.pk])).json()
        marked = [
            each["properties"]["name"]
            for each in drawn["schools"]["features"]
            if each["properties"].get("borderline")
        ]
        assert marked == [str(school)]

    def test_are_never_shown_to_schools(self, county, proposal, put):
        look_after(proposal.pk)
        head = client_of(head_of(county.schools[0]))
        drawn = head.get(reverse("whole_round_map", args=[put.pk])).json()
        assert not any("borderline" in each["properties"] for each in drawn["schools"]["features"])
        for name, at in (("own_place", [put.pk, county.schools[0].pk]), ("whole_round", [put.pk])):
            words = page(head, name, *at).lower()
            assert "firm " not in words
            assert "borderline" not in words
        assert head.get(reverse("proposal_firmness", args=[proposal.pk])).status_code == 403
        look = Look.objects.get()
        assert head.get(reverse("look_progress", args=[look.pk])).status_code == 403

    def test_can_be_asked_for_again(self, officer, proposal):
        assert "Work out which places are firm" in page(officer, "proposal_firmness", proposal.pk)
        officer.post(reverse("work_out_firmness", args=[proposal.pk]))
        assert "It waits for its turn." in page(officer, "proposal_firmness", proposal.pk)


class TestHowGoodItIs:
    def test_says_how_far_above_the_best_it_can_be_and_what_binds(self, officer, proposal):
        words = page(officer, "proposal", proposal.pk)
        assert "at most 0.6% above the best that any arrangement could do" in words
        assert "One rule binds" in words
        assert "Would save: 2.5 minutes." in words

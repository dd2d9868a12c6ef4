"""Moving, answering, confirming and reconstructing in the browser."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from clusterwork.accounts.models import Person, Role
from clusterwork.clusters.models import (
    Answer,
    AskedSchool,
    Asking,
    Cluster,
    Confirmation,
    Lock,
    Membership,
    Participation,
    Proposal,
    Round,
    Wish,
)
from clusterwork.clusters.services.moving import keep_move
from clusterwork.clusters.tests.invented import proposal_made
from clusterwork.clusters.tests.made import TODAY, County
from clusterwork.clusters.tests.made_consulting import head_of
from clusterwork.web.clusters.moving.tasks import moving_tasks
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.navigation import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def county():
    return County(n_schools=12)


@pytest.fixture
def officer(county):
    return client_of(county.officer)


@pytest.fixture
def proposal(county):
    return proposal_made(county)


@pytest.fixture
def answer(county, proposal):
    found = Round.objects.create(
        formation=county.formation, number=1, proposal=proposal, closes_on=TODAY
    )
    return Answer.objects.create(
        round=found,
        school=county.schools[0],
        number=1,
        kind=Answer.Kind.ASK_TO_MOVE,
        wanted=proposal.clusters.get(number=2),
        comment="Our pupils go there.",
        answered_by=head_of(county.schools[0]),
    )


def moving(proposal):
    return reverse("move_school", args=[proposal.pk])


class TestMoveASchool:
    def test_shows_what_it_does_at_once_and_keeps_nothing(self, county, officer, proposal):
        asked = {"school": county.schools[0].pk, "to": 2}
        words = words_of(officer.get(moving(proposal), asked))
        assert "what the move would do" in words
        assert "Cluster 1, after the move 5" in words
        assert "Cluster 2, after the move 7" in words
        assert Proposal.objects.count() == 1

    def test_keeping_leads_to_a_proposal_that_names_its_base(self, county, officer, proposal):
        asked = {"school": county.schools[0].pk, "to": 2}
        answer = officer.post(moving(proposal), {**asked, "because": "Asked for."}, follow=True)
        words = words_of(answer)
        assert "Made by hand out of another proposal: Proposal 1" in words
        assert f"{county.schools[0]} : Cluster 1 → Cluster 2" in words

    def test_a_broken_rule_asks_for_a_reason_and_shows_it_afterwards(
        self, county, officer, proposal
    ):
        asked = {"school": county.schools[0].pk, "to": "none"}
        words = words_of(officer.post(moving(proposal), asked))
        assert "Breaks a rule: In no cluster." in words
        assert "Say why it is to be made all the same" in words
        assert "Officers and inspectors can read it." in words
        assert Proposal.objects.count() == 1
        kept = officer.post(moving(proposal), {**asked, "because": "It closes."}, follow=True)
        words = words_of(kept)
        assert "Rules broken on purpose: a cluster for each school" in words
        assert "Why: It closes." in words

    def test_a_school_that_is_there_already_is_said_beside_the_field(
        self, county, officer, proposal
    ):
        asked = {"school": county.schools[0].pk, "to": 1}
        assert "The school is there already." in words_of(officer.get(moving(proposal), asked))

    @pytest.mark.parametrize("asked", [{"school": "x", "to": "y"}, {"school": "", "to": ""}])
    def test_anything_else_in_the_address_is_an_error_of_the_form(self, officer, proposal, asked):
        answer = officer.get(moving(proposal), asked)
        assert answer.status_code == 200
        assert "There is a problem" in words_of(answer)

    def test_a_move_can_be_taken_back(self, county, officer, proposal):
        kept = keep_move(
            person=county.officer, day=TODAY, pk=proposal.pk, school_pk=county.schools[0].pk, to=2,
            because="Asked for.",
        )  # fmt: skip
        back = reverse("move_back", args=[kept.pk, county.schools[0].pk])
        assert "No school is moved any more." in words_of(officer.post(back, follow=True))

    def test_goes_on_in_the_proposal_that_was_begun(self, county, officer, proposal):
        one, two = county.schools[:2]
        officer.post(moving(proposal), {"school": one.pk, "to": 2, "because": "Asked."})
        begun = Proposal.objects.get(base=proposal)
        answer = officer.get(moving(proposal), follow=True)
        assert answer.redirect_chain[-1][0] == f"{moving(begun)}?from=1"
        assert "You go on in proposal 2" in words_of(answer)
        for asked in ({"anew": 1}, {"school": two.pk, "to": 2}):
            assert "Go on moving in proposal 2" in words_of(officer.get(moving(proposal), asked))

    def test_begins_anew_once_schools_have_seen_what_was_begun(self, county, officer, proposal):
        officer.post(
            moving(proposal), {"school": county.schools[0].pk, "to": 2, "because": "Asked."}
        )
        begun = Proposal.objects.get(base=proposal)
        Round.objects.create(formation=county.formation, number=1, proposal=begun, closes_on=TODAY)
        assert officer.get(moving(proposal)).status_code == 200

    def test_another_officers_proposal_is_her_own(self, county, officer, proposal):
        officer.post(
            moving(proposal), {"school": county.schools[0].pk, "to": 2, "because": "Asked."}
        )
        Proposal.objects.filter(base=proposal).update(asked_by=None)
        assert officer.get(moving(proposal)).status_code == 200


class TestArrangeAnew:
    def asked(self, county):
        return {"school": county.schools[0].pk, "to": 2, "around": 1}

    def test_says_who_moves_where_and_keeps_nothing(self, county, officer, proposal):
        answer = officer.get(moving(proposal), self.asked(county))
        words = words_of(answer)
        assert "the clusters around it, arranged anew" in words
        assert f"{county.schools[0]} : Cluster 1 → Cluster 2" in words
        assert Proposal.objects.count() == 1

    def test_one_press_keeps_it_as_it_was_seen(self, county, officer, proposal):
        page = officer.get(moving(proposal), self.asked(county)).content.decode()
        (moves,) = re.findall(r'name="moves" value="([^"]+)"', page)
        address = reverse("keep_moves", args=[proposal.pk])
        words = words_of(officer.post(address, {"moves": moves}, follow=True))
        assert "Made by hand out of another proposal: Proposal 1" in words
        kept = Proposal.objects.get(base=proposal)
        assert {str(move["school"]) for move in kept.moves} == {
            each.split(":")[0] for each in moves.split()
        }

    @pytest.mark.parametrize("moves", ["", "x", "1:2; drop", "1:2 1:3", "9999:1"])
    def test_anything_else_is_refused_and_leads_back(self, officer, proposal, moves):
        answer = officer.post(reverse("keep_moves", args=[proposal.pk]), {"moves": moves})
        assert answer["Location"] == moving(proposal)
        assert Proposal.objects.count() == 1

    def test_what_cannot_be_is_said_beside_what_the_move_alone_would_do(
        self, county, officer, proposal
    ):
        for place in proposal.places.filter(cluster__number=2):
            Lock.objects.create(
                formation=county.formation, kind="apart", school=county.schools[0],
                other=place.school,
            )  # fmt: skip
        words = words_of(officer.get(moving(proposal), self.asked(county)))
        assert "No arrangement of the clusters around has this school there." in words
        assert "what the move would do" in words


class TestLockAndProposeAgain:
    def test_adds_decisions_and_leads_to_the_next_proposal(self, county, officer, proposal):
        address = reverse("hold_and_propose", args=[proposal.pk])
        answer = officer.post(address, {"clusters": ["1"], "because": "They agree."})
        assert answer.status_code == 302
        assert reverse("propose", args=[county.formation.pk]) in answer["Location"]
        assert county.formation.locks.filter(kind=Lock.Kind.TOGETHER).count() == 5

    def test_nothing_chosen_is_refused(self, officer, proposal):
        address = reverse("hold_and_propose", args=[proposal.pk])
        assert "There is nothing new to hold." in words_of(officer.post(address, {"because": ""}))

    def test_what_is_held_is_not_held_twice(self, county, officer, proposal):
        address = reverse("hold_and_propose", args=[proposal.pk])
        officer.post(address, {"clusters": ["1"]})
        assert "There is nothing new to hold." in words_of(officer.post(address, {"clusters": "1"}))
        assert county.formation.locks.count() == 5


class TestLeavingOut:
    def test_takes_those_who_declined_out_of_the_next_proposals(self, county, officer, answer):
        answer.kind = Answer.Kind.DECLINE
        answer.save()
        hold = reverse("hold_and_propose", args=[answer.round.proposal_id])
        assert str(answer.school) in words_of(officer.get(hold))
        address = reverse("leave_out_declined", args=[answer.round_id])
        words = words_of(officer.post(address, follow=True))
        assert "One school is left out of the next proposals." in words
        assert "Schools that declined" not in words
        assert county.formation.chosen.filter(declined_at__isnull=False).count() == 1


class TestAnswerASchool:
    def test_is_filled_with_what_the_move_would_cost_whom(self, officer, answer):
        page = officer.get(reverse("answer_reply", args=[answer.pk]))
        words = words_of(page)
        assert "Our pupils go there." in words
        assert "Two of the four fields are filled" in words
        assert "Cluster 2 would have 7 schools." in words

    def test_is_never_filled_with_a_decision_about_two_schools(self, county, officer, answer):
        other = answer.wanted.places.first().school
        Lock.objects.create(
            formation=county.formation, kind=Lock.Kind.APART, school=answer.school, other=other
        )
        words = words_of(officer.get(reverse("answer_reply", args=[answer.pk])))
        assert "Cluster 2 would have 7 schools." in words
        assert "Locked apart" not in words

    def test_is_kept_and_shown(self, officer, answer):
        address = reverse("answer_reply", args=[answer.pk])
        said = {"outcome": "not_granted", "text": "The journey is too long."}
        assert officer.post(address, said).status_code == 302
        assert "The journey is too long." in words_of(officer.get(address))

    def test_without_words_keeps_what_was_typed(self, officer, answer):
        address = reverse("answer_reply", args=[answer.pk])
        words = words_of(officer.post(address, {"outcome": "granted", "cost_to_asker": "Less."}))
        assert "Say in a sentence what was decided and why." in words
        assert "Less." in words


class TestConfirm:
    def address(self, proposal):
        return reverse("confirm", args=[proposal.pk])

    def test_asks_for_the_day_and_names_the_consequence(self, county, officer, proposal):
        head_of(county.schools[0])
        assert "When do the clusters begin?" in words_of(officer.get(self.address(proposal)))
        words = words_of(officer.get(self.address(proposal), {"start_on": "1/9/2027"}))
        assert "Confirm 2 clusters from 1 September 2027 and tell one school" in words
        assert "11 schools have no headteacher who can sign in" in words
        assert not Confirmation.objects.exists()

    def test_confirms_with_the_names_given_and_shows_the_clusters(self, officer, proposal):
        told = {"start_on": "2027-09-01", "name-1": "Louth", "name-2": "Boston"}
        answer = officer.post(self.address(proposal), told, follow=True)
        words = words_of(answer)
        assert "2 clusters begin. First day: 1 September 2027." in words
        assert set(Cluster.objects.values_list("working_name", flat=True)) == {"Louth", "Boston"}

    def test_keeps_the_names_where_something_is_wrong(self, officer, proposal):
        told = {"start_on": "2027-09-01", "name-1": "Louth", "name-2": "Louth"}
        page = officer.post(self.address(proposal), told)
        assert "Each cluster needs a working name of its own." in words_of(page)
        assert page.content.decode().count('value="Louth"') == 2

    def test_leads_to_what_was_confirmed_once_that_is_done(self, officer, proposal):
        told = {"start_on": "2027-09-01", "name-1": "Louth", "name-2": "Boston"}
        officer.post(self.address(proposal), told)
        again = officer.post(self.address(proposal), told)
        assert again["Location"] == reverse("confirmed", args=[proposal.formation_id])
        assert Cluster.objects.count() == 2

    def test_names_the_clusters_that_were_emptied_and_stay_to_be_closed(
        self, county, officer, proposal
    ):
        old = Cluster.objects.create(
            organisation=county.organisation, working_name="Old", start_on=dt.date(2020, 9, 1)
        )
        began = {"cluster": old, "start_on": dt.date(2020, 9, 1)}
        Membership.objects.create(**began, school=county.schools[0])
        Participation.objects.create(**began, programme=county.programme)
        told = {"start_on": "2027-09-01", "name-1": "Louth", "name-2": "Boston"}
        page = officer.post(self.address(proposal), {**told, "end_present": "on"}, follow=True)
        assert "From 1 September 2027 they have none left" in words_of(page)
        assert reverse("cluster", args=[old.pk]) in page.content.decode()
        assert reverse("cluster_status", args=[old.pk]) in page.content.decode()

    def test_says_nothing_of_closing_where_nothing_was_emptied(self, officer, proposal):
        told = {"start_on": "2027-09-01", "name-1": "Louth", "name-2": "Boston"}
        page = officer.post(self.address(proposal), told, follow=True)
        assert "Clusters to be closed" not in words_of(page)

    @pytest.mark.parametrize("day", ["1/1/2020", "1/1/2040"])
    def test_a_wrong_day_is_said_before_anything_is_checked(self, officer, proposal, day):
        words = words_of(officer.get(self.address(proposal), {"start_on": day}))
        assert "The clusters cannot begin on this day." in words
        assert "Check before you confirm" not in words

    def test_begins_with_who_declined_and_who_did_not_answer(
        self, county, officer, proposal, answer
    ):
        answer.kind, answer.wanted = Answer.Kind.DECLINE, None
        answer.save()
        words = words_of(officer.get(self.address(proposal), {"start_on": "1/9/2027"}))
        assert "One school of this proposal declined" in words
        assert "11 schools did not answer in the last round" in words
        assert "and one more" in words
        assert words.index("declined") < words.index("First day")

    def test_places_a_school_that_declined_only_when_ticked(
        self, county, officer, proposal, answer
    ):
        answer.kind, answer.wanted = Answer.Kind.DECLINE, None
        answer.save()
        Round.objects.update(closed_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
        told = {"start_on": "2027-09-01", "name-1": "Louth", "name-2": "Boston"}
        refused = words_of(officer.post(self.address(proposal), told))
        assert "Schools of this proposal have declined" in refused
        assert not Confirmation.objects.exists()
        done = officer.post(self.address(proposal), {**told, "despite_declines": "on"}, follow=True)
        assert "2 clusters begin." in words_of(done)

    def test_names_requests_and_wishes_that_wait(self, county, officer, proposal, answer):
        asking = Asking.objects.create(formation=county.formation, number=1, closes_on=TODAY)
        asked = AskedSchool.objects.create(asking=asking, school=county.schools[0])
        Wish.objects.create(asked=asked, kind=Wish.Kind.WISHES, other=county.schools[1])
        page = officer.get(self.address(proposal), {"start_on": "1/9/2027"})
        assert "One school that asked to move has no answer yet" in words_of(page)
        assert "One wish of a school is not decided" in words_of(page)
        assert reverse("answer_reply", args=[answer.pk]) in page.content.decode()

    def test_memberships_outside_the_programme_are_no_obstacle(self, county, officer, proposal):
        old = Cluster.objects.create(
            organisation=county.organisation, working_name="Old", start_on=dt.date(2020, 9, 1)
        )
        began = {"cluster": old, "start_on": dt.date(2020, 9, 1)}
        Membership.objects.create(**began, school=county.schools[0])
        asked = {"start_on": "1/9/2027"}
        words = words_of(officer.get(self.address(proposal), asked))
        assert "so none stands in the way" in words and "one of its clusters only" not in words
        Participation.objects.create(**began, programme=county.programme)
        type(county.programme).objects.update(one_cluster_a_school=True)
        words = words_of(officer.get(self.address(proposal), asked))
        assert "which allows a school one of its clusters only" in words

    def test_nothing_confirmed_has_no_page(self, county, officer):
        assert officer.get(reverse("confirmed", args=[county.formation.pk])).status_code == 404


class TestWhy:
    def test_tells_an_officer_everything(self, county, officer, answer):
        words = words_of(officer.get(reverse("formation_why", args=[county.formation.pk])))
        assert "Proposal 1: cluster 1." in words
        assert "Round 1: the school asked to move. To cluster: 2." in words
        assert "Our pupils go there." in words

    def test_leaves_the_schools_own_words_out_for_inspectors(self, county, answer):
        inspector = Person.objects.create_user("ines@example.org", "x" * 20, name="Ines")
        Role.objects.create(
            person=inspector,
            kind="inspector",
            organisation=county.organisation,
            start_on=dt.date(2020, 1, 1),
        )
        page = client_of(inspector).get(reverse("formation_why", args=[county.formation.pk]))
        assert "the school asked to move" in words_of(page)
        assert "Our pupils go there." not in words_of(page)
        file = client_of(inspector).get(reverse("formation_why_csv", args=[county.formation.pk]))
        text = b"".join(file.streaming_content).decode()
        assert "asked to move" in text
        assert "Our pupils go there." not in text


class TestTasks:
    def test_are_requests_first_and_then_confirming(self, county, officer, answer):
        viewer = Viewer.of(county.officer)
        assert [each.text for each in moving_tasks(viewer)] == [
            "Answer a school that asked to move"
        ]
        officer.post(
            reverse("answer_reply", args=[answer.pk]), {"outcome": "noted", "text": "Thank you."}
        )
        assert moving_tasks(viewer) == []
        Round.objects.update(closed_at=dt.datetime(2026, 12, 1, tzinfo=dt.UTC))
        (task,) = moving_tasks(viewer)
        assert task.address == reverse("proposal", args=[answer.round.proposal_id])

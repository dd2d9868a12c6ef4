"""A programme's pages: clusters on a day, priorities, groups, and who it is for."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clusterwork.accounts.models import Person, Role
from clusterwork.clusters.models import Programme
from clusterwork.clusters.services.participations import take_in
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.clusters.tests.made_clusters import Clusters
from clusterwork.registry.models import Census
from clusterwork.web.clusters.programme.tasks import programme_tasks
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.clusters.tests.conftest import (
    without_second_factor as without_second_factor,
)
from clusterwork.web.formats import day
from clusterwork.web.navigation import Viewer

pytestmark = pytest.mark.django_db
BEGUN = dt.date(2025, 9, 1)


class Place:
    """A programme with a cluster of three schools, another cluster beside it, and its officer."""

    def __init__(self) -> None:
        self.made = Clusters(n_schools=6)
        self.programme = self.programme_called("Together")
        self.north = self.made.open("North", self.made.schools[:3])
        self.south = self.made.open("South", self.made.schools[2:])
        take_in(**self.made.who, pk=self.programme.pk, cluster_pk=self.north.pk, start_on=BEGUN)
        self.officer = client_of(self.made.officer)

    def programme_called(self, name: str, **told) -> Programme:
        facts = {"name": name, "name_cy": "", "starts_on": BEGUN, "ends_on": None} | told
        return start_programme(
            **self.made.who, organisation=self.made.organisation, facts=ProgrammeFacts(**facts)
        )

    def at(self, name: str, *args) -> str:
        return reverse(name, args=[self.programme.pk, *args])

    def head_of(self, school) -> Client:
        head = Person.objects.create_user("head@example.org", "x" * 20, name="Nia")
        Role.objects.create(
            person=head, kind="headteacher", school=school, start_on=dt.date(2020, 1, 1)
        )
        return client_of(head)


@pytest.fixture
def place(db) -> Place:
    return Place()


class TestTheOverview:
    def test_says_how_many_clusters_and_schools_take_part(self, place):
        words = words_of(place.officer.get(place.at("programme")))
        assert "One cluster takes part today. 3 schools." in words

    def test_warns_of_a_short_life_and_no_lead_in(self, place):
        short = place.programme_called("Short", ends_on=dt.date(2028, 9, 1), first_cycle_on=BEGUN)
        words = words_of(place.officer.get(reverse("programme", args=[short.pk])))
        assert "The programme lasts less than five years: 36 months." in words
        assert "There is no lead-in before the first cycle." in words
        assert "EAS clusters, 4.2.5" in words

    def test_shows_heads_in_it_no_exercises_and_nothing_to_change(self, place):
        head = place.head_of(place.made.schools[0])
        words = words_of(head.get(place.at("programme")))
        assert "One cluster takes part today." in words
        assert "Form clusters" not in words and "Policy" not in words
        assert "Together" in words_of(head.get(reverse("programmes")))

    def test_is_in_the_navigation_of_those_who_have_something_there(self, place):
        inside, outside = place.made.schools[0], place.made.schools[5]
        head = place.head_of(inside)
        programmes = f'href="{reverse("programmes")}"'
        assert programmes in head.get(reverse("home")).content.decode()
        Role.objects.filter(kind="headteacher").update(school=outside)
        assert programmes not in head.get(reverse("home")).content.decode()


class TestClusters:
    def test_are_taken_in_and_leave_on_days(self, place):
        start = timezone.localdate()
        answer = place.officer.post(
            place.at("programme_take_in"),
            {"clusters": [place.south.pk], "start_on": start.isoformat(), "end_on": ""},
            follow=True,
        )
        assert "2 clusters take part." in words_of(answer)
        part = place.programme.participations.get(cluster=place.south)
        end = start + dt.timedelta(days=30)
        told = {"on": end.isoformat(), "reason": "Merged"}
        place.officer.post(place.at("programme_part_end", part.pk), told)
        later = words_of(place.officer.get(place.at("programme_clusters") + f"?on={end}"))
        assert "One cluster takes part." in later and "To come:" in later
        assert "Merged" in later and "End its part" not in later

    def test_say_which_school_would_be_in_two(self, place):
        Programme.objects.filter(pk=place.programme.pk).update(one_cluster_a_school=True)
        told = {"clusters": [place.south.pk], "start_on": timezone.localdate().isoformat()}
        answer = place.officer.post(place.at("programme_take_in"), told)
        words = words_of(answer)
        assert f"at a time: {place.made.schools[2]} (North, South" in words
        assert f'value="{place.south.pk}" checked' in " ".join(answer.content.decode().split())

    def test_of_days_outside_the_programme_say_its_first_day_in_words(self, place):
        told = {"clusters": [place.south.pk], "start_on": "2001-09-01"}
        words = words_of(place.officer.post(place.at("programme_take_in"), told))
        assert f"It runs from {day(place.programme.starts_on)}." in words

    def test_of_the_past_cannot_be_edited(self, place):
        words = words_of(place.officer.get(place.at("programme_clusters") + "?on=2026-01-05"))
        assert "The past:" in words and "Take clusters in" not in words

    def test_as_a_file(self, place):
        answer = place.officer.get(place.at("programme_clusters_csv"))
        rows = b"".join(answer.streaming_content).decode().splitlines()
        assert len(rows) == 2 and rows[1].startswith("North,")

    def test_planned_ones_are_taken_back(self, place):
        later = timezone.localdate() + dt.timedelta(days=9)
        told = {"clusters": [place.south.pk], "start_on": later.isoformat()}
        place.officer.post(place.at("programme_take_in"), told)
        part = place.programme.participations.get(cluster=place.south)
        answer = place.officer.post(place.at("programme_part_take_back", part.pk), follow=True)
        assert "The planned part is taken back." in words_of(answer)

    def test_are_changed_by_officers_only(self, place):
        head = place.head_of(place.made.schools[0])
        assert "Take clusters in" not in words_of(head.get(place.at("programme_clusters")))
        assert head.get(place.at("programme_take_in")).status_code == 403


class TestPriorities:
    def test_are_added_moved_and_removed(self, place):
        for text in ("Reading", "Number"):
            place.officer.post(place.at("programme_priority_new"), {"text": text})
        second = place.programme.priorities.get(text="Number")
        place.officer.post(place.at("programme_priority_up", second.pk))
        words = words_of(place.officer.get(place.at("programme_priorities")))
        assert words.index("Number") < words.index("Reading")
        place.officer.post(place.at("programme_priority_remove", second.pk))
        assert place.programme.priorities.count() == 1

    def test_keep_what_was_typed_when_refused(self, place):
        for _again in range(2):
            answer = place.officer.post(place.at("programme_priority_new"), {"text": "Reading"})
        assert "The programme has this priority already." in words_of(answer)
        assert 'value="Reading"' in answer.content.decode()

    def test_are_read_by_heads_in_it(self, place):
        place.officer.post(place.at("programme_priority_new"), {"text": "Reading"})
        head = place.head_of(place.made.schools[0])
        words = words_of(head.get(place.at("programme_priorities")))
        assert "Reading" in words and "Add a priority" not in words


class TestGroups:
    def test_show_their_members_of_the_day(self, place):
        place.officer.post(
            place.at("programme_group_new"), {"kind": "strategy", "name": "Heads together"}
        )
        group = place.programme.groups.get()
        told = {
            "name": "Gwen",
            "school": place.made.schools[0].pk,
            "speaks_for": "Small schools",
            "start_on": "2026-01-01",
        }
        answer = place.officer.post(place.at("programme_member_new", group.pk), told, follow=True)
        assert "Gwen" in words_of(answer) and "Small schools" in words_of(answer)
        before = words_of(place.officer.get(place.at("programme_groups") + "?on=2025-12-31"))
        assert "Nobody sits in it on this day." in before
        member = group.members.get()
        ended = {"on": "2026-06-01"}
        place.officer.post(place.at("programme_member_end", member.pk), ended)
        words = words_of(place.officer.get(place.at("programme_groups")))
        assert "1 January 2026 – 31 May 2026" in words

    def test_say_when_nobody_signs_in_with_an_address(self, place):
        place.officer.post(place.at("programme_group_new"), {"kind": "other", "name": "Friends"})
        group = place.programme.groups.get()
        told = {"name": "Gwen", "email": "gwen@example.org", "start_on": "2026-01-01"}
        answer = place.officer.post(place.at("programme_member_new", group.pk), told)
        assert "Nobody signs in with this address: gwen@example.org." in words_of(answer)


class TestWhoItIsFor:
    FACTS = {
        "seen": "0",
        "phases": ["primary"],
        "fsm_least": "35",
        "fsm_margin": "5",
        "fsm_measure": "fsm_share",
    }

    def state(self, place, **told):
        address = place.at("programme_eligibility_change")
        return place.officer.post(address, {**self.FACTS, **told}, follow=True)

    def check(self, place):
        return place.officer.post(place.at("programme_eligibility_check"), follow=True)

    @pytest.fixture
    def shares(self, place):
        """Two of three in the programme fit; of the others one does, and one nearly."""
        for school, share in zip(place.made.schools, (0.4, 0.5, 0.1, 0.36, 0.31, 0.1), strict=True):
            Census.objects.filter(school=school).update(fsm_share=share)

    def test_stands_in_words(self, place):
        words = words_of(self.state(place))
        assert "Phase Primary No margin" in words
        assert "Free school meals 35% or more Up to 5 percentage points away" in words

    def test_shows_the_choice_with_those_just_outside_beside_it(self, place, shares):
        self.state(place)
        words = words_of(self.check(place))
        assert "3 schools fit; taking part: 2." in words
        assert "One school takes part without fitting, to be looked at." in words
        assert "Just outside: 1" in words
        assert words.index("Fits: 3") < words.index("Just outside: 1")

    def test_a_flag_is_looked_at_with_a_note(self, place, shares):
        self.state(place)
        self.check(place)
        (task,) = programme_tasks(Viewer.of(place.made.officer))
        assert (task.minutes, task.asked_by) == (3, "The yearly check")
        page = place.officer.get(place.at("programme_eligibility")).content.decode()
        address = page.split("/who/flags/")[1].split('"')[0]
        flag = place.at("programme_flag", int(address))
        assert "Free school meals: 10% (fits: 35% or more)" in words_of(place.officer.get(flag))
        assert "Write a few words" in words_of(place.officer.post(flag, {"note": ""}))
        answer = place.officer.post(flag, {"note": "Stays by agreement."}, follow=True)
        assert "The school stays in the programme." in words_of(answer)
        assert "Stays by agreement." in words_of(answer)
        assert programme_tasks(Viewer.of(place.made.officer)) == []

    def test_shows_what_changed_since_the_check_before(self, place, shares):
        self.state(place)
        self.check(place)
        Census.objects.filter(school=place.made.schools[0]).update(fsm_share=0.3)
        words = words_of(self.check(place))
        assert f"{place.made.schools[0]} Fits Just outside" in words

    def test_lists_all_of_one_result_and_gives_a_file(self, place, shares):
        self.state(place)
        self.check(place)
        listed = place.officer.get(place.at("programme_findings") + "?show=just_outside")
        assert "Just outside: 1." in words_of(listed) and "31%" in words_of(listed)
        answer = place.officer.get(place.at("programme_findings_csv"))
        assert len(b"".join(answer.streaming_content).decode().splitlines()) == 6

    def test_does_not_overwrite_what_somebody_else_saved(self, place):
        self.state(place)
        answer = self.state(place, fsm_least="30")
        words = words_of(answer)
        assert "Somebody else has changed whom the programme is for." in words
        again = self.state(place, fsm_least="30", seen="1")
        assert "30% or more" in words_of(again)

    @pytest.mark.parametrize(
        ("told", "said"),
        [
            ({"fsm_most": "20"}, "The least is more than the most"),
            ({"fsm_least": "350"}, "The number must be 100 or less."),
            ({"phases": [], "fsm_least": ""}, "Nothing is stated"),
        ],
    )
    def test_says_what_is_wrong(self, place, told, said):
        assert said in words_of(self.state(place, **told))

    def test_arrives_filled_from_the_last_version(self, place):
        self.state(place)
        page = place.officer.get(place.at("programme_eligibility_change")).content.decode()
        assert 'value="35"' in page and 'name="seen" value="1"' in page

    def test_is_shown_to_no_school(self, place):
        head = place.head_of(place.made.schools[0])
        for name in ("programme_eligibility", "programme_findings", "programme_findings_csv"):
            assert head.get(place.at(name)).status_code == 403

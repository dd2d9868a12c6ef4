"""People, rotas and headships in the browser."""

import pytest
from django.urls import reverse

from clusterwork.clusters.models import Appointment, Headship, Rota, RotaTurn
from clusterwork.clusters.services.turns import plan_turns
from clusterwork.clusters.tests.made_people import TODAY, Six, a_person, day
from clusterwork.web.clusters.people import tasks
from clusterwork.web.clusters.people.tasks import people_tasks
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.navigation import Viewer

pytestmark = pytest.mark.django_db
Role = Appointment.Role


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch, settings):
    """The pages' today is that of the fixtures; signing in has tests of its own."""
    settings.SECOND_FACTOR_REQUIRED = False
    for module in ("appointing", "handing_over", "headships", "people", "rotas", "turns"):
        monkeypatch.setattr(f"{tasks.__package__}.views.{module}.today", lambda: TODAY)
    monkeypatch.setattr(f"{tasks.__package__}.views.vacancies.today", lambda: TODAY)
    monkeypatch.setattr(tasks, "today", lambda: TODAY)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def six():
    return Six()


@pytest.fixture
def officer(six):
    return client_of(six.officer)


@pytest.fixture
def head(six):
    return client_of(six.head)


def people_of(six) -> str:
    return reverse("cluster_people", args=[six.cluster.pk])


class TestThePeoplePage:
    def test_names_what_is_vacant_first(self, six, officer):
        words = words_of(officer.get(people_of(six)))
        assert words.index("Vacant") < words.index("Roles of the cluster")
        assert "Link persons of 6 schools" in words

    def test_shows_the_exceptions_to_the_link_adviser(self, six, officer):
        six.appoint(Role.LINK_ADVISER, name="Ada")
        six.appoint(Role.LINK_ADVISER, name="Ben", school=six.six[2])
        words = words_of(officer.get(people_of(six)))
        assert "All schools but those named below" in words
        assert f"Schools with another link adviser: {six.six[2]} (Ben)" in words

    def test_gives_addresses_only_to_those_of_the_cluster(self, six, head):
        six.appoint(Role.CLERK, email="cai@example.org")
        stranger = client_of(a_person("Else", "headteacher", school=six.schools[7]))
        assert "cai@example.org" in words_of(head.get(people_of(six)))
        assert "cai@example.org" not in words_of(stranger.get(people_of(six)))

    def test_shows_another_day_and_nothing_to_press(self, six, officer):
        six.appoint(Role.CLERK, name="Cai", start_on=day(-50), end_on=day(-10))
        answer = officer.get(people_of(six), {"on": day(-20).isoformat()})
        assert "Cai" in words_of(answer)
        assert "hand-over" not in answer.content.decode().split("<main")[1]


class TestAppointing:
    def test_takes_one_page(self, six, officer):
        address = reverse("appoint", args=[six.cluster.pk, "chair"])
        sent = {"name": "Ann", "school": six.six[0].pk, "start_on": "21/11/2026"}
        assert officer.post(address, sent)["Location"] == people_of(six)
        assert six.cluster.appointments.get().school == six.six[0]

    def test_keeps_what_was_typed_when_refused(self, six, officer):
        six.chair()
        address = reverse("appoint", args=[six.cluster.pk, "chair"])
        sent = {"name": "Bo Bevan", "school": six.six[1].pk, "start_on": "2026-11-22"}
        answer = officer.post(address, sent)
        assert "Held by: Ann Lee" in words_of(answer)
        assert 'value="Bo Bevan"' in answer.content.decode()

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"name": ""}, "Enter the name of the person."),
            ({"name": "", "email": "nobody@example.org"}, "Nobody signs in with this address"),
            ({"email": "cai"}, "This is not an e-mail address"),
            ({"start_on": "soon"}, "Enter a date as day/month/year"),
            ({"start_on": ""}, "Enter the day."),
            ({"school": ""}, "Choose the school."),
            ({"school": "999999"}, "This school is not one of them."),
            ({"end_on": "2026-11-20"}, "The end is not after the start."),
        ],
    )
    def test_says_what_is_wrong(self, six, officer, changed, said):
        address = reverse("appoint", args=[six.cluster.pk, "chair"])
        sent = {"name": "Ann", "school": six.six[0].pk, "start_on": "2026-11-21", **changed}
        assert said in words_of(officer.post(address, sent))
        assert not six.cluster.appointments.exists()

    def test_a_head_is_offered_her_own_school_only(self, six, head):
        address = reverse("appoint", args=[six.cluster.pk, "link_person"])
        words = words_of(head.get(address))
        assert str(six.six[0]) in words and str(six.six[1]) not in words
        sent = {"name": "Lee", "school": six.six[1].pk, "start_on": "2026-11-21"}
        assert "not one of them" in words_of(head.post(address, sent))

    def test_no_such_role(self, six, officer):
        answer = officer.get(reverse("appoint", args=[six.cluster.pk, "king"]))
        assert answer.status_code == 404


class TestChanging:
    def test_hands_over_ends_corrects_and_takes_back(self, six, officer):
        old = six.appoint(Role.CLERK, name="Cai", start_on=day(-9))
        on = {"on": "21/11/2026"}
        officer.post(reverse("appointment_hand_over", args=[old.pk]), {**on, "name": "Dai"})
        new = six.cluster.appointments.get(name="Dai")
        officer.post(
            reverse("appointment_correct", args=[new.pk]), {"name": "Di", "start_on": "2026-11-21"}
        )
        officer.post(reverse("appointment_end", args=[new.pk]), {"on": "30/11/2026"})
        new.refresh_from_db()
        assert (new.name, new.end_on) == ("Di", day(9))
        officer.post(reverse("appointment_take_back", args=[new.pk]))
        assert six.cluster.appointments.get() == old


class TestTheRota:
    def start(self, six, client, **changed):
        order = {f"place_{school.pk}": str(n) for n, school in enumerate(six.six, 1)}
        sent = {"unit": "meeting", "start_on": "1/9/2026", **order, **changed}
        return client.post(reverse("rota_start", args=[six.cluster.pk]), sent)

    def plan(self, six, client, days):
        return client.post(reverse("rota_plan", args=[six.cluster.pk]), {"days": "\n".join(days)})

    def test_is_started_and_planned_by_a_head(self, six, head):
        self.start(six, head)
        self.plan(six, head, ["1/12/2026", "2027-01-12", "9/2/2027"])
        words = words_of(head.get(reverse("cluster_rota", args=[six.cluster.pk])))
        assert f"Next in the chair: {six.six[0]}, 1 December 2026" in words
        assert "Most and fewest turns: one apart." in words

    def test_refuses_nobody_and_two_in_one_place(self, six, officer):
        nobody = {f"place_{school.pk}": "" for school in six.six}
        assert "Nobody would be in the rota." in words_of(self.start(six, officer, **nobody))
        same = {f"place_{six.six[1].pk}": "1"}
        assert "Two schools have this place" in words_of(self.start(six, officer, **same))
        assert not Rota.objects.exists()

    def test_says_which_line_is_no_day(self, six, officer):
        self.start(six, officer)
        words = words_of(self.plan(six, officer, ["1/12/2026", "31/2/2027"]))
        assert "This line is not a day: 31/2/2027." in words

    def test_says_which_line_says_a_day_again(self, six, officer):
        self.start(six, officer)
        words = words_of(self.plan(six, officer, ["1/12/2026", "12/1/2027", "2026-12-01"]))
        assert "Line 3 says the same day as line 1: 1 December 2026." in words

    def test_suggests_the_terms_ahead(self, six, officer):
        six.rota(unit="term")
        answer = officer.get(reverse("rota_plan", args=[six.cluster.pk]))
        assert "/1/2027" in answer.content.decode()

    def test_answers_who_took_a_turn(self, six, officer):
        six.rota()
        plan_turns(**six.who, cluster_pk=six.cluster.pk, days=[day(-9), day(9)])
        turn = RotaTurn.objects.first()
        address = reverse("turn_who", args=[turn.pk])
        assert "Choose the school that stands in." in words_of(
            officer.post(address, {"who": "another"})
        )
        officer.post(address, {"who": "another", "school": six.six[3].pk, "because": "Snow."})
        words = words_of(officer.get(reverse("cluster_rota", args=[six.cluster.pk])))
        assert f"Stood in {six.six[3]} Snow." in words

    def test_swaps_joins_leaves_and_ends(self, six, officer):
        six.rota(*six.six[:3])
        plan_turns(**six.who, cluster_pk=six.cluster.pk, days=[day(9), day(19), day(29)])
        first, second, _ = RotaTurn.objects.order_by("start_on")
        officer.post(reverse("turn_swap", args=[first.pk]), {"other": second.pk})
        assert [each.school for each in RotaTurn.objects.order_by("start_on")[:2]] == [
            six.six[1], six.six[0],
        ]  # fmt: skip
        pk, on = six.cluster.pk, {"on": "5/12/2026"}
        officer.post(reverse("rota_join", args=[pk]), {**on, "school": six.six[4].pk})
        officer.post(reverse("rota_leave", args=[pk]), {**on, "school": six.six[2].pk})
        words = words_of(officer.get(reverse("cluster_rota", args=[pk])))
        assert "until 4 December 2026" in words
        officer.post(reverse("rota_end", args=[pk]), {"on": "15/12/2026"})
        assert RotaTurn.objects.count() == 2
        officer.post(reverse("turn_chair", args=[first.pk]), {"name": "Ann"})
        assert six.cluster.appointments.get().start_on == first.start_on
        officer.post(reverse("turn_cancel", args=[first.pk]))
        assert RotaTurn.objects.count() == 1


class TestHeadshipPages:
    def test_say_who_heads_a_school_and_since_when(self, six, head):
        address = reverse("headship_new", args=[six.six[0].pk])
        head.post(address, {"kind": "acting", "name": "Hana", "start_on": "1/9/2026"})
        page = reverse("school_headship", args=[six.six[0].pk])
        assert "Headed by: Hana (acting), since 1 September 2026" in words_of(head.get(page))

    def test_take_several_schools_for_an_executive_head(self, six, officer):
        address = reverse("headship_new", args=[six.six[0].pk])
        sent = {"kind": "executive", "name": "Eve", "start_on": "1/9/2026"}
        others = f"{six.six[1].urn}\n{six.six[2].name}"
        officer.post(address, {**sent, "others": others})
        assert Headship.objects.filter(name="Eve").count() == 3
        words = words_of(officer.get(reverse("school_headship", args=[six.six[0].pk])))
        assert f"The same person heads: {six.six[1]} , {six.six[2]}" in words

    def test_say_which_line_is_no_school(self, six, officer):
        address = reverse("headship_new", args=[six.six[0].pk])
        sent = {"kind": "executive", "name": "Eve", "start_on": "1/9/2026", "others": "Hogwarts"}
        assert "These lines are not one open school each: Hogwarts" in words_of(
            officer.post(address, sent)
        )

    def test_correct_and_remove(self, six, officer):
        made = Headship.objects.create(
            school=six.six[0], kind="acting", name="Bo", start_on=day(-9)
        )
        sent = {"kind": "vacant", "name": "", "start_on": "2026-11-01"}
        officer.post(reverse("headship_correct", args=[made.pk]), sent)
        made.refresh_from_db()
        assert (made.kind, made.name) == ("vacant", "")
        officer.post(reverse("headship_take_back", args=[made.pk]))
        assert not Headship.objects.exists()


class TestTheVacancies:
    def test_of_heads_nobody_recorded_are_counted_by_cluster(self, six, officer):
        words = words_of(officer.get(reverse("vacancies")))
        assert "Wolds : 5 schools" in words
        assert "Head of the school Village" not in words
        assert words.index("Cluster coordinator") < words.index("Schools of which nobody")
        each = words_of(officer.get(reverse("vacancies"), {"role": "head"}))
        assert str(six.six[1]) in each


class TestHandOverLists:
    def test_are_ones_own(self, six, head):
        six.chair(email=six.head.email)
        words = words_of(head.get(reverse("hand_over")))
        assert "One role is held today." in words
        assert "Cluster coordinator" in words  # vacant there

    def test_pass_everything_on_to_one_successor(self, six, officer):
        clerk = six.appoint(Role.CLERK, name="Cai", start_on=day(-5))
        lead = six.appoint(Role.FINANCE_LEAD, name="Cai", start_on=day(-5))
        address = reverse("hand_over_of", args=[clerk.pk])
        sent = {"which": [clerk.pk, lead.pk], "on": "2026-11-21", "name": "Dai"}
        officer.post(address, sent)
        assert six.cluster.appointments.filter(name="Dai", end_on=None).count() == 2

    def test_of_others_are_for_officers(self, six, head):
        clerk = six.appoint(Role.CLERK, name="Cai")
        answer = head.get(reverse("hand_over_of", args=[clerk.pk]))
        assert answer.status_code == 403


class TestVacancyList:
    def test_filters_by_role_and_gives_the_same_rows_as_a_file(self, six, officer):
        words = words_of(officer.get(reverse("vacancies"), {"role": "chair"}))
        assert "2 vacancies of" in words
        rows = b"".join(officer.get(reverse("vacancies_csv"), {"role": "chair"})).decode()
        assert len(rows.strip().splitlines()) == 3

    def test_shows_all_for_a_role_that_is_none(self, six, officer):
        words = words_of(officer.get(reverse("vacancies"), {"role": "king"}))
        assert "All (" in words


class TestTasks:
    def test_one_line_for_all_that_is_vacant(self, six):
        (task,) = people_tasks(Viewer.of(six.officer))
        assert task.text == "Fill what is vacant in 2 clusters"
        assert task.minutes == 10

    def test_a_turn_that_is_near(self, six):
        six.rota()
        plan_turns(**six.who, cluster_pk=six.cluster.pk, days=[day(9), day(300)])
        (task,) = people_tasks(Viewer.of(six.head))
        assert task.by == day(9)
        assert task.text.startswith("Your turn in the chair")

    def test_nothing_for_somebody_else(self):
        assert people_tasks(Viewer.of(a_person("Nobody"))) == []

"""Programmes and policies in the browser."""

import datetime as dt
import tomllib

import pytest
from django.urls import reverse

from clusterwork.clusters.formation_adapter import checked_policy
from clusterwork.clusters.models import Programme
from clusterwork.clusters.tests.made import officer as an_officer
from clusterwork.clusters.tests.made import organisation
from clusterwork.web.clusters.forms.policies import PolicyForm
from clusterwork.web.clusters.shown.policies import policy_shown
from clusterwork.web.clusters.tests.conftest import client_of, words_of

NEW = {"name": "New hope", "starts_on": "1/9/2027", "ends_on": ""}


def filled(county, **changes):
    """The policy form as the page fills it, with some fields changed."""
    version = county.programme.policies.all()[0]
    fields = PolicyForm.initial_from(version.mapping, version.number)
    told = {name: value for name, value in fields.items() if value not in (None, False)}
    return {**told, **changes}


class TestProgrammes:
    def test_start_with_three_answers(self, county, officer):
        answer = officer.post(reverse("programme_new"), NEW)
        programme = Programme.objects.get(name="New hope")
        assert answer["Location"] == reverse("programme", args=[programme.pk])
        assert programme.organisation == county.organisation

    def test_keep_what_was_typed_when_refused(self, officer):
        answer = officer.post(reverse("programme_new"), {**NEW, "ends_on": "1/9/2026"})
        words = words_of(answer)
        assert "The last day must not lie before the first." in words
        assert 'value="1/9/2026"' in answer.content.decode()

    def test_are_asked_for_their_last_day_and_show_it(self, county, officer):
        officer.post(reverse("programme_new"), {**NEW, "ends_on": "31/8/2030"})
        programme = Programme.objects.get(name=NEW["name"])
        assert programme.ends_on == dt.date(2030, 9, 1)
        page = words_of(officer.get(reverse("programme", args=[programme.pk])))
        assert "31 August 2030" in page and "1 September 2030" not in page

    def test_say_what_the_smallest_number_hides_and_keep_the_choice(self, county, officer):
        form = words_of(officer.get(reverse("programme_new")))
        assert "5 hides 1 to 4; 6 hides 1 to 5" in form
        officer.post(reverse("programme_new"), {**NEW, "smallest_number": "6"})
        assert Programme.objects.get(name=NEW["name"]).smallest_number == 6
        told = {**NEW, "name": "Another", "smallest_number": "1"}
        assert "Enter 3 or more" in words_of(officer.post(reverse("programme_new"), told))

    def test_say_that_a_name_is_taken(self, county, officer):
        answer = officer.post(reverse("programme_new"), {**NEW, "name": county.programme.name})
        assert "Another programme of this organisation has this name." in words_of(answer)

    def test_are_listed_for_those_who_run_them(self, county, officer):
        assert county.programme.name in words_of(officer.get(reverse("programmes")))
        other = client_of(an_officer(organisation("Other"), "Eve"))
        assert "No programme has begun." in words_of(other.get(reverse("programmes")))

    def test_a_refusal_says_who_can(self, county):
        other = client_of(an_officer(organisation("Other"), "Eve"))
        answer = other.get(reverse("programme", args=[county.programme.pk]))
        assert answer.status_code == 403
        assert "Its programme officers can open it" in words_of(answer)

    def test_have_their_history(self, county, officer):
        words = words_of(officer.get(reverse("programme_history", args=[county.programme.pk])))
        assert "Started this programme: Small schools." in words


class TestThePolicyForm:
    def post(self, county, officer, **changes):
        address = reverse("policy_change", args=[county.programme.pk])
        return officer.post(address, filled(county, **changes))

    def test_arrives_filled_and_saves_what_it_showed(self, county, officer):
        answer = self.post(county, officer)
        assert answer.status_code == 302
        assert county.programme.policies.count() == 1  # nothing was changed

    def test_saves_a_version_in_the_shape_of_the_file(self, county, officer):
        self.post(county, officer, size_low="4", count_low="2", count_high="3", contributing="on")
        saved = county.programme.policies.all()[0]
        assert saved.mapping["clusters"]["size"] == [4, 9]
        assert saved.mapping["clusters"]["count"] == [2, 3]
        assert saved.mapping["require"]["contributing"] is True
        address = reverse("policy_file", args=[county.programme.pk, saved.number])
        text = officer.get(address).content.decode()
        assert checked_policy(tomllib.loads(text)) == saved.mapping

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"size_low": "9", "size_high": "5"}, "Schools in a cluster: This number is below"),
            ({"best_size_high": "12"}, "Best size: The best size ends above"),
            ({"best_size_low": "2"}, "Best size: The best size starts below"),
            ({"count_low": "3"}, "Number of clusters: Enter both numbers"),
            ({"contributing_fsm": "10"}, "This matters only where a contributing school"),
            ({"travel": "0"}, "Travel: Nothing counts"),
            ({"speed_kmh": "fast"}, "Speed: This is not a number."),
            ({"size_low": ""}, "Schools in a cluster: Enter a whole number"),
            ({"limit_minutes": "-5"}, "The number must be 0 or more."),
        ],
    )
    def test_says_what_is_wrong_beside_which_rule(self, county, officer, changes, said):
        answer = self.post(county, officer, **changes)
        assert answer.status_code == 200
        assert said in words_of(answer)
        assert county.programme.policies.count() == 1

    def test_offers_every_rule_and_every_weight_there_is(self, county, officer):
        version = county.programme.policies.all()[0]
        whole = checked_policy({})
        keys = {key for rules in whole.values() for key in rules} | {"count"}
        fields = {name.removesuffix("_low").removesuffix("_high") for name in filled(county)}
        boxes = {"contributing", "same_authority", "same_medium", "pyramid", "may_leave_over"}
        assert fields | boxes | {"count"} == keys | {"seen"}
        assert {rule.key for group in policy_shown(version.mapping) for rule in group.rules} == keys

    def test_keeps_clusters_in_one_authority_and_language_where_asked(self, county, officer):
        asked = {"same_authority": "on", "same_medium": "on"}
        self.post(county, officer, need_pupils="0.5", need_support="2", **asked)
        saved = county.programme.policies.all()[0]
        require, weights = saved.mapping["require"], saved.mapping["weights"]
        assert (require["same_authority"], require["same_medium"]) == (True, True)
        assert (weights["need_pupils"], weights["need_support"]) == (0.5, 2.0)
        words = words_of(officer.get(reverse("policy", args=[county.programme.pk])))
        assert "Each cluster lies in one authority Yes" in words
        assert "Balance of pupils 0.5" in words

    def test_a_policy_from_before_a_rule_reads_as_if_it_were_off(self, county, officer):
        old = county.programme.policies.all()[0].mapping
        del old["weights"]["need_support"], old["require"]["same_medium"]
        (one,) = [r for g in policy_shown(old) for r in g.rules if r.key == "need_support"]
        assert one.value == "Does not count"

    def test_does_not_overwrite_what_somebody_else_saved(self, county, officer):
        county.set_policy(clusters={"size": [4, 8]})
        answer = self.post(county, officer, seen="1", size_low="3")
        words = words_of(answer)
        assert "Somebody else has saved the policy" in words
        assert "Schools in a cluster 4 to 8 3 to 8" in words
        assert county.programme.policies.count() == 2

    def test_shows_what_the_reports_found(self, county, officer):
        words = words_of(officer.get(reverse("policy_change", args=[county.programme.pk])))
        for found in ("Pairs and threes", "Five to twelve schools", "Forty-five minutes"):
            assert found in words

    def test_an_old_version_says_that_it_holds_no_longer(self, county, officer):
        county.set_policy(clusters={"size": [4, 8]})
        address = reverse("policy_version", args=[county.programme.pk, 1])
        assert "This is version 1. It holds no longer." in words_of(officer.get(address))

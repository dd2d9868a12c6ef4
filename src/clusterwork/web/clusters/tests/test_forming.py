"""Exercises and proposals in the browser."""

import csv
import io
import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clusterwork.clusters.models import Formation, Proposal
from clusterwork.clusters.outcomes import Partner, outcome_from
from clusterwork.clusters.services.running import work_on
from clusterwork.clusters.tests.invented import proposal_made
from clusterwork.clusters.tests.made import County, school
from clusterwork.registry.models import Authority, School
from clusterwork.web.clusters.shown.bounds import bound_clause, gap_shown
from clusterwork.web.clusters.shown.files import neutral
from clusterwork.web.clusters.shown.places import _partnerships
from clusterwork.web.clusters.tasks import formation_tasks
from clusterwork.web.clusters.tests.conftest import words_of
from clusterwork.web.navigation import Viewer


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


class TestChoosing:
    def test_by_facts_counts_before_it_adds(self, county, officer):
        village = school(county.authority, 7, "New Village School")
        address = reverse("choose_by_facts", args=[county.formation.pk])
        words = words_of(officer.get(address, {"phase": "primary", "show": "1"}))
        assert "12 schools take part so far. 13 schools fit; new: 1." in words
        officer.post(f"{address}?phase=primary&show=1")
        assert county.formation.chosen.filter(school=village).exists()

    def test_by_a_pasted_list_hands_back_what_it_could_not_match(self, county, officer):
        village = school(county.authority, 7, "New Village School")
        address = reverse("choose_by_list", args=[county.formation.pk])
        answer = officer.post(address, {"lines": "new village school\nHogwarts"})
        words = words_of(answer)
        assert "One line was not matched" in words
        assert ">\nHogwarts</textarea>" in answer.content.decode().replace("\r", "").replace(
            ">Hogwarts", ">\nHogwarts"
        )
        assert county.formation.chosen.filter(school=village).exists()

    def test_a_list_says_who_has_closed_and_who_stands_elsewhere(self, county, officer):
        school(county.authority, 123456, "Old School", status="closed")
        far = Authority.objects.create(code="926", name="Norfolk", country="E")
        school(far, 123457, "Far School")
        address = reverse("choose_by_list", args=[county.formation.pk])
        words = words_of(officer.post(address, {"lines": "123456\n123457"}))
        assert "123456: closed" in words
        assert "Of another authority: Far School" in words

    def test_by_an_uploaded_list_in_another_encoding(self, county, officer):
        ysgol = school(county.authority, 8, "Ysgol Tŷ Gwyn")
        cafe = school(county.authority, 9, "École Café School")
        file = SimpleUploadedFile("list.csv", "École Café School\r\n8\r\n".encode("cp1252"))
        address = reverse("choose_by_list", args=[county.formation.pk])
        officer.post(address, {"file": file})
        assert county.formation.chosen.filter(school=cafe).exists()
        assert not county.formation.chosen.filter(school=ysgol).exists()

    def test_a_spreadsheet_is_refused_with_what_to_do(self, county, officer):
        file = SimpleUploadedFile("list.xlsx", b"PK\x03\x04\x00\x00")
        address = reverse("choose_by_list", args=[county.formation.pk])
        assert "Save the spreadsheet as CSV" in words_of(officer.post(address, {"file": file}))

    def test_removing_says_how_many(self, county, officer):
        address = reverse("chosen_schools", args=[county.formation.pk])
        ids = [each.pk for each in county.schools[:2]]
        answer = officer.post(address, {"do": "remove", "school": ids}, follow=True)
        assert "2 schools were removed." in words_of(answer)

    def test_a_school_without_a_position_is_named_with_the_reason(self, county, officer):
        county.choose(school(county.authority, 8, "Lost School", easting=None, northing=None))
        words = words_of(page(officer, "formation_known", county.formation.pk))
        assert "Lost School : The register has no position for this school" in words

    def test_decisions_come_and_go(self, county, officer):
        one, two = county.schools[:2]
        address = reverse("locks", args=[county.formation.pk])
        told = {"kind": "apart", "school": one.pk, "other": two.pk, "because": "Rivals"}
        assert "The decision has been noted." in words_of(officer.post(address, told, follow=True))
        again = words_of(officer.post(address, told))
        assert "There is a decision about these two schools already." in again
        lock = county.formation.locks.get()
        officer.post(reverse("lock_remove", args=[county.formation.pk, lock.pk]))
        assert not county.formation.locks.exists()


class TestProposing:
    def ask(self, county, officer, **changes):
        told = {"policy": "1", "seed": "1", "time_limit_s": "20", **changes}
        return officer.post(reverse("propose", args=[county.formation.pk]), told)

    def test_from_the_button_to_the_clusters(self, county, officer):
        address = self.ask(county, officer)["Location"]
        assert "It waits for its turn." in words_of(officer.get(address))
        proposal = Proposal.objects.get()
        work_on(proposal.pk)
        words = words_of(officer.get(address))
        assert "a teacher travels" in words
        assert "Minutes are an estimate: straight-line distance × 1.3 at 45 km/h." in words

    def test_refuses_a_time_or_a_seed_that_makes_no_sense(self, county, officer):
        words = words_of(self.ask(county, officer, seed="many", time_limit_s="1"))
        assert "This is not a whole number." in words
        assert "Give it 5 seconds or more." in words

    def test_progress_is_the_same_for_the_page_and_its_script(self, county, officer):
        proposal = county.ask()
        Proposal.objects.filter(pk=proposal.pk).update(
            state="running",
            started_at=proposal.asked_at,
            progress={"seconds": 2, "objective": 12.5, "bound": 10.0, "gap_share": 0.2},
        )
        told = json.loads(page(officer, "proposal_progress", proposal.pk).content)
        assert told["objective"] == "12.5"
        assert told["gap"] == "20.0%"
        assert told["is_open"] is True
        answer = page(officer, "proposal", proposal.pk)
        assert told["words"] in words_of(answer)
        assert '<noscript><meta http-equiv="refresh"' in answer.content.decode()

    def test_cancelling_takes_a_post(self, county, officer):
        proposal = county.ask()
        address = reverse("proposal_cancel", args=[proposal.pk])
        assert officer.get(address).status_code == 405
        officer.post(address)
        words = words_of(page(officer, "proposal", proposal.pk))
        assert "It was cancelled before it was made." in words

    def test_an_impossible_one_names_the_rules_and_leads_to_them(self, county, officer):
        number = county.set_policy(travel={"limit_minutes": 1})
        proposal = county.ask(policy=number)
        work_on(proposal.pk)
        answer = page(officer, "proposal", proposal.pk)
        assert "Longest journey allowed: 1 minute" in words_of(answer)
        field = reverse("policy_change", args=[county.programme.pk]) + "#id_limit_minutes"
        assert field in answer.content.decode()

    def test_too_few_contributing_schools_are_warned_of_and_said_plainly(self, county, officer):
        number = county.set_policy(require={"contributing": True})
        warned = words_of(page(officer, "propose", county.formation.pk))
        assert "Schools marked: 0. Clusters need at least: 2." in warned
        proposal = county.ask(policy=number)
        work_on(proposal.pk)
        answer = page(officer, "proposal", proposal.pk)
        said = "Schools marked as able to contribute: 0. Clusters need at least: 2."
        assert words_of(answer).count(said) == 1
        assert "For which schools" not in words_of(answer)
        assert "Schools of this exercise" in words_of(answer)

    def test_there_is_nothing_behind_one_that_was_not_made(self, county, officer):
        proposal = county.ask()
        for name in ("proposal_schools", "proposal_rules", "proposal_csv", "proposal_map"):
            assert page(officer, name, proposal.pk).status_code == 404


class TestReading:
    @pytest.fixture
    def proposal(self, county):
        return proposal_made(county)

    def test_the_first_sentence_says_it_all(self, officer, proposal):
        assert (
            "2 clusters of 6 schools; a teacher travels 14 minutes on average; "
            "nobody more than 38; no arrangement under these rules could be more than 0.6% better."
        ) in words_of(page(officer, "proposal", proposal.pk))

    def test_a_school_has_its_reason_and_its_alternative(self, county, officer, proposal):
        words = words_of(page(officer, "proposed_place", proposal.pk, county.schools[0].pk))
        assert "takes 12 minutes; in the next best cluster it would take 15." in words
        assert "Its own journey would be 3 minutes longer." in words
        assert "Cluster 1 would have 5 schools left." in words
        assert "It would cut this partnership: Oaks. Parted from: Elm School." in words
        assert "Everything that the policy weighs together would be 4.0 minutes worse." in words

    def test_rules_say_whether_they_bind(self, officer, proposal):
        words = words_of(page(officer, "proposal_rules", proposal.pk))
        assert "Schools in a cluster: 5 to 9 Yes 2.5 2" in words

    def test_nothing_shows_who_is_strong(self, county, officer, proposal):
        county.formation.chosen.update(contributes=True)
        for name in ("proposal", "proposal_schools", "proposal_print"):
            assert "contribute" not in words_of(page(officer, name, proposal.pk)).replace(
                "Each cluster has a school that can contribute to the others", ""
            )

    def test_a_cluster_or_school_that_is_not_there(self, officer, proposal):
        assert page(officer, "proposed_cluster", proposal.pk, 99).status_code == 404
        assert page(officer, "proposed_place", proposal.pk, 999_999).status_code == 404

    def test_the_csv_has_the_shape_of_the_command_line_and_more(self, county, officer, proposal):
        county.schools[0].name = "=HYPERLINK(1)"
        county.schools[0].save()
        text = page(officer, "proposal_csv", proposal.pk).content.decode()
        rows = list(csv.DictReader(io.StringIO(text)))
        assert list(rows[0])[:3] == ["cluster", "id", "name"]
        assert len(rows) == 12
        assert "'=HYPERLINK(1)" in {row["name"] for row in rows}

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
    def test_no_cell_becomes_a_formula(self, start):
        assert neutral(f"{start}1") == f"'{start}1"
        assert neutral(-1.5) == -1.5

    def test_the_map_has_schools_lines_and_boundaries(self, county, officer, proposal):
        shape = {"type": "Polygon", "coordinates": [[[0, 53], [1, 53], [1, 54], [0, 53]]]}
        Authority.objects.update(boundary=shape)
        told = json.loads(page(officer, "proposal_map", proposal.pk).content)
        assert len(told["schools"]["features"]) == 12
        assert len(told["lines"]["features"]) == 10
        assert told["boundaries"]["features"][0]["geometry"] == shape
        points = json.loads(page(officer, "proposal_geojson", proposal.pk).content)
        assert points["features"][0]["properties"]["cluster"] == 1

    def test_comparing_shows_who_moves_and_what_it_costs(self, county, officer, proposal):
        other = proposal_made(county, shift=1)
        answer = page(
            officer, "compare", county.formation.pk, first=proposal.number, second=other.number
        )
        words = words_of(answer)
        assert "2 schools of 12 would be elsewhere." in words
        assert "Cutting a partnership 10.0 10.0" in words

    def test_comparing_needs_two(self, county, officer, proposal):
        words = words_of(page(officer, "compare", county.formation.pk))
        assert "There are fewer than two proposals to compare." in words

    def test_who_moves_is_told_by_hub_first(self, county, officer, proposal):
        other = proposal_made(county, shift=1)
        answer = page(
            officer, "compare", county.formation.pk, first=proposal.number, second=other.number
        )
        assert "Village 006 Primary School (2)" in words_of(answer)


class TestNoClusters:
    def test_no_clusters_and_why_and_nothing_of_journeys(self, county, officer):
        school(county.authority, 5, "Only Secondary", phase="secondary", northing=900_000)
        Formation.objects.filter(pk=county.formation.pk).update(kind=Formation.Kind.PYRAMID)
        county.choose(*School.objects.filter(urn=5))
        proposal = county.ask()
        work_on(proposal.pk)
        words = words_of(page(officer, "proposal", proposal.pk))
        assert "No clusters came out. 13 schools are in no cluster." in words
        assert "is within the travel limit" in words
        assert "travels" not in words and "How good it is" not in words
        assert page(officer, "proposal_rules", proposal.pk).status_code == 200
        assert page(officer, "proposal_print", proposal.pk).status_code == 200

    def test_no_secondary_at_all_is_said_once_and_leads_to_the_schools(self, county, officer):
        Formation.objects.filter(pk=county.formation.pk).update(kind=Formation.Kind.PYRAMID)
        proposal = county.ask()
        work_on(proposal.pk)
        proposal.refresh_from_db()
        assert proposal.state == Proposal.State.IMPOSSIBLE
        words = words_of(page(officer, "proposal", proposal.pk))
        assert words.count("There is no secondary or all-through school in the list") == 1
        assert "Schools of this exercise" in words

    def test_a_bound_that_says_nothing_is_not_shown_as_a_figure(self, county):
        facts = outcome_from(proposal_made(county).outcome)
        poor = replace(facts, bound=0.0, gap_share=1.0)
        assert bound_clause(poor) == "no useful bound was found"
        assert gap_shown(poor) == "–" and gap_shown(facts) == "0.6%"


class TestWaiting:
    def test_an_exercise_without_a_proposal_waits(self, county):
        (task,) = formation_tasks(Viewer.of(county.officer))
        assert task.address == reverse("formation", args=[county.formation.pk])
        county.ask()
        assert formation_tasks(Viewer.of(county.officer)) == []

    def test_a_programme_without_an_exercise_waits(self, county):
        Formation.objects.all().delete()
        (task,) = formation_tasks(Viewer.of(county.officer))
        assert task.address == reverse("formation_new", args=[county.programme.pk])


class TestQueries:
    """No page asks the database more often because a programme is large."""

    @pytest.fixture
    def county(self, db):
        return County(n_schools=285)

    def test_every_page_stays_below_thirty(self, county, officer, django_assert_max_num_queries):
        proposals = [proposal_made(county, shift=shift) for shift in range(4)]
        last = proposals[-1].pk
        formation, programme = county.formation.pk, county.programme.pk
        addresses = [
            ("programmes",),
            ("programme", programme),
            ("policy", programme),
            ("policy_change", programme),
            ("programme_history", programme),
            ("formation", formation),
            ("formation_known", formation),
            ("formation_history", formation),
            ("chosen_schools", formation),
            ("choose_by_facts", formation),
            ("choose_by_list", formation),
            ("locks", formation),
            ("propose", formation),
            ("compare", formation),
            ("proposal", last),
            ("proposal_schools", last),
            ("proposal_rules", last),
            ("proposal_print", last),
            ("proposal_map", last),
            ("proposal_csv", last),
            ("proposal_geojson", last),
            ("proposed_cluster", last, 3),
            ("proposed_place", last, county.schools[0].pk),
        ]
        for name, *args in addresses:
            with django_assert_max_num_queries(29):
                answer = page(officer, name, *args)
            assert answer.status_code == 200, name

    def test_lists_hold_fifty_a_page(self, county, officer):
        proposal = proposal_made(county)
        answer = page(officer, "proposal_schools", proposal.pk)
        assert answer.content.decode().count("<tr") == 51
        assert "page=6" in answer.content.decode()


class TestPartnershipsInWords:
    def test_one_that_is_kept_and_cut_is_named_once(self):
        kept, cut = [Partner(1, "Louth", "Wolds")], [Partner(2, "Alford", "Wolds")]
        (line,) = _partnerships(kept, cut)
        assert line == "Keeps part of this partnership: Wolds. With: Louth. Parted from: Alford."

    def test_two_are_named_each(self):
        lines = _partnerships([Partner(1, "Louth", "Wolds")], [Partner(2, "Alford", "Fens")])
        assert [line.split(":")[0] for line in lines] == [
            "Keeps this partnership",
            "Cuts this partnership",
        ]

    def test_links_of_what_schools_said_stay_apart(self):
        assert len(_partnerships([Partner(1, "Louth")], [Partner(2, "Alford")])) == 2

"""Changing clusters and members on their pages: done, or refused with what to do."""

from __future__ import annotations

import datetime as dt

import pytest

from clusterwork.clusters.models import Cluster, Lineage, Membership, RegisterEffect
from clusterwork.clusters.selectors.clusters import standing_on
from clusterwork.clusters.tests.made_clusters import BEGUN, ids_in, row_of
from clusterwork.registry.models import School
from clusterwork.web.clusters.tests.conftest import words_of


@pytest.fixture
def day(county) -> dt.date:
    return county.who["day"]


def post(client, address, **typed):
    return client.post(address, {name: _as_typed(value) for name, value in typed.items()})


def _as_typed(value):
    return value.isoformat() if isinstance(value, dt.date) else value


def said(answer) -> str:
    """The words of a page that came back because something was refused."""
    assert answer.status_code == 200
    words = words_of(answer)
    assert "There is a problem" in words
    return words


class TestASchoolJoins:
    def address(self, cluster, words):
        return f"/clusters/{cluster.pk}/members/add-school?q={words}"

    def test_found_by_its_number(self, county, officer, wolds, day):
        school = county.schools[7]
        address = self.address(wolds, school.urn)
        assert str(school) in words_of(officer.get(address))
        answer = post(officer, address, school=school.pk, part="core", on=day)
        assert answer["Location"] == f"/clusters/{wolds.pk}/members/"
        assert school.pk in ids_in(wolds, day)

    def test_in_which_other_clusters_it_is_stands_there(self, county, officer, wolds, fens):
        words = words_of(officer.get(self.address(wolds, county.schools[5].urn)))
        assert "In a cluster today already." in words and "Fens" in words

    def test_not_twice_and_what_was_typed_stays(self, county, officer, wolds, day):
        school = county.schools[0]
        answer = post(
            officer, self.address(wolds, school.urn), school=school.pk, part="lead", on=day
        )
        assert "already in this cluster" in said(answer)
        assert 'value="lead" checked' in answer.content.decode()

    def test_not_when_it_has_closed(self, county, officer, wolds, day):
        school = county.schools[7]
        School.objects.filter(pk=school.pk).update(status="closed", closed_on=dt.date(2025, 8, 31))
        address = self.address(wolds, school.urn)
        answer = post(officer, address, school=school.pk, part="core", on=day)
        assert "The school has closed" in said(answer)
        assert "31 August 2025" in said(answer)

    def test_not_before_its_cluster(self, county, officer, wolds):
        school = county.schools[7]
        address = self.address(wolds, school.urn)
        answer = post(officer, address, school=school.pk, part="core", on=dt.date(2020, 1, 1))
        assert "beyond the life of the cluster" in said(answer)

    def test_not_without_saying_what_it_contributes(self, county, officer, wolds, day):
        school = county.schools[7]
        address = self.address(wolds, school.urn)
        answer = post(officer, address, school=school.pk, part="contributing", on=day)
        assert "Write what the school contributes." in said(answer)

    def test_words_that_fit_no_school_say_so(self, officer, wolds):
        assert "No school was found" in words_of(officer.get(self.address(wolds, "xyzzy")))


class TestAPartnerJoins:
    def test_by_its_name(self, officer, wolds, day):
        address = f"/clusters/{wolds.pk}/members/add-partner"
        post(officer, address, kind="college", name="Boston College", on=day)
        assert wolds.memberships.get(partner__name="Boston College").part == "partner"
        answer = post(officer, address, kind="college", name="Boston College", on=day)
        assert "already in this cluster" in said(answer)


class TestAMember:
    def address(self, cluster, school, what):
        return f"/clusters/memberships/{row_of(cluster, school).pk}/{what}"

    def test_takes_another_part_from_a_day_on(self, county, officer, wolds, day):
        school = county.schools[1]
        post(officer, self.address(wolds, school, "part"), part="lead", on=day)
        assert [each.part for each in wolds.memberships.filter(school=school)] == ["core", "lead"]

    def test_has_signed_the_memorandum(self, county, officer, wolds, day):
        school, late = county.schools[1], county.schools[7]
        post(officer, self.address(wolds, school, "memorandum"), signed_on=day)
        assert row_of(wolds, school).memorandum_signed_on == day
        typed = {"part": "core", "on": BEGUN, "until": "", "wrong": "A slip."}
        post(officer, self.address(wolds, school, "correct"), **typed, signed_on=BEGUN)
        assert row_of(wolds, school).memorandum_signed_on == BEGUN
        address = f"/clusters/{wolds.pk}/members/add-school?q={late.urn}"
        post(officer, address, school=late.pk, part="core", on=day, signed_on=day)
        assert row_of(wolds, late).memorandum_signed_on == day

    def test_leaves_with_a_reason(self, county, officer, wolds, day):
        school = county.schools[1]
        address = self.address(wolds, school, "leave")
        assert "Write why it leaves." in said(post(officer, address, on=day))
        post(officer, address, on=day, reason="Too far.")
        assert school.pk not in ids_in(wolds, day) and school.pk in ids_in(wolds, BEGUN)

    def test_does_not_leave_before_it_joined(self, county, officer, wolds):
        address = self.address(wolds, county.schools[1], "leave")
        answer = post(officer, address, on=dt.date(2020, 1, 1), reason="Never came.")
        assert "Never came." in answer.content.decode()
        assert "It joined on: 1 September 2024." in said(answer)

    def test_is_dropped_by_somebodys_decision(self, county, officer, wolds, day):
        school = county.schools[1]
        address = self.address(wolds, school, "drop")
        answer = post(officer, address, on=day, reason="Absent.")
        assert "Write which person or meeting took the decision." in said(answer)
        post(officer, address, on=day, reason="Absent.", decided_by="The heads' meeting")
        assert row_of(wolds, school).ended_by == "dropped"

    def test_is_corrected_and_keeps_that_it_was(self, county, officer, wolds):
        school = county.schools[1]
        address = self.address(wolds, school, "correct")
        typed = {"part": "core", "on": dt.date(2025, 9, 1), "until": dt.date(2025, 1, 1)}
        answer = post(officer, address, wrong="A slip.", **typed)
        assert "The end is not after the start." in said(answer)
        post(officer, address, wrong="A slip.", **{**typed, "until": ""})
        assert school.pk not in ids_in(wolds, dt.date(2025, 1, 1))

    def test_that_never_was_is_taken_back(self, county, officer, wolds):
        school = county.schools[1]
        address = self.address(wolds, school, "take-back")
        post(officer, address, wrong="The other Village school was meant.")
        assert not wolds.memberships.filter(school=school).exists()

    def test_whose_school_ended_gives_its_place_to_the_one_that_goes_on(
        self, county, officer, wolds, day
    ):
        old, new = county.schools[1], county.schools[7]
        address = self.address(wolds, old, f"school-ends?q={new.urn}")
        answer = post(officer, address, kind="amalgamated", on=day)
        assert "Search for the school that goes on" in said(answer)
        post(officer, address, kind="amalgamated", into=new.pk, on=day)
        assert ids_in(wolds, day) == {each.pk for each in [*county.schools[:4], new]} - {old.pk}

    def test_that_is_a_partner_cannot_close_as_a_school(self, officer, wolds, day):
        post(
            officer, f"/clusters/{wolds.pk}/members/add-partner",
            kind="college", name="Boston College", on=day,
        )  # fmt: skip
        pk = wolds.memberships.get(partner__isnull=False).pk
        assert officer.get(f"/clusters/memberships/{pk}/school-ends").status_code == 404


class TestAClusterIsStarted:
    def test_and_waits_for_its_schools(self, officer, county, day):
        answer = post(
            officer, "/clusters/new", working_name="Marsh", code="M1", status="proposed", on=day
        )
        made = Cluster.objects.get(working_name="Marsh")
        assert answer["Location"] == f"/clusters/{made.pk}/members/"

    def test_not_under_the_name_of_a_school(self, officer, county, day):
        name = county.schools[0].name
        answer = post(officer, "/clusters/new", working_name=name, status="proposed", on=day)
        assert "the name of a school" in said(answer)
        assert name in answer.content.decode()


class TestNames:
    def test_are_chosen_by_a_head(self, head, wolds, day):
        post(head, f"/clusters/{wolds.pk}/names", name="High Five", name_cy="Pump Uchel", on=day)
        wolds.refresh_from_db()
        assert (wolds.name, wolds.name_cy) == ("High Five", "Pump Uchel")

    def test_are_not_for_a_day_to_come(self, head, wolds, day):
        later = day + dt.timedelta(30)
        answer = post(head, f"/clusters/{wolds.pk}/names", name="High Five", on=later)
        assert "That day has not come yet." in said(answer)

    def test_that_are_for_now_are_the_officers(self, head, officer, wolds, day):
        address = f"/clusters/{wolds.pk}/working-name"
        assert post(head, address, working_name="North", on=day).status_code == 403
        post(officer, address, working_name="North", code="N", on=day)
        wolds.refresh_from_db()
        assert (wolds.working_name, wolds.code) == ("North", "N")


class TestTheStatus:
    def test_moves_as_its_table_says(self, officer, wolds, day):
        words = words_of(officer.get(f"/clusters/{wolds.pk}/status/"))
        assert "Say that its work has begun" in words and "Recognise the cluster" not in words
        post(officer, f"/clusters/{wolds.pk}/status/start-work", on=day)
        wolds.refresh_from_db()
        assert wolds.status == "active"

    def test_that_it_cannot_have_is_refused(self, officer, wolds, day):
        answer = post(officer, f"/clusters/{wolds.pk}/status/recognise", on=day)
        assert "cannot be done any more, or not yet" in said(answer)

    def test_says_on_the_button_what_closing_ends(self, officer, wolds):
        words = words_of(officer.get(f"/clusters/{wolds.pk}/status/close"))
        assert "Close the cluster and end 4 memberships" in words

    def test_comes_to_its_end_and_earlier_days_stay(self, officer, wolds, day):
        post(officer, f"/clusters/{wolds.pk}/status/close", on=day, because="Done.")
        assert not ids_in(wolds, day) and len(ids_in(wolds, BEGUN)) == 4
        assert "stays so" in words_of(officer.get(f"/clusters/{wolds.pk}/status/"))

    def test_of_a_cluster_that_was_to_close_can_go_on(self, officer, wolds, day):
        post(officer, f"/clusters/{wolds.pk}/status/close", on=day + dt.timedelta(60))
        post(officer, f"/clusters/{wolds.pk}/status/go-on", because="")
        wolds.refresh_from_db()
        assert (wolds.status, wolds.end_on) == ("active", None)

    def test_has_no_other_move(self, officer, wolds):
        assert officer.get(f"/clusters/{wolds.pk}/status/explode").status_code == 404


class TestHowItStands:
    def test_is_written_with_every_dimension(self, officer, wolds, day):
        typed = {
            "origin": "voluntary", "initiation": "bottom_up", "footing": "horizontal",
            "phases": "cross", "sectors": "single", "basis": "geographical", "formality": "3",
            "purposes": ["pedagogic", "transition"], "authority_parts": ["facilitator"],
            "working_model": "We meet monthly.", "contact_name": "Ann",
        }  # fmt: skip
        post(officer, f"/clusters/{wolds.pk}/standing/change", on=day, **typed)
        held = standing_on(wolds, day)
        assert (held.formality, held.purposes) == (3, ["pedagogic", "transition"])
        words = words_of(officer.get(f"/clusters/{wolds.pk}/standing/"))
        assert "More formal collaboration" in words and "soft federation" in words
        assert "Nobody has described" in words_of(
            officer.get(f"/clusters/{wolds.pk}/standing/", {"on": "2025-01-01"})
        )
        assert "Ann (Contact)" in words_of(officer.get(f"/clusters/{wolds.pk}/"))

    def test_shows_the_definition_beside_each_formality(self, officer, wolds):
        words = words_of(officer.get(f"/clusters/{wolds.pk}/standing/change"))
        assert "5. Hard partnership: a trust or federation that is responsible" in words
        assert "Small rural schools, Figure 4" in words
        assert "Cross-phase: schools of several phases" in words
        assert "Cross-sector: with other services" in words

    def test_has_a_working_model_that_a_head_writes(self, head, wolds, day):
        address = f"/clusters/{wolds.pk}/standing/working-model"
        post(head, address, working_model="Half-termly.", on=day)
        assert standing_on(wolds, day).working_model == "Half-termly."
        assert post(head, f"/clusters/{wolds.pk}/standing/change", on=day).status_code == 403


class TestTwoMerge:
    def ask(self, other, day, **more):
        return {"other": [other.pk], "into": "new", "working_name": "Both", "on": day, **more}

    def test_after_showing_what_would_happen(self, officer, wolds, fens, day):
        address = f"/clusters/{wolds.pk}/merge"
        query = {**self.ask(fens, day), "on": day.isoformat()}
        words = words_of(officer.get(address, query))
        assert "What would happen" in words and "7 members" in words
        assert not Lineage.objects.exists()
        post(officer, address, **self.ask(fens, day))
        made = Cluster.objects.get(working_name="Both")
        assert len(ids_in(made, day)) == 7 and len(ids_in(wolds, BEGUN)) == 4

    @pytest.mark.parametrize("on", [dt.date(2020, 1, 1), BEGUN])
    def test_not_on_a_day_before_they_stand(self, officer, wolds, fens, on):
        query = {**self.ask(fens, on), "on": on.isoformat()}
        words = words_of(officer.get(f"/clusters/{wolds.pk}/merge", query))
        assert "There is a problem" in words and "What would happen" not in words

    def test_not_under_a_name_that_another_has(self, county, officer, wolds, fens, day):
        county.open("Marsh", county.schools[7:])
        query = {**self.ask(fens, day, working_name="marsh"), "on": day.isoformat()}
        words = words_of(officer.get(f"/clusters/{wolds.pk}/merge", query))
        assert "Another cluster has this name: marsh." in words

    @pytest.mark.parametrize("into", ["new", "one"])
    def test_and_one_of_two_lead_schools_leads(self, county, officer, wolds, fens, day, into):
        leads = [county.schools[0], county.schools[4]]
        Membership.objects.filter(school__in=leads).update(part="lead")
        asked = self.ask(fens, day, into=wolds.pk if into == "one" else "new")
        query = {**asked, "on": day.isoformat()}
        assert "2 schools lead." in words_of(officer.get(f"/clusters/{wolds.pk}/merge", query))
        post(officer, f"/clusters/{wolds.pk}/merge", **asked, lead=leads[1].pk)
        one = wolds if into == "one" else Cluster.objects.get(working_name="Both")
        found = one.memberships.filter(part="lead", end_on__isnull=True)
        assert [each.school for each in found] == [leads[1]]
        assert row_of(one, leads[0]).part == "core"

    def test_into_one_of_them(self, officer, wolds, fens, day):
        post(officer, f"/clusters/{wolds.pk}/merge", **self.ask(fens, day, into=wolds.pk))
        assert len(ids_in(wolds, day)) == 7

    def test_but_none_with_itself(self, officer, wolds, fens, day):
        answer = post(officer, f"/clusters/{wolds.pk}/merge", **self.ask(wolds, day))
        assert "One cannot merge with itself." in said(answer)

    def test_but_not_with_a_school_in_both(self, county, officer, wolds, fens, day):
        Membership.objects.create(cluster=fens, school=county.schools[0], start_on=BEGUN)
        query = {**self.ask(fens, day), "on": day.isoformat()}
        assert "they cannot merge yet" in words_of(
            officer.get(f"/clusters/{wolds.pk}/merge", query)
        )
        answer = post(officer, f"/clusters/{wolds.pk}/merge", **self.ask(fens, day))
        assert "A school is in two of the clusters" in said(answer)


class TestOneSplits:
    def address(self, cluster, day, **more):
        from urllib.parse import urlencode

        asked = {"goes_on": "no", "name_1": "East", "name_2": "West", "on": day, **more}
        return f"/clusters/{cluster.pk}/split?" + urlencode(asked)

    def places(self, cluster, county, *values):
        rows = [row_of(cluster, school) for school in county.schools[:4]]
        return {f"m{row.pk}": value for row, value in zip(rows, values, strict=True)}

    def test_with_a_place_for_every_member(self, county, officer, wolds, day):
        address = self.address(wolds, day)
        assert "Where does each member go?" in words_of(officer.get(address))
        post(officer, address, **self.places(wolds, county, "1", "1", "2", "2"))
        east = Cluster.objects.get(working_name="East")
        assert ids_in(east, day) == {each.pk for each in county.schools[:2]}
        assert not ids_in(wolds, day) and len(ids_in(wolds, BEGUN)) == 4

    @pytest.mark.parametrize("on", [dt.date(2010, 1, 1), BEGUN])
    def test_not_on_a_day_before_it_stands(self, officer, wolds, on):
        words = words_of(officer.get(self.address(wolds, on)))
        assert "There is a problem" in words and "Where does each member go?" not in words

    def test_not_on_a_day_without_members(self, officer, county, day):
        empty = county.open("Empty", [])
        words = words_of(officer.get(self.address(empty, day)))
        assert "Nobody is in the cluster on that day: Empty." in words

    def test_not_into_one_of_a_name_that_another_has(self, officer, wolds, fens, day):
        words = words_of(officer.get(self.address(wolds, day, name_1="FENS")))
        assert "Another cluster has this name: FENS." in words

    def test_says_before_its_day_into_what(self, county, officer, wolds, day):
        placed = self.places(wolds, county, "1", "1", "2", "2")
        post(officer, self.address(wolds, day + dt.timedelta(30)), **placed)
        words = words_of(officer.get(f"/clusters/{wolds.pk}/"))
        assert "It splits on" in words and "Into: East, West" in words

    def test_and_can_go_on_as_one_of_its_parts(self, county, officer, wolds, day):
        address = self.address(wolds, day, goes_on="yes", name_2="")
        post(officer, address, **self.places(wolds, county, "stays", "stays", "1", "1"))
        assert len(ids_in(wolds, day)) == 2

    def test_and_somebody_may_leave_with_a_reason(self, county, officer, wolds, day):
        placed = self.places(wolds, county, "1", "1", "2", "leaves")
        assert "Write why they leave." in said(post(officer, self.address(wolds, day), **placed))
        post(officer, self.address(wolds, day), reason="Joins the coast.", **placed)
        assert row_of(wolds, county.schools[3]).ended_by == "left"

    def test_not_with_somebody_who_has_no_place(self, county, officer, wolds, day):
        placed = self.places(wolds, county, "1", "1", "2", "2")
        placed.popitem()
        answer = post(officer, self.address(wolds, day), **placed)
        assert "Choose where it goes" in said(answer)

    def test_not_into_a_part_of_nobody(self, county, officer, wolds, day):
        placed = self.places(wolds, county, "1", "1", "1", "1")
        answer = post(officer, self.address(wolds, day), **placed)
        assert "two parts at least, each with a member" in said(answer)

    def test_not_into_one(self, officer, wolds, day):
        answer = officer.get(self.address(wolds, day, name_2=""))
        assert "a split makes two at least" in said(answer)


class TestAMiniCluster:
    def test_is_formed_inside(self, county, officer, wolds, day):
        ids = [each.pk for each in county.schools[:2]]
        post(
            officer, f"/clusters/{wolds.pk}/mini-cluster",
            working_name="Two", schools=ids, on=day,
        )  # fmt: skip
        mini = Cluster.objects.get(working_name="Two")
        assert mini.parent == wolds and ids_in(mini, day) == set(ids)
        assert "Mini-clusters inside it: Two" in words_of(officer.get(f"/clusters/{wolds.pk}/"))
        assert "Inside: Wolds" in words_of(officer.get(f"/clusters/{mini.pk}/"))

    def test_names_the_school_that_is_not_there_then(self, county, officer, wolds, day):
        school = county.schools[1]
        Membership.objects.filter(cluster=wolds, school=school).update(start_on=day)
        answer = post(
            officer, f"/clusters/{wolds.pk}/mini-cluster",
            working_name="Two", schools=[school.pk], on=day - dt.timedelta(3),
        )  # fmt: skip
        assert f"from that day on: {school}" in said(answer)


class TestWhatTheRegisterSays:
    @pytest.fixture
    def effect(self, county, wolds, day) -> RegisterEffect:
        row = row_of(wolds, county.schools[1])
        Membership.objects.filter(pk=row.pk).update(end_on=day, ended_by="school_closed")
        return RegisterEffect.objects.create(
            change_id=1, school=county.schools[1], cluster=wolds, kind="closed", on=day,
            successors=[county.schools[7].pk],
        )  # fmt: skip

    def test_is_settled_by_the_school_that_goes_on(self, county, officer, wolds, effect, day):
        assert "Settle" in words_of(officer.get(f"/clusters/{wolds.pk}/register/"))
        new = county.schools[7]
        post(officer, f"/clusters/register/{effect.pk}", follows=new.pk, outcome="As told.")
        assert new.pk in ids_in(wolds, day)
        assert "As told." in words_of(officer.get(f"/clusters/{wolds.pk}/register/"))

    def test_is_settled_by_nothing(self, officer, wolds, effect, day):
        post(officer, f"/clusters/register/{effect.pk}", follows="nothing")
        assert len(ids_in(wolds, day)) == 3

    def test_is_settled_once(self, officer, effect):
        address = f"/clusters/register/{effect.pk}"
        post(officer, address, follows="nothing")
        assert "settled already" in said(post(officer, address, follows="nothing"))

    def test_is_not_a_heads_to_settle(self, head, effect):
        assert head.get(f"/clusters/register/{effect.pk}").status_code == 403

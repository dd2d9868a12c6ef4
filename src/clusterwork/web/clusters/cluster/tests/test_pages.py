"""What the pages of one cluster say, to whom, of which day."""

from __future__ import annotations

import datetime as dt

from clusterwork.clusters.models import Membership, Part, RegisterEffect
from clusterwork.clusters.services.clusters import name_cluster
from clusterwork.clusters.services.memberships import PartFacts, join, leave, take_part
from clusterwork.clusters.services.merging import merge_clusters
from clusterwork.clusters.services.statuses import close_cluster, move
from clusterwork.clusters.tests.made_clusters import BEGUN, row_of
from clusterwork.web.clusters.cluster.tests.conftest import head_of
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.formats import day as in_words


def page(client, cluster, name="", **query):
    return words_of(client.get(f"/clusters/{cluster.pk}/{name}", query))


class TestTheOverview:
    def test_says_the_stage_and_what_comes_next(self, officer, wolds):
        words = page(officer, wolds)
        assert "Recognised, with 4 schools; its work has not begun. Next: Its work begins." in words

    def test_says_who_is_missing(self, officer, wolds):
        words = page(officer, wolds)
        assert "The chair is vacant." in words and "It has no coordinator." in words

    def test_tells_an_officer_of_what_the_register_says(self, county, officer, head, wolds):
        RegisterEffect.objects.create(
            change_id=1, school=county.schools[0], cluster=wolds, kind="closed", on=BEGUN
        )
        said = "One change in the register waits for your decision."
        assert said in page(officer, wolds)
        assert said not in page(head, wolds)

    def test_names_what_it_came_out_of(self, county, officer, wolds, fens):
        day = county.who["day"]
        new = merge_clusters(
            **county.who, pks=[wolds.pk, fens.pk], on=day, working_name="All of us"
        )
        words = page(officer, new)
        assert "Came out of a merger" in words and "Wolds" in words and "Fens" in words
        assert f"Closed on {in_words(day)}." in page(officer, wolds)
        assert "All of us" not in page(officer, wolds, on="2025-01-01")

    def test_keeps_the_earlier_name_in_the_history(self, county, officer, wolds):
        day = county.who["day"]
        name_cluster(**county.who, pk=wolds.pk, name="High Five", name_cy="", on=day)
        assert "High Five" in page(officer, wolds)
        assert f"Until {in_words(day)}: Wolds" in page(officer, wolds, "history/")

    def test_has_no_status_before_its_first_day(self, county, officer, wolds):
        words = page(officer, wolds, on="2010-11-22")
        assert "Not yet begun Begins on 1 September 2024, with 4 schools." in words
        assert "4 schools are in it from 1 September 2024." in words
        soon = county.who["day"] + dt.timedelta(9)
        county.open("Marsh", county.schools[4:6], start_on=soon)
        listed = words_of(officer.get("/clusters/"))
        assert "Marsh 2 Not yet begun" in listed and "Wolds 4 Recognised" in listed

    def test_of_a_closed_cluster_says_what_was_and_offers_no_change(self, county, officer, wolds):
        day = county.who["day"]
        close_cluster(**county.who, pk=wolds.pk, on=day)
        words = page(officer, wolds)
        assert f"Its last members left on {in_words(day - dt.timedelta(1))}." in words
        assert "will stand here" not in words and "Change: Working name" not in words
        assert "Merge it" not in page(officer, wolds, "members/")

    def test_of_an_ended_membership_offers_what_can_be_done(self, county, officer, wolds):
        day, row = county.who["day"], row_of(wolds, county.schools[0])
        address = f"/clusters/memberships/{row.pk}/"
        assert "It leaves" in words_of(officer.get(address))
        leave(**county.who, membership_pk=row.pk, on=day, reason="Far away.")
        words = words_of(officer.get(address))
        assert "It leaves" not in words and "It takes another part" not in words
        assert "It was entered wrongly" in words and "It never was a member" in words
        assert f"was {in_words(day - dt.timedelta(1))}." in words

    def test_of_another_day_cannot_be_edited(self, officer, wolds):
        words = page(officer, wolds, on="2025-01-01")
        assert "This page cannot be edited." in words and "Change the members" not in words
        assert "To come:" in page(officer, wolds, on="2030-01-01")


class TestTheMembers:
    def test_stand_with_their_part_and_since_when(self, officer, wolds):
        words = page(officer, wolds, "members/")
        assert "4 schools" in words and "1 September 2024" in words

    def test_of_an_earlier_day_do_not_change_when_one_leaves(self, county, officer, wolds):
        before = page(officer, wolds, "members/", on="2025-01-01")
        row = row_of(wolds, county.schools[1])
        leave(**county.who, membership_pk=row.pk, on=county.who["day"], reason="Too far.")
        now = page(officer, wolds, "members/")
        assert "3 schools" in now and "Earlier members" in now and "Too far." in now
        after = page(officer, wolds, "members/", on="2025-01-01")
        assert after.count("Village") == before.count("Village") == 4

    def test_tell_what_a_school_contributes_only_inside(self, county, officer, head, wolds):
        facts = PartFacts(Part.CONTRIBUTING, "A maths teacher", "Its results")
        row = row_of(wolds, county.schools[1])
        take_part(**county.who, membership_pk=row.pk, facts=facts, on=county.who["day"])
        stranger = client_of(head_of(county, 5))
        assert "A maths teacher" in page(officer, wolds, "members/")
        assert "A maths teacher" in page(head, wolds, "members/")
        assert "A maths teacher" not in page(stranger, wolds, "members/")
        assert "A maths teacher" not in page(stranger, wolds, "history/")

    def test_a_head_finds_no_buttons_to_change_them(self, head, wolds):
        assert "Add a school" not in page(head, wolds, "members/")

    def test_those_to_come_are_named(self, county, officer, wolds):
        join(**county.who, pk=wolds.pk, school=county.schools[7], start_on=dt.date(2027, 9, 1))
        assert "from 1 September 2027" in page(officer, wolds, "members/")
        assert "5 schools" in page(officer, wolds, "members/", on="2027-09-01")


class TestTheHistory:
    def test_has_everybody_and_everything_that_was_done(self, county, officer, wolds):
        row = row_of(wolds, county.schools[1])
        leave(**county.who, membership_pk=row.pk, on=county.who["day"], reason="Too far.")
        words = page(officer, wolds, "history/")
        assert "4 memberships" in words
        assert f"Left the cluster: {county.schools[1]}" in words
        assert "Opened this cluster: Wolds. Schools: 4." in words

    def test_says_why_to_those_inside_only(self, county, officer, head, wolds):
        row = row_of(wolds, county.schools[1])
        leave(**county.who, membership_pk=row.pk, on=county.who["day"], reason="Too far.")
        stranger = client_of(head_of(county, 5))
        assert "Too far." in page(officer, wolds, "history/")
        assert "Too far." in page(head, wolds, "history/")
        assert "Too far." not in page(stranger, wolds, "history/")
        assert "Too far." not in page(stranger, wolds, "members/")

    def test_says_why_the_status_changed_to_those_inside_only(self, county, officer, head, wolds):
        told = {"verb": "start work", "on": county.who["day"], "because": "The money came."}
        move(**county.who, pk=wolds.pk, **told)
        stranger = client_of(head_of(county, 5))
        assert "Active. The money came." in page(head, wolds, "history/")
        assert "The money came." not in page(stranger, wolds, "history/")


class TestTheMap:
    def test_has_the_schools_of_the_day(self, county, officer, wolds):
        row = row_of(wolds, county.schools[1])
        leave(**county.who, membership_pk=row.pk, on=county.who["day"], reason="Too far.")
        now = officer.get(f"/clusters/{wolds.pk}/map.json").json()
        then = officer.get(f"/clusters/{wolds.pk}/map.json", {"on": "2025-01-01"}).json()
        assert [len(each["schools"]["features"]) for each in (now, then)] == [3, 4]


class TestASchoolsPages:
    def test_name_its_clusters_first(self, county, officer, wolds):
        words = words_of(officer.get(f"/schools/{county.schools[0].pk}/"))
        assert "Clusters today: Wolds (Core)" in words
        assert "Clusters today: none" in words_of(officer.get(f"/schools/{county.schools[7].pk}/"))

    def test_name_those_of_an_earlier_day(self, county, officer, wolds):
        row = row_of(wolds, county.schools[0])
        leave(**county.who, membership_pk=row.pk, on=county.who["day"], reason="Too far.")
        address = f"/schools/{county.schools[0].pk}/"
        assert "Clusters today: none" in words_of(officer.get(address))
        assert "Clusters then: Wolds (Core)" in words_of(officer.get(address, {"on": "2025-01-01"}))

    def test_list_them_over_time(self, county, officer, wolds):
        row = row_of(wolds, county.schools[0])
        leave(**county.who, membership_pk=row.pk, on=county.who["day"], reason="Too far.")
        words = words_of(officer.get(f"/schools/{county.schools[0].pk}/partnerships/"))
        assert "Clusters over time" in words and "Left" in words
        assert Membership.objects.filter(school=county.schools[0]).count() == 1

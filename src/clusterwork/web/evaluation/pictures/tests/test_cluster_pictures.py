"""A cluster's pictures: what is told with intervals, what hides, and to whom plans are told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clusterwork.clusters.models import Cluster, Membership
from clusterwork.clusters.tests.made import school
from clusterwork.measures.models import Figure
from clusterwork.measures.tests.made import measure
from clusterwork.plans.models import Plan, Review, ReviewBody, Submission, Target
from clusterwork.registry.models import Assessment, Census, Grade, Scale, School
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.clusters.tests.conftest import (
    without_second_factor as without_second_factor,
)
from clusterwork.web.measures.tests.test_school import Place as Made

pytestmark = pytest.mark.django_db
END, BEGUN = "-07-31", dt.date(2024, 9, 1)


class Place(Made):
    """The same place with more clusters of the same organisation, each of two schools."""

    def more(self, n: int) -> list[Cluster]:
        made = []
        for place in range(n):
            cluster = Cluster.objects.create(
                organisation=self.organisation,
                working_name=f"Cluster {chr(65 + place)}",
                status="active",
                start_on=dt.date(2024, 9, 1),
            )
            for k in (0, 1):
                urn = 130_000 + 10 * place + k
                each = school(self.authority, urn, f"School {urn}")
                Membership.objects.create(
                    cluster=cluster, school=each, start_on=dt.date(2024, 9, 1)
                )
                Census.objects.create(school=each, year=2025, pupils=90 + place, fsm_share=0.1)
                value = str(60 + 2 * place)
                self.published(value, school=each, denominator=20)
            made.append(cluster)
        return made

    def figures(self, *years: int) -> None:
        for year in years:
            on = dt.date.fromisoformat(f"{year}{END}")
            self.published("60", on=on, denominator=10)
            self.published("90", on=on, school=self.other, denominator=20)

    def answer(self, person, name="cluster_beside", **query):
        return client_of(person).get(reverse(name, args=[self.cluster.pk]), query)

    def read(self, person, name="cluster_beside", **query) -> str:
        answer = self.answer(person, name, **query)
        assert answer.status_code == 200, answer.content.decode()[:2000]
        return words_of(answer)


@pytest.fixture
def place(db) -> Place:
    return Place()


class TestBesideSimilarClusters:
    def test_says_what_will_be_there(self, place):
        words = place.read(place.head)
        assert "There are no figures of the cluster’s schools yet." in words
        assert "See which figures the cluster has" in words

    def test_holds_the_figure_with_its_interval_against_the_mean_of_others(self, place):
        place.figures(2025)
        place.more(4)
        words = place.read(place.head)
        # 24 of 30: Wilson 62.7 to 90.5; the mean of 60, 62, 64, 66 is 63 and lies within.
        assert (
            "80% in 2024/25; mean of similar clusters: 63%, within the cluster’s interval" in words
        )
        assert "63% 90% 30 2 of 2" in words
        assert "it does not show what made the difference" in words

    def test_names_clusters_by_the_alphabet_and_says_what_they_are_alike_in(self, place):
        place.figures(2025)
        place.more(4)
        words = place.read(place.head)
        assert "Cluster A , Cluster B , Cluster C , Cluster D ." in words
        assert "What they are alike in" in words and "Pupils of a school" in words

    def test_tells_no_cluster_s_own_figure_but_ours(self, place):
        place.figures(2025)
        place.more(4)
        file = place.answer(place.head, figure="beside", form="csv").content.decode()
        assert "2024/25" in file and "Cluster A" not in file

    def test_takes_three_years_together_where_few_are_counted(self, place):
        for year in (2023, 2024, 2025):
            place.published("60", on=dt.date(year, 7, 31), denominator=10)
        words = place.read(place.head)
        assert "over the years 2022/23 to 2024/25 together" in words
        assert "So three years stand together as one figure of 30." in words

    def test_hides_a_total_from_which_the_only_other_school_follows(self, place):
        place.entered("94.5")
        words = place.read(place.other_head)
        assert "No total can be told" in words and "94.5" not in words

    def test_leaves_a_cluster_whose_total_hides_out_of_the_mean(self, place):
        """Attendance is private: of two schools each would know the other's."""
        place.more(4)
        for each in (place.own, place.other):
            place.published("94", code="attendance", school=each, denominator=100)
        for n, each in enumerate(School.objects.filter(urn__gte=130_000).order_by("urn")):
            Figure.objects.create(
                measure=measure("attendance"),
                school=each,
                on=dt.date(2025, 7, 31),
                value=90 + n,
                denominator=100,
                origin="form",
                entered_at=timezone.now(),
            )
        pk = measure("attendance").pk
        words = place.read(place.head, measure=pk)
        assert "in 2024/25" in words and "mean of similar clusters:" not in words
        file = place.answer(place.head, measure=pk, figure="beside", form="csv")
        assert ",2 of 2,,,,0," in file.content.decode()

    def test_claims_no_interval_for_a_score(self, place):
        place.published("2.5", code="ks2-maths-progress", denominator=30)
        words = place.read(place.head, measure=measure("ks2-maths-progress").pk)
        assert "No interval can be told" in words

    def test_of_a_past_day_stops_at_it(self, place):
        place.figures(2025)
        words = place.read(place.head, on="2025-01-01")
        assert "There are no figures of the cluster’s schools yet." in words

    def test_comes_as_a_picture(self, place):
        place.figures(2024, 2025)
        answer = place.answer(place.head, figure="beside", form="png")
        assert answer["Content-Type"] == "image/png" and answer.content[:4] == b"\x89PNG"

    def test_asks_the_database_few_questions(self, place):
        place.figures(2023, 2024, 2025)
        place.more(5)
        client = client_of(place.head)
        address = reverse("cluster_beside", args=[place.cluster.pk])
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(address)
        assert len(asked) <= 30, "\n".join(each["sql"][:150] for each in asked)

    def test_offers_the_groups_of_which_there_are_figures(self, place):
        place.figures(2025)
        place.published("50", group="girls", denominator=40)
        words = place.read(place.head)
        assert "Group" in words and "Girls" in words and "Boys" not in words
        assert "50% in 2024/25" in place.read(place.head, group="girls")

    def test_takes_the_first_measure_where_the_address_names_none(self, place):
        place.figures(2025)
        assert "80% in 2024/25" in place.read(place.head, measure="x", group="nobody")

    def test_is_in_welsh_too(self, place):
        place.figures(2025)
        address = reverse("cluster_beside", args=[place.cluster.pk])
        assert client_of(place.head).get(f"/cy{address}").status_code == 200


class TestATimeLine:
    def graded(self, place, on, label="Good") -> None:
        scale, _made = Scale.objects.get_or_create(code="ofsted", defaults={"name": "Ofsted"})
        grade, _made = Grade.objects.get_or_create(
            scale=scale, code=label.lower(), defaults={"label": label}
        )
        Assessment.objects.create(school=place.own, scale=scale, grade=grade, on=on)

    def test_says_what_will_be_there(self, place):
        words = place.read(place.head, "cluster_timeline")
        assert "There are no figures of the cluster’s schools yet." in words

    def test_says_before_and_after_without_a_cause(self, place):
        place.figures(2024, 2025)
        words = place.read(place.head, "cluster_timeline")
        assert "80% in 2023/24, before the start; 80% in 2024/25; the intervals overlap" in words
        assert "need not have changed because of it" in words

    def test_lists_inspections_as_published(self, place):
        place.figures(2024, 2025)
        self.graded(place, dt.date(2024, 5, 1), "Inadequate")
        words = place.read(place.head, "cluster_timeline")
        assert "Ancaster 1 May 2024 Ofsted Inadequate" in words
        file = place.answer(place.head, "cluster_timeline", figure="timeline", form="csv")
        assert "1 inspection" in file.content.decode()
        assert "Inadequate" not in file.content.decode()

    def test_shows_who_its_pupils_are(self, place):
        place.figures(2025)
        Census.objects.create(school=place.own, year=2025, pupils=100, fsm_share=0.2)
        words = place.read(place.head, "cluster_timeline")
        assert "Eligible for free school meals: 20.0% in 2024/25" in words and "1 of 2" in words

    def test_tells_the_plan_s_aims_to_the_cluster_s_people_only(self, place):
        place.figures(2025)
        assert "has no aim for this measure" in place.read(place.head, "cluster_timeline")
        words = place.read(place.outside_head, "cluster_timeline")
        assert "are seen by the cluster’s people and its authority" in words

    def planned(self, place, **facts) -> Plan:
        """An approved plan that wants 85 by July 2027, and was returned once."""
        plan = Plan.objects.create(
            cluster=place.cluster, title="Together", start_on=BEGUN, end_on=dt.date(2027, 9, 1)
        )
        told = {"wanted_value": 85, "wanted_on": dt.date(2027, 7, 31), "horizon": "short", **facts}
        told = {"baseline_value": 80, "baseline_on": dt.date(2025, 7, 31), "group": "all", **told}
        Target.objects.create(plan=plan, measure=measure("ks2-rwm-expected"), **told)
        Plan.objects.filter(pk=plan.pk).update(state="approved", approved_on=BEGUN)
        body = ReviewBody.objects.create(organisation=place.organisation, name="Officers")
        sent = Submission.objects.create(plan=plan, number=1, content={}, sha256="0" * 64)
        at = dt.datetime(2025, 1, 9, 12, tzinfo=dt.UTC)
        Review.objects.create(submission=sent, body=body, state="returned", at=at, reasons="Who?")
        return plan

    def test_shows_aims_and_answers_to_plans(self, place):
        place.figures(2024, 2025)
        self.planned(place)
        words = place.read(place.head, "cluster_timeline")
        assert "31 July 2027 85% 80% 31 July 2025" in words
        assert "9 January 2025: Officers, Returned" in words
        file = place.answer(place.head, "cluster_timeline", figure="timeline", form="csv")
        assert "Aim: 85% by 31 July 2027" in file.content.decode()

    def test_keeps_aims_and_answers_from_others(self, place):
        place.figures(2024, 2025)
        self.planned(place)
        words = place.read(place.outside_head, "cluster_timeline")
        assert "85%" not in words and "Returned" not in words
        file = place.answer(place.outside_head, "cluster_timeline", figure="timeline", form="csv")
        assert "85%" not in file.content.decode()

    def test_keeps_a_single_school_s_aim_and_other_groups_out(self, place):
        place.figures(2025)
        self.planned(place, school=place.own)
        assert "has no aim for this measure" in place.read(place.head, "cluster_timeline")

    def test_tells_no_answer_while_a_plan_is_still_with_its_bodies(self, place):
        place.figures(2025)
        plan = self.planned(place)
        Plan.objects.filter(pk=plan.pk).update(state="submitted")
        words = place.read(place.head, "cluster_timeline")
        assert "No plan of the cluster has been answered yet." in words

    def test_draws_who_its_pupils_are_by_year(self, place):
        place.figures(2024, 2025)
        for year, share in ((2024, 0.2), (2025, 0.3)):
            Census.objects.create(school=place.own, year=year, pupils=100, fsm_share=share)
        words = place.read(place.head, "cluster_timeline")
        assert "Eligible for free school meals: 20.0% in 2023/24, 30.0% in 2024/25" in words

    def test_asks_the_database_few_questions(self, place):
        place.figures(2023, 2024, 2025)
        self.planned(place)
        self.graded(place, dt.date(2024, 5, 1))
        client = client_of(place.head)
        address = reverse("cluster_timeline", args=[place.cluster.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= 30, "\n".join(each["sql"][:150] for each in asked)

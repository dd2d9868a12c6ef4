"""The page of a result: the sentence first, all that speaks against it, and who sees how much."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from clusterwork.clusters.sentences import written
from clusterwork.evaluation.impact_adapter.noting import THIN
from clusterwork.evaluation.models import Alternative, Analysis, Registration, Run
from clusterwork.evaluation.tests.made import NOW
from clusterwork.evaluation.tests.made_results import (
    check,
    early_result,
    estimate,
    found_result,
    set_down,
    table,
    told,
)
from clusterwork.kernel.messages import Message
from clusterwork.measures.models import Measure
from clusterwork.web.clusters.tests.conftest import without_second_factor as without_second_factor

pytestmark = pytest.mark.django_db
EARLIER = NOW - dt.timedelta(days=1)
RISEN = "risen by 0.20 of a standard deviation more"


class TestAResult:
    def test_comes_first_as_the_heading(self, place):
        told(set_down(place.analysis))
        page = place.at("result/").content.decode()
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.S)
        assert RISEN in heading[1]
        assert "95% interval 0.12 to 0.28" in heading[1]

    def test_shows_every_check_in_words_and_not_by_colour_alone(self, place):
        told(set_down(place.analysis))
        page = place.read("result/")
        for words in ("Speaks for the result", "Speaks against it", "Judge for yourself",
                      "Could not be made"):  # fmt: skip
            assert words in page
        assert "Speaks for the result: 3 · Speaks against it: 1" in page

    def test_tells_why_another_choice_could_not_be_run(self, place):
        told(set_down(place.analysis))
        page = place.read("result/")
        assert "Could not be run" in page
        assert "Nobody similar was found." in page

    def test_has_each_picture_as_a_file_and_its_numbers_as_another(self, place):
        told(set_down(place.analysis))
        for name in ("trend", "by-year", "choices"):
            assert place.at("result/", figure=name, form="png").content.startswith(b"\x89PNG")
            assert "," in place.at("result/", figure=name, form="csv").content.decode()

    def test_names_clusters_by_name_and_never_by_size(self, place):
        told(set_down(place.analysis))
        page = place.read("result/")
        section = page[page.index("Change of each cluster") :]
        assert section.index("Ancaster") < section.index("Sleaford")

    def test_of_one_cluster_has_no_interval_and_no_p(self, place):
        alone = found_result(
            n_treated=1, scaled=estimate(sure=False), estimate=estimate(15, sure=False),
            alternatives=None, method="placebo_rank",
        )  # fmt: skip
        told(set_down(place.analysis), alone)
        page = place.read("result/")
        assert "p-value" not in page.split("What speaks for it")[0]
        assert "cannot be told from so few clusters" in page
        by_year = place.at("result/", figure="by-year", form="csv").content.decode()
        assert " to " not in by_year.split("\r\n\r\n")[0].replace("\r\n,", "")

    def test_counts_no_years_in_which_something_was_found(self, place):
        told(set_down(place.analysis))
        page = place.read("result/")
        assert "Differences by year since the start, from 0.15 to 0.20" in page
        assert "leaves zero out" not in page

    def test_names_the_year_before_the_start_that_all_are_held_against(self, place):
        registration = set_down(place.analysis)
        for bases, words in (
            ([-1], "The year before the start is the one"),
            ([-2], "against the last year that has: −2."),
            ([-2, -1], "by years since the start: −2, −1."),
        ):
            told(registration, found_result(by_year_bases=bases))
            assert words in place.read("result/")

    def test_that_was_changed_afterwards_says_so_at_the_top(self, place):
        told(set_down(place.analysis))
        set_down(
            place.analysis, 2, planned={"comparison": "later"}, changed=["comparison"],
            because="A year was added.", after_result=True,
        )  # fmt: skip
        page = place.read("result/")
        assert "It was changed after a result was known. Changed: Held against" in page
        assert "A year was added." in page
        assert "Version 2 has been registered since. It has no result yet." in page

    def test_of_other_clusters_than_were_registered_says_so(self, place):
        changes = {
            "came": [place.cluster.pk], "went": [], "moved": [], "n_schools": [8, 9],
            "other_schools": True,
        }  # fmt: skip
        registration = set_down(place.analysis)
        told(registration, plan={**registration.plan, "cohort": {}, "cohort_changes": changes})
        place.show()
        for path in ("result/", "method/"):
            assert "no longer those that were there" in place.read(path, place.head)
            assert "Clusters that came since" not in place.read(path, place.head)
            assert "Clusters that came since" in place.read(path)
        kept = json.loads(place.at("result.json", place.head).content)
        assert kept["cohort_changed"] is True
        assert "cohort" not in kept["plan"]
        assert "cohort_changes" not in json.dumps(kept)

    def test_of_the_clusters_that_were_registered_says_nothing_of_it(self, place):
        told(set_down(place.analysis))
        assert json.loads(place.at("result.json").content)["cohort_changed"] is False

    def test_has_the_marks_of_each_version_for_programs_as_on_the_page(self, place):
        first = set_down(place.analysis, after_result=True)
        told(first)
        place.show()
        Registration.objects.create(
            analysis=place.analysis, number=2, because="It was late.", at=NOW,
            plan={**first.plan, "told_sooner": True, "after_too_early": True},
        )  # fmt: skip
        for person in (place.officer, place.head):
            kept = json.loads(place.at("result.json", person).content)
            assert kept["marks"] == [
                {"version": 1, "marks": ["result_known_elsewhere"]},
                {"version": 2, "marks": ["told_sooner", "after_too_early"]},
            ]
            assert kept["changed_after_a_result"] == []
            lines = b"".join(place.at("result.csv", person)).decode()
            for words in (
                "was known when this was registered",
                "A result is told sooner than an earlier version",
                "somebody had asked for the result",
            ):
                assert words in lines
                assert words in place.read("result/", person)
                assert words in place.read("method/", person)

    def test_says_what_was_left_out_and_what_a_school_counts_for(self, place):
        thin = Message(THIN, {"years": "2016, 2017"})
        kept = found_result(notes=[written(thin)], weighed_by="pupils")
        told(set_down(place.analysis), kept)
        for path in ("result/", "method/"):
            page = place.read(path)
            assert "figure are left out: 2016, 2017." in page
            assert "a school counts by the pupils on its roll" in page
            assert "every pupil counted counts the same" not in page

    def test_does_not_tell_a_line_of_fewer_pupils_than_the_programme_allows(self, place):
        run = told(set_down(place.analysis))
        place.programme.smallest_number = 41
        place.programme.save()
        assert run.table.n_rows
        assert "the clusters went from" not in place.read("result/")

    def test_does_not_tell_it_to_heads_by_another_table_either(self, place):
        told(set_down(place.analysis))
        place.show()
        assert "Differences by year" in place.read("result/", place.head)
        place.programme.smallest_number = 41
        place.programme.save()
        for name in ("result/", "method/"):
            page = place.read(name, place.head)
            assert "ifferences by year" not in page
            assert "the clusters went from" not in page
            assert RISEN in page
        kept = json.loads(place.at("result.json", place.head).content)["found"]
        assert kept["by_year"] is None
        assert {row[1] for row in kept["trend"]["rows"]} == {None}

    def test_uses_the_numbers_counted_that_the_run_kept(self, place):
        years = ((year, 4, 900) for year in range(2014, 2020))
        counted = table("known_counts", "year ours others", *years)
        told(set_down(place.analysis), found_result(known_counts=counted))
        place.programme.smallest_number = 5
        place.programme.save()
        assert "the clusters went from" not in place.read("result/")
        assert "known_counts" not in json.loads(place.at("result.json").content)["found"]


class TestTooEarly:
    def test_says_so_and_nothing_else(self, place):
        told(set_down(place.analysis), early_result())
        page = place.read("result/")
        assert "It is too early to say." in page
        assert "Estimate" not in page


class TestNoResult:
    def test_says_what_will_be_here_and_the_one_thing_to_do(self, place):
        set_down(place.analysis)
        page = place.read("result/")
        assert "There is no result yet" in page
        assert "Work out the result" in page

    def test_of_a_plan_that_is_not_registered_asks_for_that_first(self, place):
        page = place.read("result/")
        assert "has to be registered first" in page
        assert "Work out the result" not in page

    def test_that_failed_leads_to_what_came_in_the_way(self, place):
        run = told(set_down(place.analysis), {}, state=Run.State.FAILED)
        assert f"/studies/runs/{run.pk}/" in place.at("result/").content.decode()

    def test_has_no_files(self, place):
        for name in ("result.json", "result.csv", "table.csv", "method/pdf"):
            assert place.at(name).status_code == 404
        assert place.at("method/")["Location"] == place.address("result/")


class TestAChangeBeingWritten:
    """A result says what it is of, whatever is being written since."""

    def test_does_not_rename_a_result(self, place):
        told(set_down(place.analysis))
        place.show()
        was = str(place.measure)
        write_otherwise(place)
        for path in ("result/", "method/", f"/studies/{place.study.pk}/"):
            for person in (place.officer, place.head):
                page = place.read(path, person)
                assert was in page, path
                assert "Attendance" not in page, path
                assert "2015/16 to" not in page, path
        for name in ("result.json", "result.csv"):
            assert "reading" in place.at(name)["Content-Disposition"].lower()
        assert "2013/14 to 2018/19" in place.read(f"/studies/{place.study.pk}/")


def write_otherwise(place) -> None:
    analysis = Analysis.objects.get(pk=place.analysis.pk)
    analysis.measure = Measure.objects.get(organisation=None, code="attendance")
    analysis.cluster, analysis.first_year = place.cluster, 2016
    analysis.state = "changing"
    analysis.save()


class TestShowing:
    def test_lets_heads_in_the_programme_read_it_and_nobody_else(self, place):
        told(set_down(place.analysis))
        assert place.at("result/", place.head).status_code == 403
        place.post("result/show/")
        assert RISEN in place.read("result/", place.head)
        assert place.at("result/", place.outside_head).status_code == 403

    def test_lets_them_read_on_what_was_shown_until_a_newer_one_is_shown(self, place):
        first = set_down(place.analysis)
        told(first, asked_at=EARLIER)
        place.show()
        newer = found_result(sentences=[written(Message("Another sentence."))])
        run = told(first, newer)
        for name in ("result/", "result.json", "method/"):
            assert RISEN in place.at(name, place.head).content.decode(), name
            assert "Another sentence." not in place.at(name, place.head).content.decode(), name
        study = f"/studies/{place.study.pk}/"
        assert "Another sentence." not in place.read(study, place.head)
        page = place.read("result/")
        assert "Another sentence." in page
        assert "Schools still read an earlier result" in page
        assert "An earlier result is shown to schools" in place.read(study)
        place.post("result/show/", run=run.pk)
        assert "Another sentence." in place.read("result/", place.head)
        assert "Schools still read" not in place.read("result/")

    def test_shows_the_result_of_the_page_and_not_one_that_came_meanwhile(self, place):
        registration = set_down(place.analysis)
        seen = told(registration, asked_at=EARLIER)
        told(registration, found_result(sentences=[written(Message("Another sentence."))]))
        place.post("result/show/", run=seen.pk)
        assert RISEN in place.read("result/", place.head)

    def test_can_be_taken_back(self, place):
        told(set_down(place.analysis))
        place.post("result/show/")
        place.post("result/take-back/")
        assert place.at("result/", place.head).status_code == 403

    def test_is_refused_without_a_result(self, place):
        set_down(place.analysis)
        answer = place.post("result/show/")
        assert answer.status_code == 302
        place.analysis.refresh_from_db()
        assert place.analysis.shared_at is None

    def test_gives_heads_no_row_of_a_cluster_and_not_the_frozen_table(self, place):
        told(set_down(place.analysis))
        place.show()
        for name in ("result/", "result.csv", "result.json", "method/"):
            answer = place.at(name, place.head)
            body = b"".join(answer) if answer.streaming else answer.content
            assert b"Sleaford" not in body.replace(str(place.cluster).encode(), b""), name
            assert b"p1~1" not in body
        page = place.read("result/", place.head)
        assert "Show the result" not in page
        assert place.at("table.csv", place.head).status_code == 403
        assert place.at("/studies/", place.head).status_code == 200

    def test_gives_heads_the_checks_and_the_method_note(self, place):
        told(set_down(place.analysis))
        place.show()
        page = place.read("result/", place.head)
        assert "Leaving out one cluster at a time" in page
        assert "Without one it lies near." in page
        assert "Clusters would have changed as the others." in place.read("method/", place.head)


class TestFiles:
    def test_hold_the_plan_the_mark_of_the_data_and_the_sentences(self, place):
        run = told(set_down(place.analysis))
        kept = json.loads(place.at("result.json").content)
        assert kept["data_hash"] == run.table.data_hash
        assert kept["plan"]["measure"] == place.measure.pk
        assert RISEN in kept["sentences"][0]

    def test_of_the_frozen_table_have_the_hash_that_the_page_names(self, place):
        import hashlib

        run = told(set_down(place.analysis))
        file = place.at("table.csv").content
        assert hashlib.sha256(file).hexdigest() == run.table.data_hash
        assert run.table.data_hash in place.read("result/")


class TestTheMethodNote:
    def test_names_every_choice_and_what_was_not_done(self, place):
        told(set_down(place.analysis))
        page = place.read("method/")
        for words in (
            str(Alternative.ONE.label), "Number of pupils", "2013/14 to 2018/19",
            "by 1 September", "wild cluster bootstrap", "No school stands in two groups",
            "SHA-256 of the table",
            "Months of progress are not told", "given in the plan", "clusterwork",
        ):  # fmt: skip
            assert words in page

    def test_can_be_had_as_tagged_pdf_and_word(self, place):
        told(set_down(place.analysis))
        assert place.at("method/pdf").content.startswith(b"%PDF")
        assert b"/StructTreeRoot" in place.at("method/pdf").content
        assert place.at("method/docx").content.startswith(b"PK")

    def test_is_in_the_language_of_the_page(self, place):
        told(set_down(place.analysis))
        answer = place.at(f"/cy/studies/analyses/{place.analysis.pk}/method/json")
        assert json.loads(answer.content)["documents"][0]["language"] == "cy"


def test_labels_in_a_sentence_are_read_as_names(place):
    late = check("late_starts", "p2 starts after the last year.", None, table("x", "a"))
    told(set_down(place.analysis), found_result(diagnostics=[late]))
    assert "Ancaster starts after the last year." in place.read("result/")

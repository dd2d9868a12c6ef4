"""One plan, many documents: every paper made, opened again and read."""

from __future__ import annotations

import datetime as dt
import io
import re

import docx
import pypdf
import pytest
from django.utils.translation import gettext

from clusterwork.documents import Bilingual, n_pages, to_docx, to_html_page, to_json, to_pdf
from clusterwork.plans.models import Action
from clusterwork.plans.papers import (
    NoSuchAudience,
    audience_of,
    paper_for,
    papers_of,
    programme_paper,
)
from clusterwork.plans.papers.making import Stamp
from clusterwork.plans.rules.content import content_of
from clusterwork.plans.selectors.plans import whole_plan
from clusterwork.plans.tests.made_plans import Planning

pytestmark = pytest.mark.django_db
HOSTILE = "#set page() </w:t> <script>alert(1)</script> @x $y$ \\ *z* Ŵŷ"


def stamp(*, is_welsh: bool = False) -> Stamp:
    day = dt.date(2026, 11, 22)
    return Stamp("Lincolnshire", is_welsh, lambda: gettext("Draft"), "3 (abcdef)", day)


@pytest.fixture
def world() -> Planning:
    return Planning(n_schools=5, n_members=4)


def content(world: Planning, **sizes: int) -> dict:
    return content_of(whole_plan(world.full(**sizes)))


def words_of_pdf(data: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(data))
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u00ad", "").split())


def words_of_docx(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(each.text for each in document.paragraphs), *cells]).split())


class TestEveryPaper:
    def test_opens_in_every_format_in_both_languages(self, world):
        made = content(world)
        for audience in papers_of(made):
            paper = paper_for(made, audience, stamp(is_welsh=True))
            assert isinstance(paper, Bilingual)
            assert paper.welsh.language == "cy"
            assert words_of_pdf(to_pdf(paper))
            assert words_of_docx(to_docx(paper))
            assert "<h1" in to_html_page(paper)
            assert to_json(paper)

    def test_holds_every_action_exactly_once(self, world):
        made = content(world, n_actions=9)
        paper = paper_for(made, audience_of(made, "plan"), stamp())
        html = to_html_page(paper)
        told = re.findall(r"<strong[^>]*>(Action .*?)</strong>", html)
        assert sorted(told) == sorted(action["title"] for action in made["actions"])
        for text in (words_of_docx(to_docx(paper)), words_of_pdf(to_pdf(paper))):
            assert all(action["title"] in text for action in made["actions"])

    def test_an_action_of_which_no_school_is_named_is_not_said_to_be_everybodys(self, world):
        made = content(world)
        made["actions"] = [{**each, "schools": []} for each in made["actions"]]
        paper = paper_for(made, audience_of(made, "plan"), stamp())
        words = words_of_docx(to_docx(paper))
        assert "None yet" in words and "All schools" not in words

    def test_a_schools_paper_names_the_school_by_its_number(self, world):
        made = content(world)
        number = world.schools[0].number
        found = audience_of(made, f"school:{number}")
        assert found.name == world.schools[0].name
        paper = paper_for(made, found, stamp())
        assert world.schools[0].name in paper.title

    def test_a_school_outside_is_refused_in_words(self, world):
        with pytest.raises(NoSuchAudience):
            audience_of(content(world), f"school:{world.county.schools[4].number}")

    def test_a_funder_is_found_by_its_name_and_reads_what_it_pays(self, world):
        made = content(world)
        found = audience_of(made, "funder:the fenland trust")
        text = to_html_page(paper_for(made, found, stamp()))
        assert "£150.60" in text  # 60 % of two lines of £125.50

    def test_hostile_words_come_through_as_they_are(self, world):
        plan = world.full()
        Action.objects.filter(plan=plan).update(title=HOSTILE)
        made = content_of(whole_plan(plan))
        paper = paper_for(made, audience_of(made, "plan"), stamp())
        assert "<script>alert" not in to_html_page(paper)
        assert HOSTILE in words_of_docx(to_docx(paper))
        assert "#set page()" in words_of_pdf(to_pdf(paper))


class TestTheGovernorsPages:
    def test_fit_two_sides_however_long_the_plan_is(self, world):
        plan = world.full(n_priorities=12, n_actions=120)
        Action.objects.filter(plan=plan).update(title="Very long words of a title " * 7)
        made = content_of(whole_plan(plan))
        paper = paper_for(made, audience_of(made, "governors"), stamp())
        assert n_pages(to_pdf(paper)) <= 2

    def test_say_how_much_more_there_is(self, world):
        made = content(world, n_actions=20)
        text = to_html_page(paper_for(made, audience_of(made, "governors"), stamp()))
        assert "and 12 more in the plan" in text


class TestTheProgrammesTable:
    def test_has_a_row_a_cluster_and_names_the_silent_ones(self, world):
        made = content(world)
        paper = programme_paper(("Small schools", ""), [made], ["Marsh"], stamp())
        text = words_of_pdf(to_pdf(paper))
        assert made["priorities"][0]["title"] in text
        assert "Marsh" in text

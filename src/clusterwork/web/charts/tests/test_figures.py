"""Figures on pages and as files."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from django.core.cache import caches
from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory

from clusterwork.charts import NARROW, WIDE, content_hash
from clusterwork.charts.tests.made import a_trend, grades
from clusterwork.kernel.errors import NotThere
from clusterwork.web.charts import (
    Figure,
    figure_csv,
    figure_file,
    figure_png,
    number_column,
    percent_column,
    text_column,
)
from clusterwork.web.charts import kept as keeping

pytestmark = pytest.mark.django_db

COLUMNS = (text_column("School year"), percent_column("Our cluster (%)"), number_column("Schools"))
ROWS = [("2012/13", 0.613, 5), ("2013/14", "held back", None), ("=2+2", 0.7, 1234)]
PAGE = """{% from "charts/figure.html" import figure as show %}{{ show(figure, request) }}"""


def a_figure(name="trend", chart=None):
    return Figure(
        name,
        chart or a_trend(),
        COLUMNS,
        ROWS,
        source="Department for Education",
        dates="Results of 2013 to 2014; members as on 1 September 2026",
        note="Schools that closed are left out.",
        file_name="reading of Clwstwr Tŷ",
    )


def asked(query: str):
    return RequestFactory().get(f"/en/page/?year=2014{query}")


def page(figure: Figure) -> str:
    template = engines["jinja2"].from_string(PAGE)
    return str(template.render({"figure": figure}, asked("")))


def table(figure: Figure) -> list[list[str]]:
    text = figure_csv(figure).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


class TestThePage:
    def test_has_the_finding_the_picture_the_table_and_the_source(self):
        shown = page(a_figure())
        assert shown.count("<svg ") == 2
        assert 'id="figure-trend">Reading rose' in shown
        assert ">61%</td>" in shown and ">held back</td>" in shown and ">1,234</td>" in shown
        assert "Source: Department for Education. Results of 2013" in shown

    def test_links_to_its_files_and_keeps_the_rest_of_the_address(self):
        shown = page(a_figure())
        assert "/en/page/?year=2014&amp;figure=trend&amp;form=png" in shown
        assert "/en/page/?year=2014&amp;figure=trend&amp;form=csv" in shown

    def test_has_no_style_no_script_and_no_id_twice(self):
        shown = page(a_figure())
        assert "style=" not in shown and "<script" not in shown
        ids = re.findall(r'\sid="([^"]+)"', shown)
        assert len(ids) == len(set(ids))

    def test_names_what_people_wrote_as_text(self):
        shown = page(a_figure(chart=replace(a_trend(), title='<b>"Tŷ" & co</b>')))
        assert "<b>" not in shown and "Tŷ" in shown


class TestTheTableAsAFile:
    def test_has_numbers_without_their_signs_and_the_source_below(self):
        rows = table(a_figure())
        assert rows[0] == ["School year", "Our cluster (%)", "Schools"]
        assert rows[1] == ["2012/13", "61.3", "5"]
        assert rows[2] == ["2013/14", "held back", ""]
        assert ["Schools that closed are left out."] in rows
        assert rows[-2][0].startswith("Source: Department for Education.")

    def test_holds_no_formula(self):
        assert table(a_figure())[3][0] == "'=2+2"

    def test_has_a_name(self):
        named = figure_csv(a_figure()).headers["Content-Disposition"]
        assert named.startswith("attachment") and named.endswith(".csv")


class TestThePicture:
    def test_is_a_png_with_a_name(self):
        answer = figure_png(asked(""), a_figure())
        assert answer.content.startswith(b"\x89PNG") and answer["Content-Type"] == "image/png"
        assert "reading%20of%20Clwstwr%20T%C5%B7.png" in answer["Content-Disposition"]


class TestTheAddress:
    def test_asks_for_a_page(self):
        assert figure_file(asked(""), a_figure()) is None
        assert figure_file(asked("&form=map"), a_figure()) is None

    def test_asks_for_one_figure_of_several(self):
        file = figure_file(
            asked("&figure=grades&form=csv"), a_figure(), a_figure("grades", grades())
        )
        assert b"More cluster schools" in file.content

    def test_of_no_figure_is_refused(self):
        with pytest.raises(NotThere):
            figure_file(asked("&figure=other&form=png"), a_figure())


class TestKeeping:
    def test_draws_a_chart_once(self, monkeypatch):
        first = a_figure().pictures
        monkeypatch.setattr(keeping, "svg", lambda *_: pytest.fail("drawn again"))
        assert a_figure().pictures == first

    def test_draws_another_chart_anew(self):
        other = a_figure(chart=replace(a_trend(), title="Another finding"))
        assert a_figure().pictures != other.pictures

    def test_asks_once_for_both_widths(self, django_assert_num_queries):
        page(a_figure())
        with django_assert_num_queries(1):
            page(a_figure())

    def test_asks_few_questions_the_first_time(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(7):
            page(a_figure())

    def test_draws_a_picture_once_and_keeps_none_that_is_large(self, monkeypatch):
        drawn = []
        monkeypatch.setattr(keeping, "png", lambda *_: drawn.append(1) or b"p" * 10)
        assert figure_png(asked(""), a_figure()).content == b"p" * 10
        figure_png(asked(""), a_figure())
        assert len(drawn) == 1
        monkeypatch.setattr(keeping, "LARGEST", 5)
        for _ in range(2):
            figure_png(asked(""), a_figure("grades", grades()))
        assert len(drawn) == 3

    def test_is_apart_from_the_counters_of_sign_ins(self):
        page(a_figure())
        key = f"svg:{content_hash(a_trend(), WIDE)[:40]}:{content_hash(a_trend(), NARROW)[:40]}"
        assert caches["charts"].get(key)
        assert caches["default"].get(key) is None


def test_the_macro_is_where_pages_import_it_from():
    assert get_template("charts/figure.html", using="jinja2")

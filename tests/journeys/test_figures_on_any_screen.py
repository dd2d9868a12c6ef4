"""Every kind of figure on a phone, on a wide screen and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.template import engines
from django.test import RequestFactory

from clusterwork.charts.tests.made import every_chart
from clusterwork.web.charts import Figure, number_column, percent_column, text_column
from tests.journeys.visitor import AXE, SCREENS

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

CSS = Path(__file__).resolve().parents[2] / "build" / "assets" / "clusterwork.css"
PAGE = """{% from "charts/figure.html" import figure as show -%}
<!DOCTYPE html><html lang="en" class="govuk-template"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Figures</title>
<style>{{ css|safe }}</style></head><body class="govuk-template__body">
<main class="govuk-width-container"><h1 class="govuk-heading-l">Figures</h1>
{% for each in figures %}{{ show(each, request) }}{% endfor %}</main></body></html>"""
COLUMNS = (text_column("School year"), percent_column("Our cluster (%)"), number_column("Schools"))
ROWS = [("2012/13", 0.61, 5), ("2013/14", "held back", None)]
SEEN = """() => [...document.querySelectorAll(".cw-figure svg")]
    .filter(svg => svg.getBoundingClientRect().width)
    .map(svg => {
        const edge = svg.getBoundingClientRect(), words = [...svg.querySelectorAll("text")];
        const scale = edge.width / svg.viewBox.baseVal.width;
        return {
            smallest: Math.min(...words.map(w => parseFloat(w.getAttribute("font-size")) * scale)),
            outside: words.filter(w => {
                const at = w.getBoundingClientRect();
                return at.left < edge.left - 2 || at.right > edge.right + 2;
            }).map(w => w.textContent),
        };
    })"""


@dataclass(frozen=True, slots=True)
class Paper:
    """A browser's page with all figures on it."""

    page: object

    def pictures(self) -> list[dict]:
        return self.page.evaluate(SEEN)

    def width(self) -> int:
        return self.page.evaluate("document.documentElement.scrollWidth")


@pytest.fixture
def figures(browser):
    made = [
        Figure(f"figure-{number}", chart, COLUMNS, ROWS, source="Department for Education")
        for number, chart in enumerate(every_chart())
    ]
    template = engines["jinja2"].from_string(PAGE).template
    html = template.render(
        figures=made, request=RequestFactory().get("/en/"), css=CSS.read_text(encoding="utf-8")
    )
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.set_content(html)
    yield Paper(page)
    page.close()


def test_one_picture_a_figure_is_seen_and_can_be_read(figures):
    SCREENS.mkdir(parents=True, exist_ok=True)
    for width in (320, 700, 1200):
        figures.page.set_viewport_size({"width": width, "height": 800})
        seen = figures.pictures()
        assert len(seen) == len(every_chart())
        assert figures.width() <= width
        assert min(each["smallest"] for each in seen) >= 11.5
        assert [each["outside"] for each in seen if each["outside"]] == []
        figures.page.screenshot(path=SCREENS / f"figures-{width}.png", full_page=True)


def test_paper_has_the_wide_picture_of_each_on_one_page(figures):
    figures.page.set_viewport_size({"width": 680, "height": 1000})  # A4 between its margins
    figures.page.emulate_media(media="print")
    heights = figures.page.evaluate(
        """() => [...document.querySelectorAll(".cw-figure__picture--wide svg")]
            .map(svg => svg.getBoundingClientRect().height)"""
    )
    assert len(heights) == len(every_chart())
    assert min(heights) > 0 and max(heights) < 900  # 240 mm


def test_everybody_can_use_them(figures):
    figures.page.add_script_tag(path=AXE)
    found = figures.page.evaluate("axe.run().then(all => all.violations)")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []

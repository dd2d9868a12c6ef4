"""Charts as everybody gets them: named, without styles and scripts, the same each time."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pytest

from clusterwork.charts import (
    NARROW,
    WIDE,
    Aim,
    Axis,
    Bar,
    Chart,
    Dot,
    Event,
    Group,
    IntervalOutsideOrder,
    NotANumber,
    NothingToShow,
    Point,
    Row,
    Series,
    Shares,
    SharesDoNotAdd,
    Stack,
    Start,
    TooManyToTell,
    content_hash,
    place_of,
    png,
    svg,
    years_between,
)
from clusterwork.charts.lettering import width_of
from clusterwork.charts.tests.made import (
    a_forest,
    a_funnel,
    a_trend,
    every_chart,
    grades,
    size_bands,
    years_since,
)
from clusterwork.kernel.errors import Problem

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = every_chart()
every = pytest.mark.parametrize("chart", CHARTS, ids=lambda each: type(each).__name__)
both_widths = pytest.mark.parametrize("width", (WIDE, NARROW))


def words_in(drawn: str) -> str:
    return " ".join(ElementTree.fromstring(drawn).itertext())


def places_of_words(
    element: ElementTree.Element, x: float = 0, y: float = 0
) -> Iterator[tuple[float, float, float]]:
    """Where each line begins and ends, and its height; by letters as wide as most fonts have."""
    moved = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", element.get("transform", ""))
    x, y = (x + float(moved[1]), y + float(moved[2])) if moved else (x, y)
    if element.tag == f"{SVG}text":
        size = int(element.get("font-size").removesuffix("px"))
        for line in [each.text for each in element] or [element.text]:
            wide = 0.9 * width_of(line, size)
            before = {"end": 1, "middle": 0.5}.get(element.get("text-anchor"), 0) * wide
            yield x - before, x - before + wide, y
    for child in element:
        yield from places_of_words(child, x, y)


def one_series(*points: Point) -> tuple[Series, ...]:
    return (Series("Our cluster", points),)


@cache
def drawn(chart: Chart, width: int) -> str:
    return svg(chart, width)


@every
@both_widths
class TestEveryChart:
    def test_is_named_and_described(self, chart, width):
        root = ElementTree.fromstring(drawn(chart, width))
        title, description = root[0], root[1]
        assert root.get("role") == "img"
        assert (title.tag, title.text) == (f"{SVG}title", chart.title)
        assert (description.tag, description.text) == (f"{SVG}desc", chart.description)
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"

    def test_may_stand_on_a_page_that_allows_no_styles_and_no_scripts(self, chart, width):
        picture = drawn(chart, width)
        for word in (" style=", "<style", "<script", "<foreignObject", "href=", " on"):
            assert word not in re.sub(r">[^<]*<", "><", picture)

    def test_scales_and_has_the_width_that_was_asked_for(self, chart, width):
        root = ElementTree.fromstring(drawn(chart, width))
        assert root.get("width") is None and root.get("height") is None
        assert float(root.get("viewBox").split()[2]) == pytest.approx(width, abs=1)

    def test_is_the_same_each_time(self, chart, width):
        assert svg(replace(chart), width) == drawn(chart, width)

    def test_writes_nothing_smaller_than_twelve(self, chart, width):
        sizes = re.findall(r'font-size="([\d.]+)px"', drawn(chart, width))
        assert sizes and min(map(float, sizes)) >= 12

    def test_holds_no_value_that_is_no_number(self, chart, width):
        assert not re.search(r"\b(NaN|undefined|Infinity|null)\b", drawn(chart, width))

    def test_keeps_every_word_within_its_edges(self, chart, width):
        root = ElementTree.fromstring(drawn(chart, width))
        height = float(root.get("viewBox").split()[3])
        for start, end, y in places_of_words(root):
            assert start >= -1 and end <= width + 1 and 0 <= y <= height


@every
class TestAPicture:
    def test_is_a_png_twice_as_wide_with_the_same_bytes_each_time(self, chart):
        picture = png(chart, "Source: Department for Education")
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(picture[16:20], "big") == 2 * (WIDE + 32)
        assert picture == png(chart, "Source: Department for Education")

    def test_is_small_enough_to_send(self, chart):
        assert len(png(chart)) < 400_000


class TestKnownAgain:
    def test_by_all_that_is_on_it(self):
        chart = a_trend()
        others = (
            replace(chart, title="Another"),
            replace(chart, description="Another"),
            replace(chart, aims=()),
            replace(chart, value=Axis("Another", percent=True)),
        )
        hashes = {content_hash(each) for each in (chart, *others)}
        assert len(hashes) == 5 and content_hash(a_trend()) in hashes

    def test_by_its_width_and_source(self):
        chart = a_trend()
        kinds = ((WIDE, ""), (NARROW, ""), (WIDE, "Source"))
        assert len({content_hash(chart, *kind) for kind in kinds}) == 3

    def test_two_widths_on_one_page_share_no_id(self):
        ids = re.findall(r' id="([^"]+)"', svg(a_trend()) + svg(a_trend(), NARROW))
        assert len(ids) == len(set(ids)) == 4


class TestWhatPeopleWrote:
    @pytest.mark.parametrize("name", ['<b>"A" & co</b>', "]]>", "{{ 1 }}", "datum.x", "a\\nb'"])
    def test_stays_text(self, name):
        drawn = svg(replace(a_trend(), title=name, series=one_series(Point(2015, 0.5))))
        rows = svg(replace(a_forest(), rows=(Row(name, 0.1, 0, 0.2),)))
        assert ElementTree.fromstring(drawn)[0].text == name
        assert name in words_in(rows)

    @both_widths
    def test_keeps_welsh_letters(self, width):
        drawn = svg(replace(a_forest(), rows=(Row("Ysgol Tŷ Gŵyr â Ï", 0.1, 0, 0.2),)), width)
        assert "Ysgol Tŷ Gŵyr â Ï" in drawn

    def test_loses_only_signs_that_no_drawing_can_hold(self):
        chart = replace(a_forest(), title="a\x00b\ud800", rows=(Row("c\x0bd\x07", 1, 0, 2),))
        assert "ab" in svg(chart) and "d" in words_in(svg(chart))

    @both_widths
    def test_may_be_long(self, width):
        long = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 4
        for chart in (
            replace(a_forest(), rows=(Row(long, 1, 0, 2, text=long),)),
            replace(a_trend(), starts=(Start(2015, long),), events=(Event(2015, long, long),)),
            replace(grades(), stacks=(Stack(long, (0.25, 0.25, 0.25, 0.25)),)),
        ):
            root = ElementTree.fromstring(svg(chart, width))
            assert float(root.get("viewBox").split()[2]) == pytest.approx(width, abs=1)

    def test_may_be_alike_in_two_rows(self):
        rows = (Row("St Mary’s", 1, 0, 2), Row("St Mary’s", 3, 2, 4))
        assert svg(replace(a_forest(), rows=rows)).count("St Mary’s") == 2


class TestNumbers:
    def test_may_be_negative(self):
        drawn = svg(replace(a_forest(), rows=(Row("One", -0.3, -0.5, -0.1),), reference=None))
        assert "−0.5" in drawn and "-0.5<" not in drawn

    def test_may_be_one(self):
        assert "<path" in svg(replace(a_trend(), series=one_series(Point(2015, 0.5, 0.4, 0.6))))

    @pytest.mark.parametrize("value", (0, 1e-6, 0.5, 1, 1234567.0, -3))
    def test_may_be_all_alike(self, value):
        points = one_series(Point(2014, value), Point(2015, value))
        assert svg(replace(a_trend(), value=Axis("Pupils"), series=points, aims=()))

    @pytest.mark.parametrize("share", (0, 0.02, 0.5, 1))
    def test_of_shares_stay_between_nothing_and_all(self, share):
        chart = replace(a_trend(), series=one_series(Point(2015, share)), aims=())
        shown = [int(each) for each in re.findall(r"(−?\d+)%", svg(chart))]
        assert min(shown) >= 0 and max(shown) <= 100

    def test_are_written_as_the_reader_writes_them(self):
        axis = Axis("Pupils", write=lambda value, places: f"<{value:.{places}f}>")
        rows = (Row("A", 2, 1.9, 2.1),)
        assert "&lt;2.0&gt;" in svg(replace(a_forest(), value=axis, rows=rows))

    def test_that_are_missing_leave_a_gap(self):
        whole = one_series(*(Point(year, 0.5) for year in range(2012, 2016)))
        gap = one_series(Point(2012, 0.5), Point(2013, None), Point(2014, 0.5), Point(2015, 0.5))
        lines = re.compile(r'<path d="M[^"]*L[^"]*" stroke="#12436d" stroke-width="2.5"')
        for series, n in ((whole, 3), (gap, 1)):
            drawn = svg(replace(a_trend(), series=series))
            assert sum(each.count("L") for each in lines.findall(drawn)) == n

    def test_of_aims_are_drawn_though_their_words_would_meet(self):
        aims = tuple(Aim(2018 + i / 10, 0.8, f"Aim: {i}") for i in range(4))
        words = words_in(svg(replace(a_trend(), aims=aims)))
        assert "Aim: 3" in words and "Aim: 0" not in words


class TestYears:
    def test_are_known_by_when_they_end(self):
        assert years_between(2015, 2016) == ((2015, "2014/15"), (2016, "2015/16"))
        assert years_between(2000, 2000) == ((2000, "1999/00"),)

    def test_begin_in_september(self):
        assert place_of(dt.date(2015, 9, 1)) == 2015.5
        assert place_of(dt.date(2016, 8, 31)) == pytest.approx(2016.5, abs=0.01)
        assert place_of(dt.date(2016, 3, 1)) == pytest.approx(2016, abs=0.01)

    @both_widths
    def test_of_which_there_are_many_are_not_all_written(self, width):
        years = years_between(1990, 2020)
        drawn = svg(replace(a_trend(), years=years), width)
        assert "1989/90" in drawn
        assert sum(text in drawn for _, text in years) < 17

    @both_widths
    def test_that_lie_outside_those_named_are_on_the_sheet_too(self, width):
        events = (Event(2005.2, "Good", "Inspections"), Event(2025.9, "Good", "Inspections"))
        chart = replace(a_trend(), events=events, starts=(Start(2007, "Began"),))
        places = list(places_of_words(ElementTree.fromstring(svg(chart, width))))
        assert all(start >= -1 and end <= width + 1 for start, end, _ in places)

    def test_since_the_start_always_show_the_start(self):
        chart = years_since()
        points = tuple(Point(x, 0.1, 0, 0.2) for x in range(-30, 31))
        assert ">0<" in svg(replace(chart, points=points), NARROW)


class TestRefusals:
    @pytest.mark.parametrize(
        "chart",
        (
            replace(a_trend(), series=(), aims=()),
            replace(a_trend(), series=one_series(Point(2015, None)), aims=()),
            replace(a_forest(), rows=()),
            replace(years_since(), points=()),
            replace(size_bands(), categories=(), groups=()),
            replace(size_bands(), categories=("A",), groups=(Group("2011", (Bar(None),)),)),
            replace(grades(), stacks=()),
            replace(a_funnel(), dots=()),
        ),
    )
    def test_nothing_to_show(self, chart):
        with pytest.raises(NothingToShow):
            svg(chart)

    @pytest.mark.parametrize("value", (math.inf, -math.inf, math.nan))
    def test_what_is_no_number(self, value):
        for chart in (
            replace(a_trend(), series=one_series(Point(2015, value))),
            replace(a_trend(), starts=(Start(value, "Start"),)),
            replace(a_trend(), events=(Event(value, "Good", "Inspections"),)),
            replace(a_forest(), rows=(Row("A", 1, 0, value),)),
            replace(years_since(), points=(Point(0, value),)),
            replace(size_bands(), categories=("A",), groups=(Group("B", (Bar(value),)),)),
            replace(grades(), stacks=(Stack("A", (value, 0, 0, 0)),)),
            replace(a_funnel(), dots=(Dot(value, 1),)),
        ):
            with pytest.raises(NotANumber):
                svg(chart)

    def test_intervals_that_end_before_they_start(self):
        with pytest.raises(IntervalOutsideOrder):
            svg(replace(a_forest(), rows=(Row("A", 1, 2, 0),)))

    @pytest.mark.parametrize("shares", ((0.5, 0.4, 0, 0), (1.2, -0.2, 0, 0)))
    def test_parts_that_make_no_whole(self, shares):
        with pytest.raises(SharesDoNotAdd):
            svg(replace(grades(), stacks=(Stack("A", shares),)))

    def test_more_than_can_be_told_apart(self):
        with pytest.raises(TooManyToTell):
            svg(replace(a_trend(), series=a_trend().series * 2))
        with pytest.raises(TooManyToTell):
            svg(Shares("A", "B", Axis("C"), tuple("abcdef"), (Stack("A", (1, 0, 0, 0, 0, 0)),)))

    def test_are_problems_that_a_person_can_read(self):
        with pytest.raises(Problem) as refused:
            svg(replace(a_forest(), rows=()))
        assert refused.value.next_step

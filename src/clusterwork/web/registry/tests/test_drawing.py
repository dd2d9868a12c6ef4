"""The pictures keep their promises whatever the names are."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.web.registry.drawing.bars import BAR, GAP, bars_of
from clusterwork.web.registry.drawing.network import Drawing, Tie, star, trunk
from clusterwork.web.registry.drawing.words import lines_of, width_of

names = st.text(alphabet="abcdefghij WMŵ'-", min_size=1, max_size=90).filter(str.strip)
ties = st.lists(
    st.builds(Tie, kind=names, name=names, others=names, bond=st.sampled_from(["formal", "past"])),
    max_size=14,
)
DENTON = [
    Tie("Federation", "Denton and Harlaxton Federation", "Harlaxton CofE Primary", "formal"),
    Tie("Local cluster", "Grantham cluster", "6 other schools", "loose"),
    Tie("Alliance", "Teaching school alliance", "20 other schools", "loose"),
    Tie("Secondary school", "", "The King's School", "loose"),
    Tie("Business services", "Shared business manager", "2 other schools", "past"),
]


def crosses(drawing: Drawing) -> bool:
    """Whether any spoke passes through a box that it does not lead to."""
    for line, box in itertools.product(drawing.lines, drawing.boxes):
        if (line.x2, line.y2) in {
            (box.x, box.y + box.height / 2),
            (box.x + box.width, box.y + box.height / 2),
        }:
            continue
        for step in range(1, 60):
            x = line.x1 + (line.x2 - line.x1) * step / 60
            y = line.y1 + (line.y2 - line.y1) * step / 60
            inside = box.x < x < box.x + box.width and box.y < y < box.y + box.height
            if inside:
                return True
    return False


class TestNetworkOfASchool:
    @given(school=names, ties=ties)
    def test_no_two_boxes_touch_and_all_stand_inside(self, school: str, ties: list[Tie]) -> None:
        for drawing in (star(school, ties), trunk(school, ties)):
            boxes = [drawing.centre, *drawing.boxes]
            assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))
            assert all(box.x >= 0 and box.x + box.width <= drawing.width for box in boxes)
            assert all(box.y >= 0 and box.y + box.height <= drawing.height for box in boxes)

    @given(school=names, ties=ties)
    def test_no_line_crosses_a_box(self, school: str, ties: list[Tie]) -> None:
        assert not crosses(star(school, ties))

    @given(school=names, ties=ties)
    def test_every_word_stays_in_its_box(self, school: str, ties: list[Tie]) -> None:
        for drawing in (star(school, ties), trunk(school, ties)):
            for box in (drawing.centre, *drawing.boxes):
                assert all(width_of(row.text, 15) <= box.width for row in box.rows)
                assert all(box.y < row.y < box.y + box.height for row in box.rows)

    def test_denton_has_a_box_for_each_partnership_in_their_order(self) -> None:
        drawing = star("Denton CofE Primary School", DENTON)
        assert [box.rows[0].text for box in drawing.boxes] == [
            "Federation",
            "Local cluster",
            "Alliance",
            "Secondary school",
            "Business services",
        ]
        assert [line.bond for line in drawing.lines].count("past") == 1

    def test_a_school_alone_stands_alone(self) -> None:
        assert star("Denton", []).boxes == ()
        assert trunk("Denton", []).lines == ()


class TestLinesOf:
    def test_breaks_at_spaces(self) -> None:
        assert lines_of("one two three", size=10, width=45, most=3) == ["one two", "three"]

    def test_cuts_what_does_not_fit_and_says_so(self) -> None:
        assert lines_of("one two three four", size=10, width=40, most=2)[-1].endswith("…")


class TestBars:
    def test_heights_are_in_proportion_from_zero(self) -> None:
        chart = bars_of([(2018, 50), (2019, 100)])
        assert chart is not None
        assert [bar.height for bar in chart.bars] == pytest.approx([60, 120])

    def test_a_year_without_a_value_keeps_its_place(self) -> None:
        chart = bars_of([(2017, 10), (2018, None), (2019, 20)])
        assert chart is not None
        assert [bar.year for bar in chart.bars] == [2017, 2019]
        assert chart.bars[1].x - chart.bars[0].x == 2 * (BAR + GAP)

    def test_one_year_is_no_development(self) -> None:
        assert bars_of([(2019, 100)]) is None

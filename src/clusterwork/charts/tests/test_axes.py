"""Scales have round ends, hold every value and say each mark once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clusterwork.charts import Axis, number_text
from clusterwork.charts.axes import scale_of
from clusterwork.charts.lettering import width_of, wrapped

values = st.floats(-1e9, 1e9).filter(lambda value: value == 0 or abs(value) > 1e-5)


@given(st.lists(values, min_size=1, max_size=20), st.booleans())
def test_a_scale_holds_every_value(numbers, from_zero):
    scale = scale_of(Axis("A", from_zero=from_zero), numbers)
    slack = 1e-6 * (scale.high - scale.low)
    assert scale.low - slack <= min(numbers) and max(numbers) <= scale.high + slack
    assert scale.low < scale.high
    assert not from_zero or scale.low <= 0 <= scale.high


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_no_two_marks_read_alike(low, reach):
    ticks = scale_of(Axis("A"), [low, low + reach]).ticks
    assert 2 <= len(ticks) <= 9
    assert len({text for _, text in ticks}) == len(ticks)


@given(st.text(max_size=200), st.floats(60, 600))
def test_lines_fit_and_lose_no_words(text, room):
    lines = wrapped(text, room)
    assert all(width_of(line) <= room for line in lines)


def test_numbers_read_as_people_write_them():
    assert number_text(-1234.5, 1) == "−1,234.5"
    assert number_text(-0.001, 1) == "0.0"
    assert Axis("A", percent=True).text(0.125, 3) == "12.5%"

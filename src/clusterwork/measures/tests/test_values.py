"""What is written as a figure, held against what a measure allows; without a database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwork.measures.rules.days import end_of_year, was_there
from clusterwork.measures.rules.values import (
    Allowed,
    CodeNotAllowed,
    FigureRefused,
    NotANumber,
    OutsideTheLimits,
    Read,
    read,
)

SHARE = Allowed("x", "percent", least=Decimal(0), most=Decimal(100), codes={"supp": "SUPP"})
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))


class TestReading:
    @pytest.mark.parametrize(
        ("text", "value"), [("94.5", "94.5"), (" 94.5 % ", "94.5"), ("0", "0"), ("+7", "7")]
    )
    def test_takes_numbers_as_people_write_them(self, text: str, value: str) -> None:
        assert read(text, SHARE) == Read(Decimal(value))

    def test_takes_commas_for_thousands_only(self) -> None:
        number = Allowed("x", "pupils", least=Decimal(0))
        assert read("1,206", number) == Read(Decimal(1206))
        for text in ("94,2", "1,20,6", ",5", "5,"):
            with pytest.raises(NotANumber):
                read(text, number)

    def test_takes_a_code_in_any_case(self) -> None:
        assert read("supp", SHARE) == read("SUPP ", SHARE) == Read(code="SUPP")

    @pytest.mark.parametrize("text", ["", "NaN", "inf", "1e3", "٤", "--1", "1.2.3", "-", "."])
    def test_refuses_what_is_no_number(self, text: str) -> None:
        with pytest.raises((NotANumber, CodeNotAllowed)):
            read(text, SHARE)

    @given(st.decimals(-1000, 1000, places=2, allow_nan=False))
    def test_keeps_every_number_within_the_limits_and_no_other(self, number: Decimal) -> None:
        if 0 <= number <= 100:
            assert read(str(number), SHARE).value == number
        else:
            with pytest.raises(OutsideTheLimits):
                read(str(number), SHARE)

    @given(st.text(max_size=30))
    def test_never_breaks(self, text: str) -> None:
        try:
            said = read(text, SHARE)
        except FigureRefused as problem:
            assert str(problem)
        else:
            assert (said.value is None) == bool(said.code)


class TestBeingThere:
    @given(DAYS, DAYS, st.integers(1990, 2030))
    def test_any_day_of_the_year_will_do(self, opened: dt.date, closed: dt.date, year: int) -> None:
        first, last = dt.date(year - 1, 9, 1), end_of_year(year)
        days = (first + dt.timedelta(n) for n in range((last - first).days + 1))
        some_day = any(opened <= day < closed for day in days)
        if some_day:
            assert was_there(opened, closed, last, "school_year")

    def test_an_unknown_day_is_long_ago_or_not_yet(self) -> None:
        assert was_there(None, None, dt.date(1995, 7, 31), "day")

    def test_the_closing_day_is_outside(self) -> None:
        day = dt.date(2020, 5, 1)
        assert not was_there(None, day, day, "day")
        assert was_there(None, day + dt.timedelta(1), day, "day")

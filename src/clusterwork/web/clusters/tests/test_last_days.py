"""The field that asks for the last day of a period and keeps the first day after it."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms

from clusterwork.web.dayfields import last_day_field, typed_last_day_field


class Period(forms.Form):
    last = last_day_field("Last day")
    typed = typed_last_day_field("Last day", required=False)


class TestALastDay:
    def test_is_kept_as_the_first_day_after_it(self):
        form = Period({"last": "31/8/2027", "typed": "2027-02-28"})
        assert form.is_valid()
        assert form.cleaned_data == {"last": dt.date(2027, 9, 1), "typed": dt.date(2027, 3, 1)}

    def test_is_shown_of_what_is_kept(self):
        shown = str(Period(initial={"last": dt.date(2027, 9, 1)})["last"])
        assert 'value="2027-08-31"' in shown

    def test_stays_as_it_was_typed_when_the_form_comes_back(self):
        form = Period({"last": "31/8/2027", "typed": "31/13/2027"})
        assert not form.is_valid()
        assert 'value="31/8/2027"' in str(form["last"])

    def test_that_did_not_change_counts_as_no_change(self):
        form = Period({"last": "2027-08-31"}, initial={"last": dt.date(2027, 9, 1)})
        assert form.changed_data == []

    def test_may_stay_empty_where_no_end_is_set(self):
        form = Period({"last": "2027-08-31", "typed": ""})
        assert form.is_valid() and form.cleaned_data["typed"] is None

    @pytest.mark.parametrize("day", ["31/12/9999", "9999-12-31", "tomorrow"])
    def test_that_has_no_day_after_it_is_refused_in_words(self, day):
        form = Period({"last": day})
        assert "Enter a date as day/month/year" in str(form.errors)

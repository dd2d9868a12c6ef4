"""The content of a plan in words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.translation import override

from clusterwork.plans.rules.content import content_of
from clusterwork.plans.rules.parts import ALL_SECTIONS, own_fields
from clusterwork.plans.selectors.plans import whole_plan
from clusterwork.plans.tests.made_plans import Planning
from clusterwork.plans.wording import Reader, label_of, section_name, title_of


@pytest.fixture
def reader(db) -> Reader:
    return Reader(content_of(whole_plan(Planning().full())))


class TestLabels:
    def test_every_section_and_field_has_one(self):
        for section, kind in ALL_SECTIONS.items():
            assert section_name(section)
            assert all(label_of(section, field.name) for field in own_fields(kind))

    def test_money_is_not_said_to_be_in_the_unit_that_it_is_kept_in(self):
        assert label_of("budget_lines", "amount_pence") == "Amount"

    def test_a_part_without_words_is_a_dash(self):
        assert title_of({"title": ""}) == "–"


class TestValues:
    def test_every_part_can_be_read_whole(self, reader):
        for section in ALL_SECTIONS:
            parts = [reader.content["plan"]] if section == "plan" else reader.parts(section)
            for part in parts:
                assert reader.rows(section, part) or section == "payers"

    def test_a_budget_line_says_its_money_and_who_pays(self, reader):
        rows = {name: said for name, _label, said in reader.rows(
            "budget_lines", reader.parts("budget_lines")[0])}  # fmt: skip
        assert rows["amount_pence"] == "£125.50"
        assert rows["shares"] == "The Fenland Trust: 60%"

    def test_the_last_day_of_a_plan_is_the_day_before_its_end(self, reader):
        assert reader.value("plan", "end_on", "2027-09-01") == "31 August 2027"

    def test_days_are_said_in_welsh(self, reader):
        with override("cy"):
            assert reader.value("plan", "start_on", "2026-09-01") == "1 Medi 2026"

    def test_schools_are_named_and_not_numbered(self, reader):
        action = reader.parts("actions")[0]
        rows = {name: said for name, _label, said in reader.rows("actions", action)}
        assert len(rows["schools"].split(", ")) == len(action["schools"])

    def test_what_was_removed_is_said_to_be(self, reader):
        gone = "00000000-0000-0000-0000-000000000000"
        assert reader.value("actions", "strand", gone) == "Something that was removed"

    def test_a_period_is_said_by_its_last_day(self, reader):
        assert reader.typed("plan", "end_on", dt.date(2027, 9, 1)) == "31 August 2027"

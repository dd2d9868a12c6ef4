"""Pictures of real figures: an officer and a head look at small schools of Lincolnshire.

The kinds of picture in "Small rural schools" (Figures 7 and 8) and EAS Figure 4, from the open
registers, with the uncertainty that they did not have. Which schools stand in which cluster is
invented.
"""

from __future__ import annotations

import re

import pytest

from tests.journeys.england import England

pytestmark = [pytest.mark.browser, pytest.mark.real_data]


@pytest.fixture
def england(transactional_db) -> England:
    return England()


def beside_and_on_a_line(head, england: England) -> None:
    cluster = england.clusters[0]
    head.open(f"/clusters/{cluster.pk}/figures/")
    head.follow("The cluster beside similar clusters")
    head.sees(re.compile(r"\d+% in 2017/18; mean of similar clusters: \d+%"))
    head.sees("What they are alike in")
    head.look("cluster-beside")
    head.follow("This measure on a time line")
    head.sees("before the start")
    head.sees("Inspections")
    head.look("cluster-timeline")


def by_size_and_by_grade(officer, england: England) -> None:
    officer.open(f"/programmes/{england.programme.pk}/figures/")
    officer.follow("Schools by size, beside all other schools")
    officer.sees("Up to 50 pupils")
    officer.fill("Floor", "65")
    officer.press("Show this picture")
    officer.sees("schools below 65% in 2017/18")
    officer.look("programme-bands")
    officer.follow("Inspection grades before and after")
    officer.sees("of these schools before")
    officer.look("programme-grades")
    officer.open(f"/schools/authorities/{england.lincolnshire.pk}/bands/?bands=90,180,270")
    officer.sees("Up to 90 pupils")
    officer.look("authority-bands")
    officer.fill("Bands of size", "200, 100")
    officer.press("Show this picture")
    officer.sees("These are no bands of size: 200, 100.")


def test_small_schools_of_lincolnshire(visit, england):
    head, officer = visit(), visit()
    head.sign_in("heledd@lincs.example")
    beside_and_on_a_line(head, england)
    officer.sign_in("olwen@lincs.example")
    by_size_and_by_grade(officer, england)
